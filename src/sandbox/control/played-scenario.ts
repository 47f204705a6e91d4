import type { StepFile } from '../../formats/scenario/step-file.js';
import { isHeld, type LeftStep } from '../../scenario/by-hand.js';
import type { Life } from '../../scenario/play.js';
import type { Step, StepDuration } from '../../scenario/scenario.js';
import { type Job, lifeOf } from '../job.js';
import { tellAnswer } from './scenario-views.js';

/** What ends a step that a person has ended: the polls that it answered, or the time that it lasted. */
export type By = 'polls' | 'time';

/** More words than these do not make a title clearer. */
const MAX_TITLE = 8;

/**
 * The text of a scenario that lives again what a job has lived, whether a person has played it or not.
 * @param name of the scenario
 */
export async function playedScenario(job: Job, name: string, by: By): Promise<string> {
  const [{ stringify }, { writeStep }] = await Promise.all([
    import('yaml'),
    import('../../formats/scenario/write-step.js'),
  ]);
  const { scenario, api } = job;
  const life = livedSteps(job, by);
  const { operations, result, scheduled, cancelled } = scenario;
  const document = {
    scenario: name,
    title: titleOf(life),
    about: `Played by hand in the place of ${scenario.name}.`,
    ...(operations === undefined ? {} : { operations }),
    ...(scheduled === undefined ? {} : { scheduled }),
    ...(cancelled === undefined ? {} : { cancelled }),
    life: life.map((step): StepFile => writeStep(step, api.binding)),
    ...(Object.keys(result).length === 0 ? {} : { result }),
    expect: expectationsOf(life),
  };
  return stringify(document, { lineWidth: 100, aliasDuplicateObjects: false });
}

/** What the job has lived, and lives now; what it would live if it were let go is not among it. */
function livedSteps(job: Job, by: By): Life {
  const { byHand, cursor } = job;
  const life = lifeOf(job);
  const rest = byHand && isHeld(life, cursor, byHand) ? byHand.rest.length : 0;
  const left = new Map(byHand?.left.map((each) => [each.step, each]));
  const all = life.slice(0, life.length - rest);
  const lived = all.flatMap((step, i) => asLived(step, left.get(i), by));
  return lived.reduce<Step[]>(joined, []).map(lastForEver);
}

/** A step as it went; one that nobody has met is left out, unless the job has come to its end by it. */
function asLived(step: Step, left: LeftStep | undefined, by: By): Step[] {
  if (!left) return [step];
  const { polls, time, began } = left;
  const isOpen = 'answer' in step.response || step.response.outcome === 'open';
  if (isOpen && (by === 'polls' ? polls : time) === 0) return [];
  const { duration: lasts } = step;
  // What it was to last has been told as its eta.
  const told =
    lasts.kind === 'time' ? { from: 'start' as const, after: began + lasts.time } : undefined;
  const duration: StepDuration =
    by === 'polls' && polls > 0
      ? { kind: 'polls', polls }
      : { kind: 'time', time: Math.max(1, time) };
  return [{ ...step, duration, eta: step.eta ?? (isOpen ? told : undefined) }];
}

/** Steps in a row that answer alike are one. */
function joined(before: Step[], step: Step): Step[] {
  const last = before.at(-1);
  const alike =
    last &&
    last.response === step.response &&
    last.delay === step.delay &&
    last.token === step.token &&
    last.eta?.from === step.eta?.from &&
    last.eta?.after === step.eta?.after;
  const duration = alike && sumOf(last.duration, step.duration);
  return duration ? [...before.slice(0, -1), { ...step, duration }] : [...before, step];
}

function sumOf(a: StepDuration, b: StepDuration): StepDuration | undefined {
  if (a.kind === 'polls' && b.kind === 'polls') return { ...a, polls: a.polls + b.polls };
  if (a.kind === 'time' && b.kind === 'time') return { ...a, time: a.time + b.time };
  return b.kind === 'ever' || b.kind === 'released' ? b : undefined;
}

function lastForEver(step: Step, i: number, all: readonly Step[]): Step {
  return i === all.length - 1 ? { ...step, duration: { kind: 'ever' } } : step;
}

function titleOf(life: Life): string {
  const words = life.map(({ response: says }) =>
    'state' in says ? says.state : tellAnswer(says.answer).replace(/^answer /, ''),
  );
  const told = words.filter((word, i) => word !== words[i - 1]);
  const shown = told.slice(0, MAX_TITLE).join(', ');
  return `Played by hand: ${shown}${told.length > MAX_TITLE ? ', …' : ''}`;
}

function expectationsOf(life: Life): object {
  const ends = life.some(({ response: says }) => 'state' in says && says.outcome !== 'open');
  return ends ? { reaches_end: true } : { gives_up: true };
}
