import { usuallyMet } from '../play.js';
import type { Answer, Expect, Scenario, ScenarioWebhooks, Step } from '../scenario.js';
import type { DeriveWords } from './words.js';

/** One life for any API: what it teaches, and how it is made of the words of a binding. */
export interface Lesson {
  name: string;
  group: string;
  title(words: DeriveWords): string;
  /** What a client learns from it, in one sentence. */
  about: string;
  /** Why this API cannot have it; undefined: it can. */
  lacks?(words: DeriveWords): string | undefined;
  /** Left out only where the request itself is refused. */
  life?(words: DeriveWords): readonly Step[];
  /** What answers the request that schedules, in place of a job. */
  refuse?(words: DeriveWords): Answer;
  /** Indices of the steps that a good client meets; left out: every step up to the first end. */
  meets?: readonly number[];
  expect(words: DeriveWords): Expect;
  /** What happens to the webhooks of its job. */
  webhooks?: ScenarioWebhooks;
  /** The refusal may break the contract. */
  offContract?(words: DeriveWords): boolean;
}

/** A lesson that this API cannot have. */
export interface LeftOut {
  name: string;
  why: string;
}

/** The scenario of a lesson in the words of an API, or why there is none. */
export function deriveScenario(lesson: Lesson, words: DeriveWords): Scenario | LeftOut {
  const { name, group, about } = lesson;
  const why = lesson.lacks?.(words);
  if (why !== undefined) return { name, why };
  const life = lesson.life?.(words) ?? [];
  return {
    name,
    title: lesson.title(words),
    about,
    group,
    file: '',
    operations: undefined,
    when: [],
    refuse: lesson.refuse?.(words),
    life,
    result: {},
    meets: lesson.meets ?? usuallyMet(life),
    expect: lesson.expect(words),
    tolerances: {},
    offContract: lesson.offContract?.(words) ?? false,
    ...(lesson.webhooks ? { webhooks: lesson.webhooks } : {}),
  };
}

/**
 * It reaches the end. The greatest number of polls follows from what answers tell; where they tell nothing, a
 * client has pauses of its own, and only the rules about pauses can say that they are too short.
 * @param least the polls that nobody can do without
 */
export function toTheEnd(least: number, more: Expect = {}, spare = 2) {
  return ({ tells }: DeriveWords): Expect => ({
    reaches_end: true,
    polls: { at_least: least, ...(tells === 'nothing' ? {} : { at_most: least + spare }) },
    ...more,
  });
}

/** It stops, since there is nothing to be had. */
export function givesUp(least: number, most: number) {
  return (): Expect => ({
    gives_up: true,
    result_read: false,
    polls: { at_least: least, at_most: most },
  });
}

/** There is no job, so that nothing is polled. */
export function noJob(): Expect {
  return { result_read: false, polls: { at_most: 0 } };
}

const SILENT = 'no answer of an open job tells its client when to come back';

export function lacksEta({ tells }: DeriveWords): string | undefined {
  return tells === 'eta' ? undefined : 'no answer of an open job tells an eta that is kept';
}

export function lacksPauses({ tells }: DeriveWords): string | undefined {
  return tells === 'nothing' ? SILENT : undefined;
}

export function lacksBody({ bodies }: DeriveWords): string | undefined {
  return bodies.open ? undefined : 'the answer of an open job has no body';
}

/** A status that tells an end, or that the job goes on, is no mishap. */
export function lacksStatus(...statuses: readonly number[]) {
  return ({ endStatuses, openStatuses }: DeriveWords): string | undefined => {
    const told = statuses.find((each) => [...endStatuses, ...openStatuses].includes(each));
    return told === undefined ? undefined : `${told} is how this API tells a state of its jobs`;
  };
}

/** Who is told failures by a 5xx is right to take any other for one. */
export function lacksServerErrors(words: DeriveWords): string | undefined {
  const told = words.endStatuses.find((status) => status >= 500);
  return told === undefined
    ? undefined
    : `a 5xx (${told}) is how this API tells that a job has failed`;
}
