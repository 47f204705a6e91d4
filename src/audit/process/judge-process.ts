import type { History } from '../history.js';
import type { Breach, Judgement } from '../rule.js';
import { showProof } from '../show-findings.js';
import type { ProcessVerdict, StepOutcome, StepVerdict } from '../verdict.js';
import { candidatesFor } from './candidates.js';
import { afterTheEnd, stepsInCourse } from './course.js';
import type { ProcessFacts } from './facts.js';
import { judgeStep, type StepJudgement } from './judge-step.js';
import { walkSteps } from './walk.js';

/** What nobody may leave undone makes a process fail, or be incomplete. */
const BROKEN: readonly StepOutcome[] = ['wrong', 'out of order', 'left out'];
const WANTING: readonly StepOutcome[] = ['not reached', 'unproven', 'unseen'];

/** How far the client has come in the process of its session, and what of it is a breach. */
export function judgeProcess(
  histories: readonly History[],
  facts: ProcessFacts,
): { process: ProcessVerdict; judgement: Judgement } {
  const candidates = candidatesFor(histories, facts);
  const steps = stepsInCourse(facts);
  const walked = walkSteps(steps, candidates, facts);
  const [{ run, dropped, clock }] = histories as [History];
  const judged = [
    ...walked.map((_, i) => judgeStep(walked, i, facts, { run, dropped })),
    ...afterTheEnd(walked, candidates, facts),
  ];
  const shown = showSteps(judged, clock.pace);
  const { suite, title, course } = facts.process;
  const outcome = outcomeOf(judged);
  const process: ProcessVerdict = {
    suite,
    title,
    ...(course === undefined ? {} : { course }),
    outcome,
    steps: shown,
  };
  return { process, judgement: judgementOf(judged, process) };
}

function outcomeOf(judged: readonly StepJudgement[]): ProcessVerdict['outcome'] {
  if (judged.some(({ outcome }) => BROKEN.includes(outcome))) return 'failed';
  const done = judged.some(({ outcome }) => outcome === 'done');
  return done && !judged.some(({ outcome }) => WANTING.includes(outcome)) ? 'passed' : 'incomplete';
}

function showSteps(judged: readonly StepJudgement[], pace: number): StepVerdict[] {
  const first = Math.min(...judged.flatMap(({ calls: [call] }) => call?.at ?? []));
  return judged.map(({ name, title, outcome, told, optional, calls }) => {
    const [call] = calls;
    return {
      step: name,
      title,
      outcome,
      ...(told === undefined ? {} : { told }),
      ...(optional ? { optional } : {}),
      ...(call === undefined ? {} : { after: Math.round((call.at - first) * pace) }),
      evidence: calls.map(showProof),
    };
  });
}

/** A process that is not through is neither kept nor broken: nothing is said to be passed then. */
function judgementOf(judged: readonly StepJudgement[], process: ProcessVerdict): Judgement {
  const breaches = judged.flatMap((one, i): Breach[] => {
    if (!BROKEN.includes(one.outcome)) return [];
    const place = `step ${i + 1}, ${one.name}`;
    const message = `${place}: ${one.told ?? one.outcome}`;
    const advice = one.advice || undefined;
    return [{ case: one.attempt, message, advice, calls: one.calls }];
  });
  const waiting = judged.findIndex(({ outcome }) => WANTING.includes(outcome));
  const { name = '', title = '', outcome = '' } = judged[waiting] ?? {};
  const wanting = `step ${waiting + 1}, ${name}, is ${outcome}: ${title}`;
  const tested = process.outcome === 'incomplete' ? 0 : judged.filter(isReached).length;
  return { tested, breaches, wanting };
}

function isReached({ outcome }: StepJudgement): boolean {
  return outcome === 'done' || BROKEN.includes(outcome);
}
