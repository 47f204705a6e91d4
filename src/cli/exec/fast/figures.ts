import type { Duration } from '../../../time/moments.js';

/** What a probe has measured in its own time, in milliseconds; undefined: it never came to its end. */
export interface Figures {
  /** Of a second. */
  sleep: Duration | undefined;
  wait: Duration | undefined;
  /** Of five seconds. */
  limit: Duration | undefined;
  /** How long each request took. */
  asks: readonly Duration[];
  /** How far the sandbox's clock was ahead of the client's as each request came: its way here, and what they differ by. */
  skews: readonly Duration[];
}

/** What can be played at a rate. */
export interface Standing {
  /** Neither sleeps nor waits keep to it: nothing can. */
  unscaled: readonly ('sleep' | 'wait')[];
  /** Time-outs of requests run long. */
  longLimits: boolean;
  /** What takes the machine's time is too long for this rate by this factor; up to 1: it is not. */
  strain: number;
}

/**
 * A pause of a second may be so much longer: rules take who comes within a second of an eta for one who goes by it, since
 * clients round up to whole seconds. What is later shows nothing of a good client any more.
 */
const LATE: Duration = 1000;
/**
 * What is longer than that, and takes this part of what it would at true time, does not scale; a busy machine may keep a
 * client from its work for the rest.
 */
const MOST_OF_IT = { least: 0.7, most: 0.95 } as const;
/**
 * A time-out may be so much longer: a fifth, for what a runtime does beside (5.1 s of 5 s in Mono, at 20 times), and half a
 * second of a busy machine. Answers that are late on purpose come seconds after usual time-outs or before them.
 */
const LONGER = { share: 1.2, more: 500 } as const;
/** Shorter by what a timer may fire early. */
const SHORTER = 0.95;
/** The smallest tolerance of a rule is 50 ms, to come early by: a quarter of it, since both clocks move meanwhile. */
const BEHIND: Duration = 12;
/** What a request may take: half of it is the way there, and half a second behind an eta a poll has come because of it. */
const USUAL_ASK: Duration = 1000;
/** The first one loads and compiles; usual time-outs begin at ten seconds, and a machine may get busier than it was. */
const FIRST_ASK: Duration = 7000;
const SECOND: Duration = 1000;
const LIMIT: Duration = 5000;

/** Reads what a probe has printed. */
export function readFigures(text: string, skews: readonly Duration[]): Figures {
  const found = [...text.matchAll(/^(\w+) (\d+)\s*$/gm)].map(([, name, ms]) => ({
    name,
    ms: Number(ms),
  }));
  const of = (name: string) => found.find((one) => one.name === name)?.ms;
  const asks = found.filter(({ name }) => name === 'ask').map(({ ms }) => ms);
  return { sleep: of('sleep'), wait: of('wait'), limit: of('limit'), asks, skews };
}

/** What several clients side by side can stand is what the slowest of them can. */
export function slowestOf([first, ...others]: readonly Figures[]): Figures {
  return others.reduce(slower, first ?? readFigures('', []));
}

function slower(one: Figures, other: Figures): Figures {
  const later = (a: Duration | undefined, b: Duration | undefined) =>
    a === undefined || b === undefined ? undefined : Math.max(a, b);
  return {
    sleep: later(one.sleep, other.sleep),
    wait: later(one.wait, other.wait),
    limit: later(one.limit, other.limit),
    asks: one.asks.map((ask, i) => Math.max(ask, other.asks[i] ?? Number.POSITIVE_INFINITY)),
    skews: [...one.skews, ...other.skews],
  };
}

/** Says what can be played at the rate that a probe was made at. */
export function standingOf({ sleep, wait, limit, asks, skews }: Figures, rate: number): Standing {
  const lengths = { sleep, wait };
  // What has printed nothing has not come so far.
  const unscaled =
    sleep === undefined
      ? []
      : (['sleep', 'wait'] as const).filter((name) => isUnscaled(lengths[name], rate));
  const late = Math.max(...[sleep, wait].map((length = 0) => (length - SECOND) / LATE));
  const strain = Math.max(strainOf(asks, skews), late);
  return { unscaled, longLimits: !isNear(limit, LIMIT), strain };
}

/** It took as long as at true time, or for ever; one that is only late has been kept from its work. */
function isUnscaled(measured: Duration | undefined, rate: number): boolean {
  if (measured === undefined || measured < SECOND * SHORTER) return true;
  const { least, most } = MOST_OF_IT;
  const atTrueTime = SECOND * rate;
  const late = Math.max(atTrueTime * least, SECOND + LATE);
  // At a low rate the two lie near each other.
  return measured >= Math.min(late, atTrueTime * most);
}

/**
 * Whether a time-out that ran long may only have been kept from firing, which a second look shows: what does not scale is
 * longer by many times.
 */
export function mayBeLate({ limit }: Figures): boolean {
  return limit !== undefined && !isNear(limit, LIMIT) && limit <= 2 * LIMIT;
}

function isNear(measured: Duration | undefined, nominal: Duration): boolean {
  return measured !== undefined && measured <= nominal * LONGER.share + LONGER.more;
}

function strainOf([first, ...others]: readonly Duration[], skews: readonly Duration[]): number {
  const usual = median(others);
  if (first === undefined || usual === undefined) return Number.POSITIVE_INFINITY;
  const behind = Math.max(0, ...skews.map((ahead) => -ahead));
  return Math.max(first / FIRST_ASK, usual / USUAL_ASK, behind / BEHIND);
}

function median(lengths: readonly Duration[]): Duration | undefined {
  return lengths.toSorted((a, b) => a - b)[Math.floor(lengths.length / 2)];
}
