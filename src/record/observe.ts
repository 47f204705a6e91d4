import type { Binding } from '../contract/binding.js';
import { canonicalId } from '../contract/id-form.js';
import type { Json } from '../contract/json.js';
import type { WallMoment } from '../time/moments.js';
import { readErrorText } from './error-text.js';
import type { Masker } from './mask.js';
import { momentNames, readMoment } from './moment.js';
import { type ReadState, readStates } from './recognise.js';
import type { Observation, Said } from './said.js';
import { sayAnswer } from './script.js';
import type { Failure, Seen } from './seen.js';

/** What fits best among the faults that a scenario can play. */
const FAULT_OF: Readonly<Record<Failure, 'reset' | 'hang'>> = {
  unreachable: 'reset',
  reset: 'reset',
  'cut off': 'reset',
  timeout: 'hang',
  left: 'hang',
  refused: 'reset',
};

/** What a poll of a job was told. */
export function observe(binding: Binding, masker: Masker, job: string, seen: Seen): Observation {
  const { at, until, answer, failure } = seen;
  if (failure || !answer) {
    return { at, said: sayFault(failure ?? 'reset'), eta: undefined, doneAt: undefined, delay: 0 };
  }
  const delay = Math.max(0, Math.round((until - at) / 1000) * 1000);
  const reads = readStates(binding, answer);
  for (const read of reads) {
    const said = sayState(binding, masker, job, at, read);
    if (!said) continue;
    const { moment: eta } = readMoment(read.places, 'eta', at);
    return { at, said, eta, doneAt: endOf(read.places, at), delay };
  }
  const { said, eta } = sayAnswer(binding, masker, job, at, answer);
  return { at, said, eta, doneAt: undefined, delay };
}

/** What the answer to a request that schedules says, where it makes no job. */
export function sayRefusal(binding: Binding, masker: Masker, seen: Seen): Said {
  const { at, answer, failure } = seen;
  if (failure || !answer) return sayFault(failure ?? 'reset');
  return sayAnswer(binding, masker, undefined, at, answer).said;
}

function sayFault(failure: Failure): Said {
  const fault = FAULT_OF[failure];
  const step = { answer: { fault } };
  return { key: fault, outcome: 'none', step, strange: false, words: fault };
}

/** When the job ended, in whole milliseconds or as near as the answer says. */
function endOf(places: ReadState['places'], at: WallMoment): WallMoment | undefined {
  return readMoment(places, 'doneAt', at).moment ?? readMoment(places, 'endedAt', at).moment;
}

/** Do other places hold what the sandbox could put there? A moment that has not come may be left out. */
function fits(places: ReadState['places'], at: WallMoment): boolean {
  const moments = ['createdAt', 'startedAt', 'endedAt'].every((place) => {
    const { told, moment } = readMoment(places, place, at);
    const names = momentNames(place).map(({ name }) => places.get(name));
    return !told || moment !== undefined || names.every((said) => said === undefined);
  });
  return (
    moments && isShare(places.get('progress'), 100) && isShare(places.get('progress.fraction'), 1)
  );
}

function isShare(value: unknown, whole: number): boolean {
  if (value === undefined) return true;
  const number = Number(value);
  return value !== '' && value !== null && number >= 0 && number <= whole;
}

/** Undefined when a state of a scenario could not say the same. */
function sayState(
  binding: Binding,
  masker: Masker,
  job: string,
  at: WallMoment,
  { places, envelope, state, shape, outcome }: ReadState,
): Said | undefined {
  const told = places.get('job');
  const another = told === undefined || canonicalId(String(told)) !== canonicalId(job);
  if (places.has('job') && another) return undefined;
  const eta = readMoment(places, 'eta', at);
  if (eta.told && eta.moment === undefined) return undefined;
  if (!fits(places, at)) return undefined;
  for (const [name, value] of places) {
    const named = name.startsWith('resource.');
    if (named && (typeof value !== 'string' || value === '')) return undefined;
  }
  const error = readErrorText(binding, masker, places);
  if (error === 'none of ours') return undefined;
  const known = binding.states.get(state);
  const usualShape = known?.shapes.keys().next().value ?? shape;
  const [usualEnvelope] = binding.envelopes.keys();
  const bare = known?.shapes.get(shape)?.bare === true;
  const step: Json = {
    state,
    ...(shape === usualShape ? {} : { shape }),
    ...(envelope === usualEnvelope || bare ? {} : { envelope }),
    ...(error ? { error } : {}),
  };
  const words = error?.code === undefined ? state : `${state} ${error.code}`;
  return { key: JSON.stringify(step), outcome, step, strange: !known, words };
}
