import type { Arbitrary, Value } from 'fast-check';
import { beginStream } from '../sandbox/random.js';
import type { Duration } from '../time/moments.js';
import { type Draft, type DrawnPiece, holdsUp } from './draft.js';
import type { Ingredient, Kit } from './ingredient.js';
import type { FastCheck } from './load-fast-check.js';

/**
 * What answers tell: shorter and longer than every usual fixed pause, of which clients have 1, 2, 3, 5 or 10 seconds.
 * The first is the one that a life is shrunk to.
 */
export const ETAS: readonly [Duration, ...Duration[]] = [400, 1300, 2400, 3600, 5700, 100, 11_300];
const POLLS = [1, 2, 3, 5, 11] as const;

/** Most of what is drawn is short: many lives have room in a budget, and little is left to shrink. */
const ETA_WEIGHTS = [3, 4, 5, 4, 3, 1, 1];
const POLL_WEIGHTS = [8, 3, 4, 2, 1];
/** Every so many lives have room for one step more. */
const GROWS: number = 12;
const MOST_PIECES = 4;
/** What a step that was asked for is drawn with: always, and it goes when it is not needed. */
const ALWAYS = 1_000_000;

/** A draft with what fast-check knows of it, so that it can be shrunk. */
export interface Drawing {
  draft: Draft;
  /** Smaller ones, those that leave out most first. */
  smaller(): Iterable<Drawing>;
}

/**
 * Draws the lives of a seed one after the other. Each has a stream of its own, so that the n-th is the same whatever
 * became of those before it; and each is built around another ingredient, so that all are tried soon.
 */
export class Drafts {
  readonly #turns: readonly Featured[];

  constructor(
    private readonly fc: FastCheck,
    private readonly kit: Kit,
    private readonly seed: number,
  ) {
    this.#turns = turnsOf(kit, (n, most) => this.#random(`turn ${n}`).nextInt(0, most));
  }

