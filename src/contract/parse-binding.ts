import { createHash } from 'node:crypto';
import { isMap, type Node, type YAMLMap } from 'yaml';
import { FileError, nearest, type Problem } from '../problem.js';
import { ALIAS, aliasesIn, plain, readYaml, type YamlFile } from '../yaml.js';
import {
  type AnswerTemplate,
  type Binding,
  type Outcome,
  PLACES as PARTS,
  type Place,
  type Scheduling,
  type StateBinding,
} from './binding.js';
import { ID_FORM_HINT, type IdForm, parseIdForm } from './id-form.js';
import { isObject, type Json } from './json.js';
import { compileTemplate, namesIn, type Template } from './template.js';

type Path = readonly string[];

const KEYS = {
  required: ['binding', 'schedules', 'report', 'scheduled', 'states'],
  optional: [
    'pack', 'prefixes', 'scenario', 'errors', 'failure', 'envelopes', 'refusal', 'types', 'messages', 'places',
  ], // biome-ignore format: reads as one list
};
const ANSWER = ['http', 'headers', 'data', 'bare', 'outcome', 'shapes'];
const SCHEDULING = ['resource', 'makes', 'link', 'scheduled'];
const OUTCOMES = ['open', 'done', 'failed'];
/** What an answer about a job may tell. */
export const ANSWER_PLACES: readonly string[] = [
  'job', 'state', 'eta', 'retryAfter', 'now', 'doneAt', 'resource', 'error', 'link', 'path', 'origin', 'api',
]; // biome-ignore format: reads as one list
/** Names that templates of each kind may use. */
const PLACES = {
  answer: ANSWER_PLACES,
  link: ['job', 'resource', 'path', 'origin', 'api'],
  envelope: ['data', 'http', 'url', 'type', 'request', 'paging'],
  refusal: ['http', 'type', 'message', 'invalid', 'url', 'request'],
};
const REFUSAL = {
  meta: { code: '{http}' },
  error: { type: '{type}', message: '{message}', invalid: '{invalid}' },
};

/** Reads the text of a binding file. @throws FileError with every mistake, each at its place */
export function parseBinding(file: string, text: string): Binding {
  const yaml = readYaml(file, text);
  const raw = plain(yaml.root);
  if (!isMap(yaml.root) || !isObject(raw)) {
    const hint = 'start it with `binding: NAME`';
    throw new FileError([yaml.problem(yaml.root, 'a binding is a mapping', hint)]);
  }
  const reader = new Reader(yaml, yaml.root);
  reader.checkKeys(raw);
  const digest = createHash('sha256').update(text).digest('hex');
  const binding = reader.read(file, digest, raw);
  if (reader.problems.length > 0) throw new FileError(reader.problems);
  return binding;
}

class Reader {
  readonly problems: Problem[] = [];

  constructor(
    readonly yaml: YamlFile,
    readonly root: YAMLMap,
  ) {}

  /** Notes a mistake at the key that the path names, or the nearest one that the file really has. */
  wrong(path: Path, message: string, hint: string): void {
    let node: Node = this.root;
    for (let length = path.length; length > 0; length -= 1) {
      const map = length === 1 ? this.root : this.root.getIn(path.slice(0, length - 1), true);
      const pair = isMap(map)
        ? map.items.find(({ key }) => String(plain(key)) === path[length - 1])
        : undefined;
      if (!pair) continue;
      node = pair.key as Node;
      break;
    }
    this.problems.push(this.yaml.problem(node, message, hint));
  }

  checkKeys(raw: Json): void {
    for (const alias of aliasesIn(this.root)) {
      this.problems.push(this.yaml.problem(alias, ALIAS.message, ALIAS.hint));
    }
    const known = [...KEYS.required, ...KEYS.optional];
    for (const key of Object.keys(raw)) {
      if (!known.includes(key)) this.wrong([key], `unknown key "${key}"`, nearest(key, known));
    }
    for (const key of KEYS.required) {
      if (raw[key] !== undefined) continue;
      this.wrong([], `the key "${key}" is missing`, 'every binding needs it');
    }
    if (this.problems.length > 0) throw new FileError(this.problems);
  }

  read(file: string, digest: string, raw: Json): Binding {
    const errors = readErrors(raw.errors);
    const envelopes = isObject(raw.envelopes) ? raw.envelopes : { data: { data: '{data}' } };
    return {
      file,
      digest,
      name: String(raw.binding),
      pack: raw.pack === undefined ? undefined : String(raw.pack),
      prefixes: Array.isArray(raw.prefixes) ? raw.prefixes.map(String) : [''],
      scenario: raw.scenario === undefined ? undefined : String(raw.scenario),
      schedules: this.schedules(raw),
      report: this.report(raw.report),
      states: this.states(raw.states),
      errors,
      failure: this.failure(raw.failure, [...errors.keys()]),
      envelopes: new Map(
        Object.entries(envelopes).map(([name, envelope]) => [
          name,
          this.template(['envelopes', name], envelope, PLACES.envelope),
        ]),
      ),
      refusal: this.template(['refusal'], raw.refusal ?? REFUSAL, PLACES.refusal),
      types: readByStatus(raw.types),
      messages: readByStatus(raw.messages),
      places: this.places(raw.places),
    };
  }

  places(raw: unknown): Binding['places'] {
    const given = isObject(raw) ? raw : {};
    for (const key of Object.keys(given)) {
      if (PARTS.some((part) => part === key)) continue;
      this.wrong(['places', key], `unknown key "${key}"`, nearest(key, PARTS));
    }
    const words = PARTS.map((part) => [part, String(given[part] ?? part)]);
    return Object.fromEntries(words) as Record<Place, string>;
  }

