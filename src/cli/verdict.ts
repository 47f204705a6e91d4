import type { Verdict } from '../audit/verdict.js';
import type { Chapter } from '../report/report.js';
import { tellSilence, wasSilent } from '../report/words.js';
import { readAddress } from '../server/address.js';
import { UsageError } from '../server/load.js';
import { CONTROL } from '../server/server.js';
import { prepareReporting, tellReport } from './exec/reporting.js';
import { readToleranceOptions } from './exec/settings.js';
import { VERDICT_EXIT } from './exec.js';

export interface VerdictOptions {
  session?: string;
  run?: string;
  report: string[];
  tolerance: string[];
  controlToken?: string;
  ci: boolean;
}

/** Fetches the verdict of a running sandbox. @returns the exit code @throws UsageError */
export async function verdict(url: string, options: VerdictOptions): Promise<number> {
  const reporting = await prepareReporting(options);
  readToleranceOptions(options.tolerance);
  const found = await fetchVerdict(url, options);
  const title = `Session ${found.session}`;
  const chapter: Chapter = { name: found.session, verdict: found };
  await tellReport({ title, chapters: [chapter] }, reporting, (name) => name);
  if (wasSilent(found)) {
    process.stderr.write(`${tellSilence(found)}\n`);
    return VERDICT_EXIT.command;
  }
  return found.held ? VERDICT_EXIT.held : VERDICT_EXIT.finding;
}

async function fetchVerdict(text: string, options: VerdictOptions): Promise<Verdict> {
  const { run, tolerance, controlToken } = options;
  const { origin, session } = readUrl(text, options.session);
  const target = new URL(`${CONTROL}/sessions/${encodeURIComponent(session)}/verdict`, origin);
  target.searchParams.set('format', 'json');
  if (run !== undefined) target.searchParams.set('run', run);
  for (const each of tolerance) target.searchParams.append('tolerance', each);
  let answer: Response;
  let body: unknown;
  try {
    const headers: Record<string, string> = controlToken ? { 'X-Sandbox-Token': controlToken } : {};
    answer = await fetch(target, { headers });
    body = await answer.json();
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } };
    throw new UsageError(
      `no sandbox answers at ${origin} (${cause?.code ?? message}); start one with: esoz-sandbox serve`,
    );
  }
  if (answer.status !== 200) {
    const said = (body as { error?: { message?: string } })?.error?.message ?? 'it gives no reason';
    throw new UsageError(`${target} answers ${answer.status}: ${said}`);
  }
  if (!isVerdict(body)) throw new UsageError(`${origin} is no sandbox that gives verdicts`);
  return body;
}

/** `http://host:4010`, `…/~worker-3/api`, `…/__sandbox/sessions/worker-3/verdict`: the sandbox, and the session that the path names. */
function readUrl(text: string, wanted: string | undefined): { origin: string; session: string } {
  if (!URL.canParse(text) || !/^https?:/.test(text)) {
    throw new UsageError(`"${text}" is no URL of a sandbox; write http://127.0.0.1:4010`);
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

function isVerdict(body: unknown): body is Verdict {
  return typeof body === 'object' && body !== null && 'held' in body && 'rules' in body;
}
