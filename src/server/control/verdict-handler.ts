import Negotiator from 'negotiator';
import { RUNS, type Run } from '../../audit/evidence.js';
import { judge } from '../../audit/judge.js';
import { TOLERANCES } from '../../audit/rules/index.js';
import { readTolerances } from '../../audit/tolerance.js';
import type { Tolerances } from '../../audit/verdict.js';
import { FORMS, type Form } from '../../report/forms.js';
import type { Session } from '../../sandbox/session.js';
import { evidenceOf } from '../evidence.js';
import { type ControlAnswer, ControlProblem, type ControlRequest } from './control-problem.js';

/** Answers `GET /sessions/{session}/verdict`: JSON for programs, other forms for people and CI. */
export function answerVerdict(session: Session, { query, accept }: ControlRequest): ControlAnswer {
  const form = (query.format as Form | undefined) ?? negotiate(accept);
  const run = (query.run as Run | undefined) ?? RUNS[0];
  const verdict = judge(evidenceOf(session, run), tolerancesOf(query.tolerance));
  if (form === 'json') return { status: 200, body: verdict };
  const { mediaType, write } = FORMS[form];
  const { name } = session;
  const title = `Session ${name}`;
  return { status: 200, mediaType, body: write({ title, chapters: [{ name, verdict }] }) };
}

/** RFC 9110 §12.5.1; JSON where the caller does not mind. */
function negotiate(accept: string | undefined): Form {
  if (accept === undefined) return 'json';
  const types = Object.values(FORMS).map(({ mediaType }) => mediaType as string);
  const wanted = new Negotiator({ headers: { accept } }).mediaType(types);
  const found = (Object.keys(FORMS) as Form[]).find((form) => FORMS[form].mediaType === wanted);
  if (found) return found;
  throw new ControlProblem(
    406,
    `"${accept}" cannot be given; a verdict comes as ${types.join(', ')}`,
  );
}

/** Texts of a query, or what a caller in the same process gives: milliseconds and numbers. */
function tolerancesOf(given: unknown): Tolerances {
  return readTolerances(textsOf(given), (problem) => new ControlProblem(422, problem));
}

function textsOf(given: unknown): string[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return [given ?? []].flat().map(String);
  }
  return Object.entries(given).map(([rule, value]) => {
    const isTime = typeof value === 'number' && TOLERANCES.get(rule) === 'duration';
    return `${rule}=${value}${isTime ? 'ms' : ''}`;
  });
}
