/** Scenarios: those of files as the model knows them, and new ones by chance (docs/reference/scenario.md). */
import { milliseconds } from './durations.mjs';

/**
 * @typedef {object} Scenario
 * @property {string} name
 * @property {import('./life.mjs').Step[]} steps
 * @property {{ http: number, retryAfter?: string }} [refuse]
 * @property {object} [when]
 */

/** Faults whose outcome the model knows. */
const FAULTS = ['reset', 'empty-reply', 'hang', 'truncated-body', 'gateway-html', 'malformed-json'];
const STEP_KEYS =
  'state answer for eta shape envelope error headers retry_after off_contract'.split(' ');
const ANSWER_KEYS = ['http', 'fault', 'body', 'retry_after', 'headers'];
const TOP_KEYS =
  'scenario title about group when life refuse meets expect tolerances off_contract'.split(' ');

const onlyHas = (object, keys) => Object.keys(object).every((key) => keys.includes(key));

function isKnown(step) {
  const { answer } = step;
  if (!onlyHas(step, STEP_KEYS) || (answer && !onlyHas(answer, ANSWER_KEYS))) return false;
  if (answer?.fault === undefined) return true;
  return FAULTS.includes(answer.fault) && answer.http === undefined;
}

function endsOf(text, isLast) {
  if (isLast || text === undefined || text === 'ever') return 'never';
  if (text === 'until released') return 'released';
  const polls = /^(\d+) polls?$/.exec(text);
  return polls ? { polls: Number(polls[1]) } : { after: milliseconds(text) };
}

function etaOf(text) {
  if (text === undefined) return undefined;
  const [length, fromStart] = String(text).split(' from ');
  return fromStart ? { fromStart: milliseconds(length) } : { after: milliseconds(length) };
}

const readAnswer = ({ retry_after, ...answer }) => ({ ...answer, retryAfter: retry_after });

function readStep(step, isLast) {
  return {
    ...step,
    ends: endsOf(step.for, isLast),
    eta: etaOf(step.eta),
    retryAfter: step.retry_after,
    answer: step.answer && readAnswer(step.answer),
  };
}

/** @returns {Scenario | undefined} undefined for one that says more than the model knows */
export function readScenario(file) {
  if (!onlyHas(file, TOP_KEYS)) return undefined;
  if (file.refuse) {
    if (!onlyHas(file.refuse, ['http', 'retry_after'])) return undefined;
    return { name: file.scenario, steps: [], when: file.when, refuse: readAnswer(file.refuse) };
  }
  if (!file.life.every(isKnown)) return undefined;
  const steps = file.life.map((step, i) => readStep(step, i === file.life.length - 1));
  return { name: file.scenario, steps, when: file.when };
}

const tenths = (chance, least, most) => `${chance.whole(least, most) / 10}s`;

function lastsFor(chance) {
  const kind = chance.weighed({ polls: 5, time: 4, release: 1 });
  if (kind === 'release') return 'until released';
  if (kind === 'time') return tenths(chance, 1, 40);
  const polls = chance.whole(1, 4);
  return polls === 1 ? '1 poll' : `${polls} polls`;
}

function etaBy(chance) {
  const kind = chance.weighed({ none: 5, after: 2, start: 1, past: 1 });
  if (kind === 'none') return {};
  if (kind === 'start') return { eta: `${tenths(chance, 1, 90)} from start` };
  return { eta: kind === 'past' ? `-${tenths(chance, 1, 50)}` : tenths(chance, 1, 60) };
}

const RETRIES = ['3s', '1500ms', '7s as date', '-5s as date', '4s as epoch seconds'];

function answerBy(chance) {
  if (chance.often(0.35)) return { fault: chance.one(FAULTS) };
  const http = chance.one([404, 429, 500, 503]);
  const answer = chance.often(0.5) ? { http, retry_after: chance.one(RETRIES) } : { http };
  return chance.often(0.2) ? { ...answer, body: { job: '{job}', state: '{state}' } } : answer;
}

const openStep = (chance, { open }) =>
  chance.often(0.65)
    ? { state: chance.one(open), for: lastsFor(chance), ...etaBy(chance) }
    : { answer: answerBy(chance), for: lastsFor(chance), ...etaBy(chance) };

function lastSteps(chance, { done, failed, code }) {
  const end = chance.weighed({ done: 6, failed: 3, lost: 1, doneAndLost: 1 });
  const isDone = { state: done };
  const isLost = { answer: { http: 404 } };
  if (end === 'failed') return [{ state: failed, error: { code } }];
  if (end === 'lost') return [isLost];
  return end === 'done' ? [isDone] : [{ ...isDone, for: '2 polls' }, isLost];
}

/** The words of the two APIs. */
const WORDS = {
  orders: { open: ['waiting', 'packing'], done: 'sent', failed: 'lost', code: 'STOLEN' },
  compositions: { open: ['PENDING'], done: 'DONE', failed: 'FAILED', code: '1137' },
};

/** @returns {object} a scenario file that nobody has written */
export function randomScenario(chance, api, number) {
  const file = { scenario: `by-chance-${number}`, off_contract: true };
  if (api === 'orders' && number % 5 === 0) file.when = { body: { item: `magic-${number}` } };
  if (chance.often(0.06)) return { ...file, refuse: { http: 503, retry_after: '3s' } };
  const open = Array.from({ length: chance.whole(0, 4) }, () => openStep(chance, WORDS[api]));
  return { ...file, life: [...open, ...lastSteps(chance, WORDS[api])] };
}
