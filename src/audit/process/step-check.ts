import type { CourseEnd, ProcessStep, StepPlace, StepTest } from '../../scenario/process.js';
import type { Call } from '../call.js';
import type { JobAttempt } from '../job-attempt.js';
import type { ProcessFacts, SaidParts } from './facts.js';
import { tellsReason } from './reasons.js';
import { differenceAt, isSame, showValue, valuesAt } from './values.js';

/** A request that may show a step, with what has come of its job. */
export interface Candidate {
  call: Call;
  /** Undefined: it has scheduled none. */
  attempt: JobAttempt | undefined;
}

/** Steps that a candidate was found for, by their names. */
export type Bound = ReadonlyMap<string, Candidate>;

/** Something of a step that is not as it should be. */
export interface Broken {
  text: string;
  /** It cannot be told, for what it is held to was not gone through, or was not kept. */
  unknown?: boolean;
}

/** What of an exchange is not as a step wants it; none: it shows the step. */
export function brokenBy(
  step: ProcessStep,
  one: Candidate,
  bound: Bound,
  facts: ProcessFacts,
): Broken[] {
  const end = endFor(step, facts);
  const status = statusBroken(step, one, end);
  if (status) {
    // Of what was refused, only the request is worth a look.
    const asked = step.expect.tests.filter(({ part }) => part !== 'answer' && part !== 'end');
    return [
      { text: status },
      ...asked.flatMap((test) => testBroken(test, one, bound, facts) ?? []),
    ];
  }
  const job = jobBroken(step, one, end);
  const course = courseBroken(one, end, facts);
  const tests = step.expect.tests.flatMap((test) => testBroken(test, one, bound, facts) ?? []);
  return [...[job, course].flatMap((text) => (text === undefined ? [] : [{ text }])), ...tests];
}

/** How the played scenario ends this step, where that is not the step's own end. */
export function endFor({ name }: ProcessStep, { process }: ProcessFacts): CourseEnd | undefined {
  return process.end?.step === name ? process.end : undefined;
}

function statusBroken(
  { expect: { status: wanted } }: ProcessStep,
  { call: { status } }: Candidate,
  end: CourseEnd | undefined,
): string | undefined {
  const isGood = (status >= 200 && status < 300) || status === 303;
  if (end?.outcome === 'refused') {
    if (end.status === status || end.status === undefined) return undefined;
  } else if (wanted ? wanted.includes(status) : isGood) return undefined;
  if (status === 0) return 'it got no answer';
  return `it was answered ${status}${wanted ? `, and ${wanted.join(' or ')} is right` : ''}`;
}

function jobBroken(
  { expect: { job: usual } }: ProcessStep,
  { call: request, attempt }: Candidate,
  end: CourseEnd | undefined,
): string | undefined {
  if (end?.outcome === 'refused' || end?.outcome === 'open') return undefined;
  const wanted = end?.outcome ?? usual;
  if (wanted === undefined) return undefined;
  if (wanted === 'done' && isDoneAtOnce(request, attempt)) return undefined;
  if (!attempt?.end) return 'the client was never told the end of its job';
  const { reply, call } = attempt.end;
  if (reply === wanted) return undefined;
  const reason = reply === 'failed' ? tellsReason(call.exchange.responseBody) : undefined;
  const told = call.exchange.state ?? reply;
  return `its job was told as ${told}${reason === undefined ? '' : ` (${showValue(reason)})`}`;
}

/** RFC 9110 §15.3.2: what was asked for is there. Its client was told of no job that it could ask for. */
function isDoneAtOnce({ status, exchange }: Call, attempt: JobAttempt | undefined): boolean {
  const { responseBody, responseHeaders } = exchange;
  const told = [responseBody, ...Object.values(responseHeaders)];
  const { job } = attempt ?? {};
  return status === 201 && (job === undefined || !told.some((text) => text.includes(job)));
}

