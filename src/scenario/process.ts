import type { When } from './scenario.js';

/** What of an exchange a step can look at: parts of its request, its answer, and the answer that told its job's end. */
export const STEP_PARTS = ['body', 'path', 'query', 'headers', 'signed', 'answer', 'end'] as const;
export type StepPart = (typeof STEP_PARTS)[number];

/** What a place in braces can name of an earlier step: its parts, its job, and what that has made or changed. */
export const PLACE_NAMES = [...STEP_PARTS, 'job', 'resource'] as const;

/** `{create.answer.data.id}`: a value of the exchange that an earlier step was gone through with. */
export interface StepPlace {
  step: string;
  part: (typeof PLACE_NAMES)[number];
  /** Dotted path in it; empty: all of it. */
  at: string;
}

/** What a value must be: one of these, or what an earlier step has. */
export type Wanted = { oneOf: readonly unknown[] } | { place: StepPlace };

/** One condition on an exchange. */
export interface StepTest {
  part: StepPart;
  /** Dotted path; `*` stands for each entry of a list, `**` for anything below; empty: all of it. */
  at: string;
  wanted: Wanted;
}

/** How a job may end, as its client is told it. */
export const JOB_ENDS = ['done', 'failed', 'cancelled'] as const;
type JobEnd = (typeof JOB_ENDS)[number];

/** What must be so of the exchange that shows a step. */
interface StepExpect {
  /** Statuses that are right; undefined: any good one. */
  status: readonly number[] | undefined;
  /** The end of its job that the client has to have been told; undefined: it is about no job. */
  job: JobEnd | undefined;
  tests: readonly StepTest[];
}

/** One step of a process: which request it is, and what makes it right. */
export interface ProcessStep {
  name: string;
  title: string;
  /** One of these shows it. */
  operations: readonly string[];
  /** Which of their requests are about it; one of these is enough. Empty: all of them. */
  when: readonly When[];
  expect: StepExpect;
  /** The step that must be over before; undefined: the last one before it that nobody may leave out. */
  after: string | undefined;
  optional: boolean;
  /** Scenarios of the suite that are played for requests of this step alone. */
  scenarios: readonly string[];
  /** What to do about it in the client, in a line; empty: nothing is said. */
  advice: string;
}

/** How the played scenario lets a step end, where that is another end than the step's own: there the process ends. */
export interface CourseEnd {
  step: string;
  /** `open`: never. `refused`: with its request. */
  outcome: JobEnd | 'open' | 'refused';
  /** Of a request that is refused. */
  status?: number;
  /** What its user has to be shown, in one of these words. */
  words: readonly string[];
}

/** A suite by process, as a session plays it. */
export interface Process {
  suite: string;
  title: string;
  steps: readonly ProcessStep[];
  /** The scenario of the suite that is played; undefined: none in particular. */
  course: string | undefined;
  end: CourseEnd | undefined;
  /** Names of the APIs whose operations its steps name. */
  apis: readonly string[];
}
