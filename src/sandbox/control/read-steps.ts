import type { Json } from '../../contract/json.js';
import { FileError, type Problem } from '../../problem.js';
import { ControlProblem } from '../../sandbox-error.js';
import { type Life, stateAt } from '../../scenario/play.js';
import { openState, vocabularyOf } from '../binding-words.js';
import { checkAnswersAgainstContract } from '../check-answers.js';
import { type Job, lifeOf } from '../job.js';

/** Stands in the place of a file's name in messages. */
const HERE = 'next';

/**
 * Steps as a scenario file spells them, read and held to the contract behind what the job has lived.
 * @param next one step or several; an answer in a state's place that says no `for` is given once
 * @throws ControlProblem with what is wrong first, and where: `next[1]`
 */
export async function readSteps(job: Job, next: Json | readonly Json[]): Promise<Life> {
  const { binding, contract } = job.api;
  const given = (Array.isArray(next) ? next : [next]).map(onceUnlessLast);
  if (given.some(({ token }) => token !== undefined)) throw tokensCannot();
  const now = stateAt(lifeOf(job), job.cursor) ?? openState(binding);
  // A file's last step lasts for ever: here, what follows is the job's own state.
  const after = given.at(-1)?.for === undefined ? [] : [{ state: now.state, off_contract: true }];
  const { parseScenario } = await import('../../formats/scenario/parse.js');
  try {
    const words = vocabularyOf(binding, contract, new Map());
    const text = textOf(job, [...given, ...after]);
    const scenario = parseScenario(HERE, text, words);
    const steps = scenario.life.slice(0, given.length);
    const lived = lifeOf(job).slice(0, job.cursor.step + 1);
    const checked = [...lived.map((step) => ({ ...step, offContract: true })), ...steps];
    const life = { ...scenario, operations: [job.operation], life: checked };
    const problems = checkAnswersAgainstContract(job.api, life);
    if (problems.length > 0) throw new FileError(problems);
    return steps;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw problemOf(error.problems.find(({ usable }) => !usable) as Problem, given.length);
  }
}

/** Each step on a line of its own, so that a mistake's line tells which it is in. JSON is YAML. */
function textOf({ operation, scenario }: Job, steps: readonly Json[]): string {
  const head = JSON.stringify({ operations: [operation], result: scenario.result }).slice(1, -1);
  const life = steps.map((step) => JSON.stringify(step)).join(',\n');
  return `{"scenario":"by-hand",${head},"life":[\n${life}\n]}\n`;
}

function onceUnlessLast(step: Json, i: number, all: readonly Json[]): Json {
  const isAnswer = step.answer !== undefined && step.for === undefined;
  return isAnswer && i < all.length - 1 ? { ...step, for: '1 poll' } : step;
}

function problemOf({ code, line, message, hint }: Problem, count: number): ControlProblem {
  const where = count > 1 && line > 1 ? `next[${line - 2}]` : 'next';
  return new ControlProblem(422, code, `${where}: ${message}`, hint);
}

function tokensCannot(): ControlProblem {
  const what = 'a token cannot be ended by hand';
  const hint = 'answer in its place: {"answer": {"http": 401}}';
  return new ControlProblem(422, 'JOB_WRONG_STEP', what, hint);
}