/** Where a scenario is to fail the step, another failure is not the one that the client is tried with. */
function courseBroken(
  { call }: Candidate,
  end: CourseEnd | undefined,
  { process: { course } }: ProcessFacts,
): string | undefined {
  const { scenario } = call.exchange;
  if (!end || course === undefined || scenario === course) return undefined;
  return `it did not live the scenario ${course}${scenario === undefined ? '' : `, but ${scenario}`}`;
}

/**
 * Does a request name what earlier steps have made? `same`: at least one such thing; `other`: other things; `unknown`:
 * these steps were not gone through; `nothing`: the step asks for no such thing.
 */
export type Names = 'same' | 'other' | 'unknown' | 'nothing';

export function namesOf(
  step: ProcessStep,
  one: Candidate,
  bound: Bound,
  facts: ProcessFacts,
): Names {
  const places = step.expect.tests.filter(
    ({ wanted, part }) => 'place' in wanted && part !== 'answer' && part !== 'end',
  );
  if (places.length === 0) return 'nothing';
  const broken = places.map((test) => testBroken(test, one, bound, facts));
  if (broken.includes(undefined)) return 'same';
  return broken.every((each) => each?.unknown) ? 'unknown' : 'other';
}

function testBroken(
  test: StepTest,
  one: Candidate,
  bound: Bound,
  facts: ProcessFacts,
): Broken | undefined {
  const { part, at, wanted } = test;
  const name = at === '' ? part : `${part}.${at}`;
  const found = valuesAt(partOf(one, part, facts), at);
  if (found.length === 0 || found[0] === undefined) {
    const gone = missing(part, one, facts);
    if (gone !== undefined) return { text: `${name}: ${gone}`, unknown: true };
  }
  if ('oneOf' in wanted) {
    if (found.some((value) => wanted.oneOf.some((each) => isSame(value, each)))) return undefined;
    const right = wanted.oneOf.map(showValue).join(' or ');
    return { text: `${name} is ${showFound(found)}, and should be ${right}` };
  }
  return placeBroken(name, found, wanted.place, bound, facts);
}

function placeBroken(
  name: string,
  found: readonly unknown[],
  place: StepPlace,
  bound: Bound,
  facts: ProcessFacts,
): Broken | undefined {
  const { step, part, at } = place;
  const source = bound.get(step);
  const said = `${part}${at === '' ? '' : `.${at}`} of ${step}`;
  const [value] = source ? valuesAt(partOf(source, part, facts), at) : [];
  if (!source)
    return { text: `${name} is held to ${said}, which was not gone through`, unknown: true };
  if (value === undefined)
    return { text: `${name} is held to ${said}, which is not known`, unknown: true };
  if (found.some((each) => isSame(each, value))) return undefined;
  if (typeof value === 'object' && found.length === 1) {
    const where = differenceAt(found[0], value);
    return { text: `${name} differs from ${said} at ${where}` };
  }
  return { text: `${name} is ${showFound(found)}, and ${said} is ${showValue(value)}` };
}

function showFound(found: readonly unknown[]): string {
  const several = [...new Set(found.map(showValue))];
  return several.length === 0 ? 'missing' : several.slice(0, 4).join(', ');
}

function partOf(
  { call, attempt }: Candidate,
  part: StepPlace['part'],
  facts: ProcessFacts,
): unknown {
  if (part === 'job') return attempt?.job ?? call.exchange.job;
  if (part === 'resource') return attempt?.resource ?? call.exchange.resource;
  if (part !== 'end') return facts.saidIn(call.exchange)[part];
  const told = attempt?.end?.call;
  return told && facts.saidIn(told.exchange).answer;
}

/** Why a part cannot be looked at although it came; undefined: it did not come. */
function missing(
  part: StepTest['part'],
  { call }: Candidate,
  facts: ProcessFacts,
): string | undefined {
  const said: SaidParts = facts.saidIn(call.exchange);
  if (
    (part === 'body' || part === 'signed') &&
    call.exchange.requestBody &&
    said.body === undefined
  ) {
    return 'the body was too long to be kept; choose the suite for the session before it is played';
  }
  if (part === 'signed' && said.body !== undefined && said.signed === undefined) {
    return 'the signed content could not be read';
  }
  return undefined;
}