  template(path: Path, value: unknown, known: readonly string[]): Template {
    for (const name of namesIn(value)) {
      const [head = ''] = name.split('.');
      if (!known.includes(head)) this.wrong(path, `unknown place {${name}}`, nearest(head, known));
    }
    return compileTemplate(value);
  }

  answer(path: Path, value: unknown): AnswerTemplate {
    const from = isObject(value) ? value : {};
    if (!isObject(value)) this.wrong(path, 'an answer is a mapping', 'give it `http` or `data`');
    for (const key of Object.keys(from)) {
      if (ANSWER.includes(key)) continue;
      this.wrong([...path, key], `unknown key "${key}"`, nearest(key, ANSWER));
    }
    const http = Number(from.http ?? 200);
    if (!Number.isInteger(http) || http < 200 || http > 599) {
      const hint = 'give a status from 200 to 599';
      this.wrong([...path, 'http'], `http is ${JSON.stringify(from.http)}`, hint);
    }
    const headers = Object.entries(isObject(from.headers) ? from.headers : {});
    return {
      http,
      headers: Object.fromEntries(
        headers.map(([name, text]) => [
          name,
          this.template([...path, 'headers', name], text, PLACES.answer),
        ]),
      ),
      data:
        from.data === undefined
          ? undefined
          : this.template([...path, 'data'], from.data, PLACES.answer),
      bare: from.bare === true,
    };
  }

  states(raw: unknown): Map<string, StateBinding> {
    const states = new Map<string, StateBinding>();
    for (const [name, value] of Object.entries(isObject(raw) ? raw : {})) {
      const from = isObject(value) ? value : {};
      if (!OUTCOMES.includes(String(from.outcome))) {
        const hint = `one of ${OUTCOMES.join(', ')}`;
        this.wrong(['states', name], `state ${name} has no outcome`, hint);
      }
      const shapes = isObject(from.shapes)
        ? Object.entries(from.shapes).map(
            ([shape, answer]) =>
              [shape, this.answer(['states', name, 'shapes', shape], answer)] as const,
          )
        : [['default', this.answer(['states', name], from)] as const];
      states.set(name, { outcome: from.outcome as Outcome, shapes: new Map(shapes) });
    }
    for (const outcome of ['open', 'done']) {
      if ([...states.values()].some((s) => s.outcome === outcome)) continue;
      this.wrong(['states'], `no state has the outcome ${outcome}`, 'jobs need one to be in');
    }
    return states;
  }

  report(raw: unknown): Binding['report'] {
    const { operation, job, ids = 'uuid' } = isObject(raw) ? raw : ({} as Json);
    if (typeof operation !== 'string' || typeof job !== 'string') {
      const hint = 'the operation that reports a job, and its path parameter';
      this.wrong(['report'], 'report needs `operation` and `job`', hint);
    }
    const form: IdForm | undefined = parseIdForm(String(ids));
    if (!form) this.wrong(['report', 'ids'], `"ids: ${ids}" is no form of ids`, ID_FORM_HINT);
    return { operation: String(operation), job: String(job), ids: form ?? 'uuid' };
  }

  schedules({ schedules: raw, scheduled }: Json): Binding['schedules'] {
    const usual = this.answer(['scheduled'], scheduled);
    const usualPaths = pathsIn(scheduled);
    const entries = Array.isArray(raw)
      ? raw.map((id) => [String(id), {}] as const)
      : Object.entries(isObject(raw) ? raw : {});
    return new Map(
      entries.map(([id, value]) => {
        const from: Json = isObject(value) ? value : {};
        const path = ['schedules', id];
        for (const key of Object.keys(from)) {
          if (SCHEDULING.includes(key)) continue;
          this.wrong([...path, key], `unknown key "${key}"`, nearest(key, SCHEDULING));
        }
        const resource = typeof from.resource === 'string' ? from.resource : undefined;
        const own = from.scheduled;
        const scheduling: Scheduling = {
          resource,
          makes: typeof from.makes === 'boolean' ? from.makes : resource === undefined,
          link:
            from.link === undefined
              ? undefined
              : this.template([...path, 'link'], from.link, PLACES.link),
          paths: [...pathsIn(from.link), ...(own === undefined ? usualPaths : pathsIn(own))],
          scheduled: own === undefined ? usual : this.answer([...path, 'scheduled'], own),
        };
        return [id, scheduling];
      }),
    );
  }

  failure(raw: unknown, known: string[]): string | undefined {
    if (raw === undefined) return undefined;
    const key = String(raw);
    if (!known.includes(key)) {
      this.wrong(['failure'], `failure: there is no error "${key}"`, nearest(key, known));
    }
    return key;
  }
}

/** Path parameters that a template names: `{path.patientId}`. */
function pathsIn(value: unknown): string[] {
  return namesIn(value).flatMap((name) => (name.startsWith('path.') ? [name.slice(5)] : []));
}

function readErrors(raw: unknown): Binding['errors'] {
  return new Map(
    Object.entries(isObject(raw) ? raw : {}).map(([key, value]) => {
      const from = (isObject(value) ? value : {}) as Json;
      const code = String(from.code ?? key);
      const message = String(from.message ?? '');
      const text = `${code}: ${message}`;
      return [key, { code, name: String(from.name ?? ''), message, text, details: from.details }];
    }),
  );
}

function readByStatus(raw: unknown): ReadonlyMap<number, string> {
  const entries = Object.entries(isObject(raw) ? raw : {});
  return new Map(entries.map(([status, text]) => [Number(status), String(text)]));
}
