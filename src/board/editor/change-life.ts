import { duplicateAt, insertAt, moveAt, removeAt, setAt } from './edit-yaml.js';
import type { Words } from './words.js';
import { readSource } from './yaml-source.js';

/** A step as the text says it. */
export type Step = Readonly<Record<string, unknown>>;

/** In which keys are usually written. */
export const ORDER = [
  'scenario',
  'title',
  'about',
  'group',
  'operations',
  'when',
  'refuse',
  'scheduled',
  'cancelled',
  'life',
  'result',
  'webhooks',
  'meets',
  'expect',
  'tolerances',
  'parts',
  'off_contract',
];
const STEP_ORDER = [
  'state',
  'answer',
  'token',
  'shape',
  'envelope',
  'error',
  'headers',
  'retry_after',
  'for',
  'eta',
  'delay',
  'off_contract',
];

/** What a poll is told in a step. */
export type Kind =
  | { is: 'state'; name: string }
  | { is: 'answer'; http: number }
  | { is: 'fault'; name: string }
  | { is: 'token'; event: string }
  | { is: 'nothing' };

export function kindOf(step: Step): Kind {
  if (step.token !== undefined) return { is: 'token', event: String(step.token) };
  const answer = mappingOf(step.answer);
  if (answer?.fault !== undefined) return { is: 'fault', name: String(answer.fault) };
  if (answer) return { is: 'answer', http: Number(answer.http ?? 500) };
  if (step.state !== undefined) return { is: 'state', name: String(step.state) };
  return { is: 'nothing' };
}

export function mappingOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

export function lifeIn(value: unknown): Step[] {
  return Array.isArray(value) ? value.map((step) => mappingOf(step) ?? {}) : [];
}

/** Sets a key of a step; undefined takes it out. */
export function setInStep(
  text: string,
  step: number,
  path: readonly string[],
  value: unknown,
): string {
  const at = ['life', step, ...path];
  if (value === undefined) return removeAt(text, at);
  return setAt(text, at, value, path.length === 1 ? STEP_ORDER : ANSWER_ORDER);
}

const ANSWER_ORDER = ['code', 'name', 'message', 'http', 'fault', 'retry_after', 'headers', 'body'];

/** Keys that say what is answered, and go when something else is. */
const SAID = ['state', 'answer', 'token', 'shape', 'envelope', 'error', 'headers', 'retry_after'];

/** Lets a step answer something else. What the contract does not know is marked as on purpose. */
export function changeKind(text: string, step: number, kind: Kind, words: Words): string {
  const before = lifeIn(readSource(text).toJS()?.life)[step] ?? {};
  const [key, value] = keyFor(kind);
  const sameKind = kind.is === 'state' && before.state !== undefined;
  let next = setInStep(text, step, [key], value);
  const failed = kind.is === 'state' && outcomeOf(kind.name, words) === 'failed';
  const gone = sameKind
    ? failed
      ? ['shape']
      : ['shape', 'error']
    : SAID.filter((each) => each !== key);
  for (const each of gone)
    if (before[each] !== undefined) next = setInStep(next, step, [each], undefined);
  if (isOutside(kind, words)) next = setInStep(next, step, ['off_contract'], true);
  else if (before.off_contract !== undefined)
    next = setInStep(next, step, ['off_contract'], undefined);
  return settle(next);
}

function keyFor(kind: Kind): [string, unknown] {
  if (kind.is === 'state') return ['state', kind.name];
  if (kind.is === 'answer') return ['answer', { http: kind.http }];
  if (kind.is === 'fault') return ['answer', { fault: kind.name }];
  return ['token', kind.is === 'token' ? kind.event : 'expires'];
}

export function outcomeOf(state: string, words: Words) {
  return words.states.find(({ name }) => name === state)?.outcome ?? 'open';
}

function isOutside(kind: Kind, { states, statuses }: Words): boolean {
  if (kind.is === 'state') return !states.some(({ name }) => name === kind.name);
  return kind.is === 'answer' && !statuses.includes(kind.http);
}

/** A state of an outcome, by the API's own word; empty until its words are known: lint says then what can stand here. */
export function stateFor({ states }: Pick<Words, 'states'>, outcome: string): string {
  return states.find((one) => one.outcome === outcome)?.name ?? '';
}

/** A new step behind another one; -1: in front of all. */
export function addStep(text: string, behind: number, words: Words): string {
  const open = stateFor(words, 'open');
  const step = { state: open, for: '1 poll' };
  const life = lifeIn(readSource(text).toJS()?.life);
  if (life.length === 0) return setAt(text, ['life'], [{ state: open }], ORDER);
  return settle(insertAt(text, ['life'], behind + 1, step));
}

export function copyStep(text: string, step: number): string {
  return settle(duplicateAt(text, ['life'], step));
}

export function moveStep(text: string, from: number, to: number): string {
  return settle(moveAt(text, ['life'], from, to));
}

export function dropStep(text: string, step: number): string {
  return settle(removeAt(text, ['life', step]));
}

/** Every step but the last says how long it lasts; the last one lasts for ever. */
function settle(text: string): string {
  const life = lifeIn(readSource(text).toJS()?.life);
  return life.reduce((next, step, i) => {
    const last = i === life.length - 1;
    if (last && step.for !== undefined) return setInStep(next, i, ['for'], undefined);
    const ends = step.token === 'expires' || step.token === 'revoked';
    if (!last && step.for === undefined && !ends) return setInStep(next, i, ['for'], '1 poll');
    return next;
  }, text);
}
