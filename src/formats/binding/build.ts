import { RESULT_PLACES } from '../../contract/answer-template.js';
import {
  type AnswerTemplate,
  type Binding,
  PLACES,
  type Scheduling,
  type StateBinding,
  TAKEN,
} from '../../contract/binding.js';
import { parseIdForm } from '../../contract/id-form.js';
import { parseJobPlace } from '../../contract/job-place.js';
import { isObject, type Json } from '../../contract/json.js';
import { compileTemplate, namesIn } from '../../contract/template.js';
import type { WaitRule } from '../../contract/waiting.js';
import type { Outcome } from '../../outcome.js';
import type { Problem } from '../../problem.js';
import {
  buildAnswer,
  buildIdempotency,
  buildPollHint,
  buildScheduledShapes,
  buildSlower,
  buildUsual,
  buildUsualEta,
  buildWait,
} from './build-answers.js';
import { buildGateway } from './build-gateway.js';
import { buildOperations, ownAnswer } from './build-operations.js';
import { buildResources } from './build-resources.js';
import { buildWebhooks } from './build-webhooks.js';
import { buildTokens } from './tokens-file.js';

/** What remains of a binding's text, of each kind of jobs: it is kept as JSON for those that come with the package. */
export interface BindingSource {
  /** What stands at the top of the file for all kinds is in it. */
  value: Json;
  /** Where its keys stand: `report.operation`. */
  positions: Binding['positions'];
  /** Undefined: the file has one kind of jobs. */
  kind?: string;
}

/** What one file says of the jobs of one contract: a binding for each kind of them. */
export type Bindings = readonly [Binding, ...Binding[]];

/**
 * The bindings that a checked file says.
 * @param digest hash of the file's text
 * @param problems what is found wrong in the file although it is used
 */
export function buildBindings(
  file: string,
  digest: string,
  sources: readonly BindingSource[],
  problems: readonly Problem[],
): Bindings {
  const [first, ...others] = sources.map((source, i) => {
    const own = source.kind === undefined ? digest : `${digest} ${source.kind}`;
    return { ...buildBinding(file, own, source), problems: i === 0 ? problems : [] };
  });
  return [first as Binding, ...others];
}

const ENVELOPES = { data: { data: '{data}' } };

/**
 * The binding that a checked file says. It takes what earlier versions took: a value that has been found wrong
 * since then counts for what it did.
 */
function buildBinding(
  file: string,
  digest: string,
  { value: raw, positions, kind }: BindingSource,
): Omit<Binding, 'problems'> {
  const webhooks = buildWebhooks(raw.webhooks);
  const tokens = buildTokens(raw.tokens);
  return {
    file,
    digest,
    positions,
    name: String(raw.binding),
    kind,
    pack: raw.pack === undefined ? undefined : String(raw.pack),
    prefixes: Array.isArray(raw.prefixes) ? raw.prefixes.map(String) : [''],
    scenario: raw.scenario === undefined ? undefined : String(raw.scenario),
    aliases: buildAliases(raw.aliases),
    schedules: buildSchedules(raw),
    report: buildReport(raw),
    refuses: Array.isArray(raw.refuses) ? raw.refuses.map(String) : [],
    eta: raw.eta === 'hint' ? 'hint' : 'promise',
    ...buildUsualEta(raw.usual_eta),
    result: RESULT_PLACES.find((place) => place === raw.result),
    ...buildIdempotency(raw.idempotency),
    pollHint: buildPollHint(raw.poll_hint),
    states: buildStates(raw.states),
    ...(webhooks ? { webhooks } : {}),
    errors: buildErrors(raw.errors),
    failure: raw.failure === undefined ? undefined : String(raw.failure),
    envelopes: new Map(
      Object.entries(isObject(raw.envelopes) ? raw.envelopes : ENVELOPES).map(
        ([name, envelope]) => [name, compileTemplate(envelope)],
      ),
    ),
    refusal: raw.refusal === undefined ? undefined : compileTemplate(raw.refusal),
    types: buildByStatus(raw.types),
    messages: buildByStatus(raw.messages),
    gateway: buildGateway(raw.gateway),
    ...(tokens ? { tokens } : {}),
    places: buildPlaces(raw.places),
    resources: buildResources(raw.resources),
    ...buildOperations(raw, buildAnswer),
  };
}

