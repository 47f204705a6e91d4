import type { Run } from '../audit/evidence.js';
import type { Verdict } from '../audit/verdict.js';
import { describeSilence, wasSilent } from '../report/describe.js';
import { fromJsonVerdict, type JsonVerdict } from '../report/json-verdict.js';
import type { Chapter, Report } from '../report/report.js';
import { UsageError } from '../sandbox-error.js';
import { say } from '../say.js';
import { CONTROL } from '../server/board/is-for-board.js';
import { readAddress } from '../server/http/address.js';
import { type BaselineFlags, prepareBaseline, settleBaseline } from './exec/baseline.js';
import { exitCodeOf, VERDICT_EXIT } from './exec/exit-code.js';
import { prepareReporting, tellReport } from './exec/reporting.js';
import { readToleranceOptions } from './exec/settings.js';

export interface VerdictOptions extends BaselineFlags {
  session?: string;
  /** How the client's run stands; it is over unless this says otherwise. */
  run?: Run;
  whileRunning?: true;
  report: string[];
  tolerance: string[];
  /** A suite by process that the session is held to, and which of its scenarios was played. */
  suite?: string;
  course?: string;
  /** Somebody has seen that the client shows what has failed. */
  seen?: true;
  controlToken?: string;
  ci: boolean;
}

/** Fetches the verdict of a running sandbox. @returns the exit code @throws UsageError */
export async function verdict(url: string, options: VerdictOptions): Promise<number> {
  const reporting = await prepareReporting(options);
  readToleranceOptions(options.tolerance);
  const known = await prepareBaseline(options);
  const found = await fetchVerdict(url, options);
  const title = say`Session ${found.session}`;
  const chapter: Chapter = { name: found.session, verdict: found };
  const report: Report = { title, chapters: [chapter] };
  if (!wasSilent(found)) await settleBaseline(report, known, true);
  await tellReport(report, reporting, () => undefined);
  if (wasSilent(found)) {
    process.stderr.write(`${describeSilence(found)}\n`);
    return VERDICT_EXIT.command;
  }
  return exitCodeOf(report, options);
}

async function fetchVerdict(text: string, options: VerdictOptions): Promise<Verdict> {
  const { tolerance, controlToken } = options;
  const run: Run = options.whileRunning ? 'running' : (options.run ?? 'over');
  const { origin, session } = readUrl(text, options.session);
  const target = new URL(`${CONTROL}/sessions/${encodeURIComponent(session)}/verdict`, origin);
  target.searchParams.set('format', 'json');
  target.searchParams.set('run', run);
  for (const name of ['suite', 'course'] as const) {
    const value = options[name];
    if (value !== undefined) target.searchParams.set(name, value);
  }
  if (options.seen) target.searchParams.set('seen', 'true');
  for (const each of tolerance) target.searchParams.append('tolerance', each);
  let answer: Response;
  let body: unknown;
  try {
    const headers: Record<string, string> = controlToken ? { 'X-Sandbox-Token': controlToken } : {};
    answer = await fetch(target, { headers });
    body = await answer.json();
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } };
    const what = `no sandbox answers at ${origin} (${cause?.code ?? message})`;
    if (/CERT|SIGNATURE/.test(cause?.code ?? '')) {
      const hint = 'let Node trust its authority: NODE_EXTRA_CA_CERTS=…/ca.pem, as its banner says';
      throw new UsageError('USAGE_NO_SANDBOX', what, hint);
    }
    throw new UsageError('USAGE_NO_SANDBOX', what, 'start one with: esoz-sandbox serve');
  }
  if (answer.status !== 200) {
    const said = (body as { error?: { message?: string } })?.error?.message ?? 'it gives no reason';
    throw new UsageError('USAGE_NO_VERDICT', `${target} answers ${answer.status}: ${said}`);
  }
  if (!isVerdict(body)) {
    throw new UsageError('USAGE_NO_SANDBOX', `${origin} is no sandbox that gives verdicts`);
  }
  return fromJsonVerdict(body);
}

/** `http://host:4010`, `…/~worker-3/api`, `…/__sandbox/sessions/worker-3/verdict`: the sandbox, and the session that the path names. */
function readUrl(text: string, wanted: string | undefined): { origin: string; session: string } {
  if (!URL.canParse(text) || !/^https?:/.test(text)) {
    const what = `"${text}" is no URL of a sandbox`;
    throw new UsageError('USAGE_WRONG_URL', what, 'write http://127.0.0.1:4010');
  }
  const { origin, pathname } = new URL(text);
  const named = sessionInControl(pathname) ?? readAddress(pathname).session;
  return { origin, session: wanted ?? named ?? 'default' };
}

/** The session of an address of the control API, such as that of the page in a browser. */
function sessionInControl(pathname: string): string | undefined {
  if (!pathname.startsWith(`${CONTROL}/sessions/`)) return undefined;
  const [name] = pathname.slice(`${CONTROL}/sessions/`.length).split('/', 1);
  // Names of sessions need no escapes; whatever else stands there, the sandbox says that it has no such session.
  return name || undefined;
}

function isVerdict(body: unknown): body is JsonVerdict {
  return typeof body === 'object' && body !== null && 'held' in body && 'rules' in body;
}
