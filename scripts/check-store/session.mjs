/**
 * The model of a session: what each request is answered, and what it changes (docs/reference/sessions-and-time.md,
 * spec/control/openapi.yaml). A session is a value; `answerTo` gives the next one.
 *
 * @typedef {object} World
 * @property {string} name
 * @property {{ mode: 'real' | 'paced' | 'manual', pace: number, now: number }} clock
 * @property {string | null} scenario
 * @property {{ scenario: string, times: number, operation?: string, of: import('./apis.mjs').Api[] }[]} queue
 * @property {Map<string, import('./life.mjs').Job>} jobs  in the order in which they were scheduled
 * @property {Set<string>} deleted
 * @property {Map<string, { job: string, item: unknown }>} keys  of idempotency
 * @property {Map<string, import('./life.mjs').Job>} made  jobs of resources that there are, by the resource's id
 * @property {number} seq  exchanges
 */
import { controlAnswer } from './control.mjs';
import { apiAnswer } from './exchange.mjs';

/** @returns {World} */
export const newWorld = (name, clock) => ({
  name,
  clock,
  scenario: null,
  queue: [],
  jobs: new Map(),
  deleted: new Set(),
  keys: new Map(),
  made: new Map(),
  seq: 0,
});

/**
 * @param {World} world
 * @param {import('./requests.mjs').Request} request
 * @param {number} now
 * @param {{ job?: string, resource?: string }} drawn  ids that the product has drawn
 * @returns {{ world: World, answer: object, line?: object }} `line`: what the journal says of it
 */
export function answerTo(world, request, now, drawn) {
  const at = { ...world, clock: { ...world.clock, now } };
  if (request.control) return controlAnswer(at, request, now);
  const { world: next, answer, line } = apiAnswer(at, request, now, drawn);
  return { world: { ...next, seq: world.seq + 1 }, answer, line: { seq: world.seq + 1, ...line } };
}
