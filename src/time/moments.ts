/**
 * Time is of four kinds, all of them numbers of milliseconds: a length, and moments of three clocks that
 * do not agree. Each is a flavour of `number`: a plain number (a literal, a sum, what a test writes) is
 * taken for any of them, but one kind is not taken for another, so that a length cannot stand in a
 * moment's place, nor the machine's moment in the session's. They exist for the compiler alone and cost
 * nothing at run time. Where one clock's time is meant to become another's, go by way of `number`.
 */
type Flavoured<T, Flavour extends string> = T & { readonly __time?: Flavour };

/** A moment by a session's clock, in milliseconds since 1970. */
export type Moment = Flavoured<number, 'moment'>;

/** A length of time, in milliseconds. */
export type Duration = Flavoured<number, 'duration'>;

/** A moment by the machine's clock, in milliseconds since 1970; NTP and people set it. */
export type WallMoment = Flavoured<number, 'wall moment'>;

/** Milliseconds of the machine's steady clock, which nobody can set (`performance.now`): a reading, or a length. */
export type MachineMs = Flavoured<number, 'machine ms'>;

/** A session's time: the present moment, and how many times as fast as they say lengths go by. */
export interface SessionTime {
  readonly now: Moment;
  /** Divides durations; only a paced clock has one other than 1. */
  readonly pace: number;
}
