import type { Binding } from '../contract/binding.js';
import { isObject, type Json } from '../contract/json.js';
import { compileTemplate } from '../contract/template.js';
import type { Outcome } from '../outcome.js';
import { defaultError } from '../sandbox/job-scope.js';
import type { Step } from '../scenario/scenario.js';
import type { Ingredient } from './ingredient.js';

/**
 * A job that has failed, whose answer leads somewhere all the same, as that of a done one does: who follows links before
 * it has read the state reads what nobody has made. No binding says so of its own, and a contract may well allow it.
 * @returns one for each envelope, and one without any; none where no link leads to results
 */
export function linkedFailures(binding: Binding): Ingredient[] {
  const failed = usualAnswer(binding, 'failed');
  const done = usualAnswer(binding, 'done');
  if (!failed || !done) return [];
  const told = withLinksOf(done.source, failed.source);
  if (told === undefined) return [];
  const { http } = failed;
  const filled = compileTemplate(told)(scopeOf(binding, failed.state));
  // An address would spell braces otherwise.
  const data = JSON.parse(JSON.stringify(filled).replaceAll(OWN_ID, '{job}')) as unknown;
  const wrapped = [...binding.envelopes.values()].map((envelope) => envelope({ data, http }));
  return [...wrapped, data].map((body) => ({
    kind: 'end',
    name: 'failed-with-a-link',
    temper: 'on',
    steps: [stepOf(http, body)],
  }));
}

function usualAnswer({ states }: Binding, wanted: Outcome) {
  const [state, found] = [...states].find(([, { outcome }]) => outcome === wanted) ?? [];
  const [template] = found?.shapes.values() ?? [];
  const source = template?.data?.source;
  if (state === undefined || !template || !isObject(source)) return undefined;
  return { state, http: template.http, source };
}

/** A text that leads to what a job has made. */
const LINK = /\/.*\{resource\.id\}/;

/** What leads to a result in the one answer stands in the other too; undefined: nothing does. */
function withLinksOf(done: Json, failed: Json): Json | undefined {
  const links = Object.keys(done).filter((key) => LINK.test(JSON.stringify(done[key])));
  if (links.length === 0) return undefined;
  return {
    ...failed,
    ...Object.fromEntries(links.map((key) => [key, together(done[key], failed[key])])),
  };
}

function together(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other))
    return one.map((each, i) => together(each, other[i]));
  return isObject(one) && isObject(other) ? { ...other, ...one } : one;
}

/** Stands for the id of the job, which is known when it is played. */
const OWN_ID = 'id-of-the-job';

const MOMENTS = ['now', 'eta', 'createdAt', 'startedAt', 'endedAt', 'doneAt'] as const;

/** What is known already, and places that the scenario fills in: what a failed job links can have no id but its own. */
function scopeOf(binding: Binding, state: string): Json {
  return {
    state,
    job: OWN_ID,
    resource: { id: OWN_ID },
    error: defaultError(binding),
    ...Object.fromEntries(MOMENTS.map((name) => [name, '{now}'])),
  };
}

function stepOf(http: number, body: unknown): Step {
  const answer = { fault: undefined, http, retryAfter: undefined, headers: {}, body };
  return {
    response: { answer },
    duration: { kind: 'ever' },
    eta: undefined,
    delay: 0,
    offContract: false,
    line: 1,
  };
}
