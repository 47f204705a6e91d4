/** How long a step lasts, as a person chooses it. */
export type Length =
  | { is: 'polls'; polls: number }
  | { is: 'time'; time: string }
  | { is: 'released' }
  | { is: 'ever' };

/** @returns undefined for what cannot be read */
export function readLength(said: unknown): Length | undefined {
  if (said === undefined) return { is: 'ever' };
  const text = String(said).trim();
  const polls = /^([1-9]\d*) polls?$/.exec(text)?.[1];
  if (polls !== undefined) return { is: 'polls', polls: Number(polls) };
  if (text === 'until released') return { is: 'released' };
  if (text === 'ever') return { is: 'ever' };
  return /^\d+(\.\d+)? ?[a-z]+$/.test(text) ? { is: 'time', time: text } : undefined;
}

/** As a file says it; undefined: nothing. */
export function tellLength(length: Length): string | undefined {
  if (length.is === 'polls') return length.polls === 1 ? '1 poll' : `${length.polls} polls`;
  if (length.is === 'time') return length.time;
  return length.is === 'released' ? 'until released' : undefined;
}

/** Hints of a client's next question. */
export type Eta = { from: 'truth' } | { from: 'answer' | 'start'; after: string };

export function readEta(said: unknown): Eta {
  if (said === undefined) return { from: 'truth' };
  const text = String(said).trim();
  const start = /^(.*?) +from start$/.exec(text)?.[1];
  return start === undefined ? { from: 'answer', after: text } : { from: 'start', after: start };
}

export function tellEta(eta: Eta): string | undefined {
  if (eta.from === 'truth') return undefined;
  return eta.from === 'start' ? `${eta.after} from start` : eta.after;
}
