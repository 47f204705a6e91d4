import Negotiator from 'negotiator';
import type { Run } from '../../audit/evidence.js';
import { judge } from '../../audit/judge.js';
import { readTolerances } from '../../audit/tolerance.js';
import { FORMS, type Form } from '../../report/forms.js';
import { toSessionVerdict } from '../../report/json-verdict.js';
import { processOf } from '../../sandbox/control/play-suite.js';
import type { Session } from '../../sandbox/session.js';
import { ControlProblem, unprocessable } from '../../sandbox-error.js';
import { LANGUAGES, type Language } from '../../texts/languages.js';
import { readPhrasebook } from '../../texts/read-phrasebook.js';
import { speaking } from '../../texts/spoken.js';
import { evidenceOf } from '../collect-evidence.js';
import type { Held } from '../process-facts.js';
import type { FindSuite } from '../suites.js';
import type { ControlAnswer, ControlRequest } from './control-request.js';

/** Answers `GET /sessions/{session}/verdict`: JSON for programs, other forms for people and CI. */
export async function answerVerdict(
  session: Session,
  { query, accept, acceptLanguage }: ControlRequest,
  suites: FindSuite,
): Promise<ControlAnswer> {
  const form = (query.format as Form | undefined) ?? negotiate(accept);
  const texts = [query.tolerance ?? []].flat().map(String);
  const tolerances = readTolerances(texts, unprocessable);
  const held = await heldTo(query, suites);
  const verdict = judge(evidenceOf(session, query.run as Run | undefined, held), tolerances);
  if (form === 'json') return { status: 200, body: toSessionVerdict(verdict) };
  const { mediaType, write } = FORMS[form];
  const { name } = session;
  const title = `Session ${name}`;
  const language = (query.lang as Language | undefined) ?? languageFor(acceptLanguage);
  const body = speaking(readPhrasebook(language), () =>
    write({ title, chapters: [{ name, verdict }] }),
  );
  return { status: 200, mediaType, body };
}

/** RFC 9110 §12.5.4; English where the caller does not mind. */
function languageFor(acceptLanguage: string | undefined): Language {
  if (acceptLanguage === undefined) return 'en';
  const asked = new Negotiator({ headers: { 'accept-language': acceptLanguage } });
  return (asked.language([...LANGUAGES]) as Language | undefined) ?? 'en';
}

/** The process that is asked for; else that of the session counts. */
async function heldTo(query: ControlRequest['query'], suites: FindSuite): Promise<Held> {
  const seen = query.seen === true;
  const course = query.course as string | undefined;
  if (query.suite === undefined) {
    if (course === undefined) return { seen };
    const hint = 'give suite=NAME beside it';
    throw unprocessable('USAGE_OPTION_CONFLICT', `course=${course} goes with a suite`, hint);
  }
  const { suite, apis } = await suites(String(query.suite));
  return { seen, process: processOf(suite, apis, course, unprocessable) };
}

/** RFC 9110 §12.5.1; JSON where the caller does not mind. */
function negotiate(accept: string | undefined): Form {
  if (accept === undefined) return 'json';
  const types = Object.values(FORMS).map(({ mediaType }) => mediaType as string);
  const wanted = new Negotiator({ headers: { accept } }).mediaType(types);
  const found = (Object.keys(FORMS) as Form[]).find((form) => FORMS[form].mediaType === wanted);
  if (found) return found;
  const what = `"${accept}" cannot be given`;
  const hint = `a verdict comes as ${types.join(', ')}`;
  throw new ControlProblem(406, 'CONTROL_NOT_ACCEPTABLE', what, hint);
}
