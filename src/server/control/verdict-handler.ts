import Negotiator from 'negotiator';
import type { Run } from '../../audit/evidence.js';
import { readTolerances } from '../../audit/tolerance.js';
import type { Tolerances } from '../../audit/verdict.js';
import { isRed } from '../../report/describe.js';
import { FORMS, type Form, writerOf } from '../../report/forms.js';
import { toJsonCauses } from '../../report/json-causes.js';
import { toSessionVerdict } from '../../report/json-verdict.js';
import type { Report } from '../../report/report.js';
import { processOf } from '../../sandbox/control/play-suite.js';
import type { Session } from '../../sandbox/session.js';
import { ControlProblem, unprocessable } from '../../sandbox-error.js';
import { say } from '../../say.js';
import { LANGUAGES, type Language } from '../../texts/languages.js';
import { readPhrasebook } from '../../texts/read-phrasebook.js';
import { speaking } from '../../texts/spoken.js';
import { judgeSession } from '../judge-session.js';
import type { Held } from '../process-facts.js';
import type { Suites } from '../suites.js';
import type { ControlAnswer, ControlRequest } from './control-request.js';

/** Answers `GET /sessions/{session}/verdict`: JSON for programs, other forms for people and CI. */
export async function answerVerdict(
  session: Session,
  request: ControlRequest,
  suites: Suites,
): Promise<ControlAnswer> {
  const { query } = request;
  const form = formOf(request);
  const chapter = judgeSession(session, {
    run: query.run as Run | undefined,
    tolerances: tolerancesOf(query),
    held: await heldTo(query, suites),
  });
  if (form === 'json') return { status: 200, body: toSessionVerdict(chapter.verdict) };
  return write({ title: say`Session ${session.name}`, chapters: [chapter] }, form, request);
}

/** Answers `GET /report`: several sessions together, each as it plays its suite. */
export async function answerReport(
  find: (name: string) => Promise<Session>,
  request: ControlRequest,
): Promise<ControlAnswer> {
  const { query } = request;
  const form = formOf(request);
  const names = [...new Set([query.session].flat().map(String))];
  const tolerances = tolerancesOf(query);
  const run = query.run as Run | undefined;
  if (query.at !== undefined && names.length > 1) {
    const hint = 'ask for each session by itself';
    throw unprocessable('USAGE_OPTION_CONFLICT', 'at=SEQ goes with one session', hint);
  }
  const sessions = await Promise.all(names.map(find));
  const chapters = sessions.map((session) => judgeSession(session, { run, tolerances }));
  const title = query.title === undefined ? tellTitle(names) : String(query.title);
  if (form === 'json') return { status: 200, body: showReport({ title, chapters }) };
  return write({ title, chapters }, form, request);
}

/** Each verdict as `getVerdict` gives it. */
function showReport({ title, chapters }: Report) {
  const shown = chapters.map((one) => ({ ...one, verdict: toSessionVerdict(one.verdict) }));
  const held = !chapters.some(isRed);
  return { title, held, causes: toJsonCauses(chapters), chapters: shown };
}

function tellTitle(names: readonly string[]): string {
  return names.length === 1 ? say`Session ${names[0] ?? ''}` : say`${names.length} sessions`;
}

async function write(
  report: Report,
  form: Form,
  { query, acceptLanguage }: ControlRequest,
): Promise<ControlAnswer> {
  const { mediaType } = FORMS[form];
  const language = (query.lang as Language | undefined) ?? languageFor(acceptLanguage);
  const write = await writerOf(form);
  const body = speaking(readPhrasebook(language), () => write(report));
  return { status: 200, mediaType, body };
}

function formOf({ query, accept }: ControlRequest): Form {
  return (query.format as Form | undefined) ?? negotiate(accept);
}

function tolerancesOf({ tolerance }: ControlRequest['query']): Tolerances {
  return readTolerances([tolerance ?? []].flat().map(String), unprocessable);
}

/** RFC 9110 §12.5.4; English where the caller does not mind. */
function languageFor(acceptLanguage: string | undefined): Language {
  if (acceptLanguage === undefined) return 'en';
  const asked = new Negotiator({ headers: { 'accept-language': acceptLanguage } });
  return (asked.language([...LANGUAGES]) as Language | undefined) ?? 'en';
}

/** The process that is asked for; else that of the session counts. */
async function heldTo(query: ControlRequest['query'], suites: Suites): Promise<Held> {
  const seen = query.seen === true;
  const course = query.course as string | undefined;
  if (query.suite === undefined) {
    if (course === undefined) return { seen };
    const hint = 'give suite=NAME beside it';
    throw unprocessable('USAGE_OPTION_CONFLICT', `course=${course} goes with a suite`, hint);
  }
  const { suite, apis } = await suites.find(String(query.suite));
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
