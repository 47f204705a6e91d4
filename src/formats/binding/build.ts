import {
  type AnswerTemplate,
  type Binding,
  type Outcome,
  PLACES,
  RESULT_PLACES,
  type Scheduling,
  type StateBinding,
} from '../../contract/binding.js';
import { parseIdForm } from '../../contract/id-form.js';
import { parseIdempotency } from '../../contract/idempotency.js';
import { isObject, type Json } from '../../contract/json.js';
import { compileTemplate, namesIn } from '../../contract/template.js';
import { buildResources } from './build-resources.js';

/** What remains of a binding's text: it is kept as JSON for those that come with the package. */
export interface BindingSource {
  value: Json;
  /** Where its keys stand, `report.operation`, down to the second level. */
  positions: Binding['positions'];
}

const ENVELOPES = { data: { data: '{data}' } };

/**
 * The binding that a checked file says. It takes what earlier versions took: a value that has been found wrong
 * since then counts for what it did.
 */
export function buildBinding(
  file: string,
  digest: string,
  { value: raw, positions }: BindingSource,
): Omit<Binding, 'problems'> {
  return {
    file,
    digest,
    positions,
    name: String(raw.binding),
    pack: raw.pack === undefined ? undefined : String(raw.pack),
    prefixes: Array.isArray(raw.prefixes) ? raw.prefixes.map(String) : [''],
    scenario: raw.scenario === undefined ? undefined : String(raw.scenario),
    schedules: buildSchedules(raw),
    report: buildReport(raw.report),
    eta: raw.eta === 'hint' ? 'hint' : 'promise',
    result: RESULT_PLACES.find((place) => place === raw.result),
    idempotency:
      raw.idempotency === undefined ? undefined : parseIdempotency(String(raw.idempotency)),
    states: buildStates(raw.states),
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
    places: buildPlaces(raw.places),
    resources: buildResources(raw.resources),
  };
}

function buildAnswer(value: unknown): AnswerTemplate {
  const from = isObject(value) ? value : {};
  const headers = Object.entries(isObject(from.headers) ? from.headers : {});
  return {
    http: Number(from.http ?? 200),
    headers: Object.fromEntries(headers.map(([name, text]) => [name, compileTemplate(text)])),
    data: from.data === undefined ? undefined : compileTemplate(from.data),
    bare: from.bare === true,
  };
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
      return [name, { outcome: from.outcome as Outcome, shapes: new Map(shapes) }];
    }),
  );
}

function buildReport(raw: unknown): Binding['report'] {
  // An API without jobs reports none: no operation has an empty id.
  const { operation = '', job = '', ids = 'uuid' } = isObject(raw) ? raw : ({} as Json);
  return {
    operation: String(operation),
    job: String(job),
    ids: parseIdForm(String(ids)) ?? 'uuid',
  };
}

function buildSchedules({ schedules: raw, scheduled }: Json): Binding['schedules'] {
  const usual = buildAnswer(scheduled);
  const usualPaths = pathsIn(scheduled);
  const entries = Array.isArray(raw)
    ? raw.map((id) => [String(id), {}] as const)
    : Object.entries(isObject(raw) ? raw : {});
  return new Map(
    entries.map(([id, value]) => {
      const from: Json = isObject(value) ? value : {};
      const resource = typeof from.resource === 'string' ? from.resource : undefined;
      const own = from.scheduled;
      const scheduling: Scheduling = {
        resource,
        createsResource: typeof from.makes === 'boolean' ? from.makes : resource === undefined,
        link: from.link === undefined ? undefined : compileTemplate(from.link),
        paths: [...pathsIn(from.link), ...(own === undefined ? usualPaths : pathsIn(own))],
        acceptedAnswer: own === undefined ? usual : buildAnswer(own),
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
      return [key, { code, name: String(from.name ?? ''), message, text, details: from.details }];
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