  /** @param index of the life, from 0 */
  draw(index: number): Drawing {
    const featured = this.#turns[index % this.#turns.length] as Featured;
    const more = Math.min(MOST_PIECES - 1, Math.floor(index / GROWS));
    const arbitrary = draftOf(this.fc, this.kit, featured, more);
    return drawing(arbitrary, arbitrary.generate(this.#random(`life ${index}`), undefined));
  }

  #random(name: string) {
    return new this.fc.Random(beginStream(`hunt ${this.seed} ${name}`));
  }
}

function drawing(arbitrary: Arbitrary<Draft>, { value_: draft, context }: Value<Draft>): Drawing {
  return {
    draft,
    *smaller() {
      for (const next of arbitrary.shrink(draft, context)) yield drawing(arbitrary, next);
    },
  };
}

/** What a life is built around. */
interface Featured {
  piece?: number;
  end?: number;
  refusal?: number;
}

/** Every so many lives one is refused, and every so many have an end of their own. */
const REFUSED_EVERY = 6;
const ENDS_EVERY = 2;

/**
 * Every ingredient once, shuffled, those that take long last; of ends, which a binding may have dozens of, one of each
 * sort first.
 */
function turnsOf(kit: Kit, random: (n: number, most: number) => number): Featured[] {
  let drawn = 0;
  const shuffled = (all: readonly Ingredient[]) => {
    const places = [...all.keys()];
    for (let i = places.length - 1; i > 0; i -= 1) {
      const j = random(drawn++, i);
      [places[i], places[j]] = [places[j] as number, places[i] as number];
    }
    const isLong = (place: number) => Number(all[place]?.steps.some(holdsUp) ?? false);
    return places.sort((a, b) => isLong(a) - isLong(b));
  };
  const pieces = inTurn(shuffled(kit.pieces), (place) => kit.pieces[place]?.kind === 'fault');
  const ends = oneOfEachFirst(shuffled(kit.ends), kit.ends);
  const refusals = shuffled(kit.refusals);
  const turns: Featured[] = [];
  while (pieces.length + ends.length + refusals.length > 0) {
    const [refusal] =
      turns.length % REFUSED_EVERY === REFUSED_EVERY - 1 ? refusals.splice(0, 1) : [];
    if (refusal !== undefined) {
      turns.push({ refusal });
      continue;
    }
    const [piece] = pieces.splice(0, 1);
    const [end] = turns.length % ENDS_EVERY === 0 || piece === undefined ? ends.splice(0, 1) : [];
    if (piece === undefined && end === undefined)
      turns.push({ refusal: refusals.shift() as number });
    else
      turns.push({
        ...(piece === undefined ? {} : { piece }),
        ...(end === undefined ? {} : { end }),
      });
  }
  return turns;
}

/** Those of one kind and the others by turns: what an API says itself is no less likely than what befalls it. */
function inTurn(places: readonly number[], isOne: (place: number) => boolean): number[] {
  const others = places.filter((place) => !isOne(place));
  const ones = places.filter(isOne);
  return Array.from({ length: Math.max(ones.length, others.length) }, (_, i) =>
    [others[i], ones[i]].filter((place) => place !== undefined),
  ).flat();
}

function oneOfEachFirst(places: readonly number[], all: readonly Ingredient[]): number[] {
  const known = new Set<string>();
  const isFirst = (place: number) => {
    const { temper, steps } = all[place] as Ingredient;
    const says = steps[0]?.response;
    const told = says && ('state' in says ? says.state : says.answer.http);
    const sort = `${told} ${temper} ${steps.length}`;
    const first = !known.has(sort);
    known.add(sort);
    return first;
  };
  const firsts = new Set(places.filter(isFirst));
  return [...firsts, ...places.filter((place) => !firsts.has(place))];
}

function draftOf(
  fc: FastCheck,
  kit: Kit,
  { piece, end, refusal }: Featured,
  more: number,
): Arbitrary<Draft> {
  const usual = Math.min(1, kit.ends.length - 1);
  const around = fc.array(pieceOf(fc, rather(fc, 0, fc.noShrink(anyOf(fc, kit.pieces, 0)), 2)), {
    maxLength: more,
    size: 'max',
  });
  const wanted = pieceOf(fc, rather(fc, 0, fc.constant(piece ?? 0), ALWAYS));
  const middle = rather<DrawnPiece[]>(
    fc,
    [],
    wanted.map((one) => [one]),
    piece === undefined ? 1 : ALWAYS,
  );
  const ends =
    end === undefined
      ? fc.oneof(
          { withCrossShrink: true },
          { weight: 6, arbitrary: fc.constant(0) },
          { weight: 2, arbitrary: fc.noShrink(anyOf(fc, kit.ends, usual)) },
        )
      : rather(fc, 0, fc.constant(end), ALWAYS);
  return fc
    .record({
      refusal: rather<number | undefined>(
        fc,
        undefined,
        fc.constant(refusal),
        refusal === undefined ? 0 : ALWAYS,
      ),
      before: around,
      middle,
      after: around,
      end: ends,
      eta: oneOf(fc, ETAS, ETA_WEIGHTS),
    })
    .map(({ before, middle: asked, after, ...rest }) => ({
      ...rest,
      pieces: [...before, ...asked, ...after].slice(0, MOST_PIECES),
    }));
}

function pieceOf(fc: FastCheck, of: Arbitrary<number>): Arbitrary<DrawnPiece> {
  return fc.record({
    of,
    polls: oneOf(fc, POLLS, POLL_WEIGHTS),
    eta: oneOf(fc, ETAS, ETA_WEIGHTS),
  });
}

function anyOf(fc: FastCheck, all: readonly unknown[], from: number): Arbitrary<number> {
  return fc.nat({ max: Math.max(0, all.length - 1 - from) }).map((n) => n + from);
}

/** Something else than the plain, and shrunk to that at once. */
function rather<T>(fc: FastCheck, plain: T, other: Arbitrary<T>, weight: number): Arbitrary<T> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.constant(plain) },
    { weight, arbitrary: other },
  );
}

/** One of a list by weights, shrunk towards the first. */
function oneOf<T>(fc: FastCheck, all: readonly T[], weights: readonly number[]): Arbitrary<T> {
  const places = all.flatMap((_, i) => Array.from({ length: weights[i] ?? 1 }, () => i));
  return fc.nat({ max: places.length - 1 }).map((n) => all[places[n] as number] as T);
}
