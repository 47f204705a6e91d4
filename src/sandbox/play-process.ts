import { isEnd } from '../outcome.js';
import type { CourseEnd, Process, ProcessStep } from '../scenario/process.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Suite } from '../scenario/suite.js';
import { type Api, scenarioOf } from './api.js';
import { type Queued, suits } from './select-scenario.js';

/**
 * A suite by process as a session plays it; undefined: the suite has no steps.
 * @param apis whose operations its steps name
 * @param course the scenario that is played; undefined: none in particular
 */
export function openProcess(
  { name, title, steps }: Suite,
  apis: readonly Api[],
  course?: string,
): Process | undefined {
  if (!steps) return undefined;
  const [scenario] =
    course === undefined ? [] : apis.flatMap((api) => scenarioOf(api, course) ?? []);
  return {
    suite: name,
    title,
    steps,
    course: scenario?.name ?? course,
    end: scenario && endOf(steps, scenario),
    apis: apis.map((api) => api.name),
  };
}

/** The step that a scenario ends otherwise than the step itself: its own one, else the first whose job lives it. */
function endOf(steps: readonly ProcessStep[], scenario: Scenario): CourseEnd | undefined {
  const own = steps.filter(({ scenarios }) => scenarios.includes(scenario.name));
  const step = (own.length > 0 ? own : steps).find(
    ({ expect, operations }) =>
      expect.job !== undefined && operations.some((id) => suits(scenario, id)),
  );
  const end = step && outcomeOf(scenario);
  return end && end.outcome !== step.expect.job ? { step: step.name, ...end } : undefined;
}

function outcomeOf({ life, refuse }: Scenario): Omit<CourseEnd, 'step'> {
  if (refuse) {
    return { outcome: 'refused', ...(refuse.http > 0 ? { status: refuse.http } : {}), words: [] };
  }
  const last = life.map(({ response }) => response).findLast((said) => 'state' in said);
  if (!last || !('state' in last) || !isEnd(last.outcome)) return { outcome: 'open', words: [] };
  const { code = '', name = '', message = '' } = last.error ?? {};
  return { outcome: last.outcome, words: [code, message, name].filter((word) => word !== '') };
}

/** What lets jobs live the course: the scenario of a step for requests of that step alone. */
export function queueFor({ steps, course, suite }: Process, otherwise?: string): Queued[] {
  const always = { suite, times: Number.MAX_SAFE_INTEGER };
  const own = steps.filter(({ scenarios }) => course !== undefined && scenarios.includes(course));
  const ofSteps = own.flatMap(({ operations, when }) =>
    operations.map((operation) => ({
      ...always,
      scenario: course as string,
      operation,
      ...(when.length > 0 ? { when } : {}),
    })),
  );
  const rest = own.length > 0 ? otherwise : (course ?? otherwise);
  return [
    ...ofSteps,
    ...(rest === undefined ? [] : [{ ...always, scenario: rest, operation: undefined }]),
    ...(rest !== undefined && rest !== otherwise && otherwise !== undefined
      ? [{ ...always, scenario: otherwise, operation: undefined }]
      : []),
  ];
}
