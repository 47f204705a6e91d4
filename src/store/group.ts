import type { Append, Appended, Store } from './store.js';

/**
 * Is told once what was added is kept, or that it is not.
 *
 * @param failure why not
 * @param missed what others had added before it: it was decided on too little, and is not kept
 */
export type Told<F> = (failure: Error | undefined, missed?: readonly F[]) => void;

interface Waiting<F> {
  append: Append<F> | undefined;
  told: Told<F>;
}

/** Appends of one call at the most: what is made of them must not hold up the event loop. */
const MOST = 2_000;

/** Turns that a costly call waits for at the most, as long as each brings more. */
const MOST_TURNS = 4;

/**
 * Group commit: what is added while a call to the store is under way goes with the next. There is no timer: a call
 * begins at the end of the turn of the event loop in which something was added, or the call before it ended, so
 * that requests of one turn share it. Where a call costs much, it begins at the end of the first turn that brings no
 * more: nobody waits but for requests that have come already.
 */
export class Group<F> {
  #waiting: Waiting<F>[] = [];
  #underWay = false;

  constructor(readonly store: Store<F>) {}

  /** Whether everything that was added is kept. */
  get idle(): boolean {
    return !this.#underWay && this.#waiting.length === 0;
  }

  /** Keeps facts. Those of a session are added in the order of their positions. */
  add(append: Append<F>, told: Told<F>): void {
    if (this.store.immediate) {
      const [appended] = this.store.append([append]) as Appended<F>[];
      tell(told, appended);
    } else this.#wait({ append, told });
  }

  /** Tells when everything is kept that has been added up to now: at once where it is. */
  saved(told: Told<F>): void {
    if (this.idle) told(undefined);
    else this.#wait({ append: undefined, told });
  }

  #wait(waiting: Waiting<F>): void {
    this.#waiting.push(waiting);
    if (!this.#underWay && this.#waiting.length === 1) this.#beginSoon();
  }

  #beginSoon(turns = this.store.costly ? MOST_TURNS : 0, had = 0): void {
    setImmediate(() => {
      const has = this.#waiting.length;
      if (turns > 0 && has > had) this.#beginSoon(turns - 1, has);
      else this.#begin();
    });
  }

  #begin(): void {
    const call = this.#waiting.splice(0, MOST);
    const { appends, places } = joined(call);
    this.#underWay = true;
    let appended: Appended<F>[] | Promise<Appended<F>[]>;
    try {
      appended = appends.length === 0 ? [] : this.store.append(appends);
    } catch (failure) {
      this.#failed(call, failure as Error);
      return;
    }
    const ended = (all: Appended<F>[]) => {
      this.#underWay = false;
      for (const [i, append] of appends.entries()) {
        if ('missed' in (all[i] as Appended<F>)) this.#missed(append);
      }
      if (this.#waiting.length > 0) this.#beginSoon();
      for (const [i, { told }] of call.entries()) tell(told, all[places[i] as number]);
    };
    if (Array.isArray(appended)) ended(appended);
    else appended.then(ended, (failure: Error) => this.#failed(call, failure));
  }

  /** What was added behind it was decided on it: the number of facts could be right by chance. */
  #missed({ session, birth }: Append<F>): void {
    const behind = this.#waiting.filter(
      ({ append }) => append?.session === session && append.birth === birth,
    );
    if (behind.length === 0) return;
    this.#waiting = this.#waiting.filter((one) => !behind.includes(one));
    for (const { told } of behind) told(undefined, []);
  }

  /** What was added behind it was decided on it. */
  #failed(call: Waiting<F>[], failure: Error): void {
    this.#underWay = false;
    const behind = this.#waiting;
    this.#waiting = [];
    for (const { told } of call) told(failure);
    for (const { told } of behind) told(failure);
  }
}

function tell<F>(told: Told<F>, appended: Appended<F> | undefined): void {
  if (appended && 'missed' in appended) told(undefined, appended.missed);
  else told(undefined);
}

/**
 * Each session once, as long as its facts go on from each other: they are kept all together or not at all.
 * @returns for each that waits the place of its append; -1 where it has none
 */
function joined<F>(call: readonly Waiting<F>[]): { appends: Append<F>[]; places: number[] } {
  const appends: (Append<F> & { facts: F[] })[] = [];
  const latest = new Map<string, number>();
  const places = call.map(({ append }) => {
    if (!append) return -1;
    const place = latest.get(append.session) ?? -1;
    const before = appends[place];
    if (before && goesOn(before, append)) {
      for (const fact of append.facts) before.facts.push(fact);
      return place;
    }
    latest.set(append.session, appends.push({ ...append, facts: [...append.facts] }) - 1);
    return appends.length - 1;
  });
  return { appends, places };
}

function goesOn<F>(before: Append<F>, append: Append<F>): boolean {
  return before.birth === append.birth && before.expected + before.facts.length === append.expected;
}