function buildAliases(raw: unknown): Binding['aliases'] {
  const entries = Object.entries(isObject(raw) ? raw : {});
  return new Map(
    entries.flatMap(([name, others]) =>
      [others].flat().map((other) => [String(other), name] as const),
    ),
  );
}

function buildStates(raw: unknown): Map<string, StateBinding> {
  const states = Object.entries(isObject(raw) ? raw : {});
  return new Map(
    states.map(([name, value]) => {
      const from = isObject(value) ? value : {};
      const shapes = isObject(from.shapes)
        ? Object.entries(from.shapes).map(
            ([shape, answer]) => [shape, buildAnswer(answer)] as const,
          )
        : [['default', buildAnswer(from)] as const];
      const slower = buildSlower(from);
      return [
        name,
        {
          outcome: from.outcome as Outcome,
          shapes: new Map(shapes),
          ...(slower === undefined ? {} : { slower }),
        },
      ];
    }),
  );
}

function buildReport({ report: raw, wait: usual }: Json): Binding['report'] {
  // An API without jobs reports none: no operation has an empty id.
  const from = isObject(raw) ? raw : {};
  const { operation = '', job = '', ids = 'uuid', wait = usual } = from;
  return {
    operation: String(operation),
    job: parseJobPlace(String(job)),
    ids: parseIdForm(String(ids)) ?? 'uuid',
    taken: TAKEN.find((each) => each === from.taken),
    ...(from.unknown === undefined ? {} : { unknown: ownAnswer(from.unknown, buildAnswer, 404) }),
    ...(Array.isArray(from.reads) ? { reads: from.reads.map(String) } : {}),
    ...held(wait),
  };
}

function held(wait: unknown): { wait?: WaitRule } {
  const rule = buildWait(wait);
  return rule ? { wait: rule } : {};
}

function buildSchedules({ schedules: raw, scheduled, wait }: Json): Binding['schedules'] {
  const usual = buildScheduledShapes(scheduled);
  const usualPaths = pathsIn(scheduled);
  const entries = Array.isArray(raw)
    ? raw.map((id) => [String(id), {}] as const)
    : Object.entries(isObject(raw) ? raw : {});
  return new Map(
    entries.map(([id, value]) => {
      const from: Json = isObject(value) ? value : {};
      const resource = typeof from.resource === 'string' ? from.resource : undefined;
      const own = from.scheduled;
      const shapes = own === undefined ? usual : buildScheduledShapes(own);
      const scheduling: Scheduling = {
        resource,
        createsResource: typeof from.makes === 'boolean' ? from.makes : resource === undefined,
        link: from.link === undefined ? undefined : compileTemplate(from.link),
        paths: [...pathsIn(from.link), ...(own === undefined ? usualPaths : pathsIn(own))],
        acceptedAnswer: shapes.values().next().value as AnswerTemplate,
        shapes,
        ...buildUsual(from.usual),
        ...held(from.wait ?? wait),
      };
      return [id, scheduling];
    }),
  );
}

/** Path parameters that a template names: `{path.patientId}`. */
function pathsIn(value: unknown): string[] {
  return namesIn(value).flatMap((name) => (name.startsWith('path.') ? [name.slice(5)] : []));
}

function buildErrors(raw: unknown): Binding['errors'] {
  return new Map(
    Object.entries(isObject(raw) ? raw : {}).map(([key, value]) => {
      const from = (isObject(value) ? value : {}) as Json;
      const code = String(from.code ?? key);
      const message = String(from.message ?? '');
      const text = `${code}: ${message}`;
      const shape = from.shape === undefined ? {} : { shape: String(from.shape) };
      const name = String(from.name ?? '');
      return [key, { code, name, message, text, details: from.details, ...shape }];
    }),
  );
}

function buildPlaces(raw: unknown): Binding['places'] {
  const given = isObject(raw) ? raw : {};
  const words = PLACES.map((part) => [part, String(given[part] ?? part)]);
  return Object.fromEntries(words) as Binding['places'];
}

function buildByStatus(raw: unknown): ReadonlyMap<number, string> {
  const entries = Object.entries(isObject(raw) ? raw : {});
  return new Map(entries.map(([status, text]) => [Number(status), String(text)]));
}
