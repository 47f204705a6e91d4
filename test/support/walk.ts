import { setImmediate } from 'node:timers/promises';
import type { Contract } from '../../src/contract/contract.js';
import type { SessionControl } from '../../src/index.js';
import { formatDuration } from '../../src/scenario/duration.js';
import type { Answered, makeClient } from './client.js';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** What a client is left with when no answer comes: the connection breaks, or it has waited enough. */
type Met = Answered | 'reset' | 'hang';

/** A plain client that polls as it is told to, and writes down what it sees, one line an answer. */
export function makeWalker(
  contract: Contract,
  session: SessionControl,
  client: ReturnType<typeof makeClient>,
) {
  let scheduled = 0;
  const now = () => session.clock.now().getTime();

  /** The line of the answer of an operation that schedules. */
  const begin = (operation: string, answer: Met): string => {
    scheduled = now();
    if (typeof answer === 'string') return `refused: ${answer}`;
    const word = answer.status === 200 ? 'scheduled' : 'refused';
    return `${word}: ${describe(contract, operation, answer, now())}`;
  };

  /** Polls once. */
  const poll = async (job: string) => {
    const asked = now();
    const answer = await pollAndWait(session, client, job);
    const late = now() === asked ? '' : `, after ${since(asked, now())}`;
    const what =
      typeof answer === 'string' ? answer : describe(contract, 'getAsyncJobStatus', answer, now());
    return { answer, line: `at ${since(scheduled, asked)}${late}: ${what}` };
  };

  /** Waits as the answer says: until its eta, as long as Retry-After, else a second. */
  const wait = (answer: Met) => {
    const { json, headers } = typeof answer === 'string' ? { headers: new Headers() } : answer;
    const ahead = Date.parse(jobOf(json)?.eta) - now();
    const retry = Number(headers.get('retry-after') ?? 1) * 1000;
    session.clock.advance(ahead > 0 ? ahead : retry);
  };
  return { begin, poll, wait };
}

/** Polls; moves the clock on while the answer is held back, and leaves when none will come. */
export async function pollAndWait(
  session: SessionControl,
  client: Pick<ReturnType<typeof makeClient>, 'poll'>,
  job: string,
): Promise<Met> {
  const leave = new AbortController();
  const after = session.journal().at(-1)?.seq ?? 0;
  const { polls } = session.job(job);
  let met: Met | undefined;
  const asking = orReset(client.poll(job, leave.signal)).then(
    (answer) => {
      met = answer;
    },
    (error: Error) => {
      if (error.name !== 'AbortError') throw error;
      met = 'hang';
    },
  );
  while (met === undefined) {
    await Promise.race([asking, setImmediate()]);
    if (session.job(job).polls === polls) continue;
    const [written] = session.journal({ after });
    if (!written) session.clock.advance('1s');
    else if (written.fault === 'hang') leave.abort();
  }
  return met;
}

/** An answer, or `reset` when the connection broke before it came. */
export async function orReset(answer: Promise<Answered>): Promise<Answered | 'reset'> {
  try {
    return await answer;
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    if (cause?.code === 'ECONNRESET') return 'reset';
    throw error;
  }
}

/** Status, what the body is, what it tells from this moment on, and whether the contract allows it. */
function describe(contract: Contract, operation: string, answer: Answered, now: number): string {
  const { status, headers, json } = answer;
  const job = json?.error === undefined || json.data ? jobOf(json) : undefined;
  const retry = headers.get('retry-after');
  return [
    `${status} ${job ? describeJob(json, job) : describeBody(answer)}`,
    ...['eta', 'doneAt'].flatMap((key) =>
      job?.[key] ? [`${key} ${distance(Date.parse(job[key]) - now)}`] : [],
    ),
    ...(retry === null ? [] : [`Retry-After ${retry}`]),
    ...(breaches(contract, operation, answer).length === 0 ? [] : ['off contract']),
  ].join(', ');
}

/** What the contract says against an answer; nothing when it allows it. */
export function breaches(
  contract: Contract,
  id: string,
  { status, headers, json, text }: Answered,
) {
  const operation = contract.operations.get(id);
  if (!operation) throw new Error(`the contract has no ${id}`);
  const mediaType = headers.get('content-type')?.split(';', 1)[0] ?? '';
  return contract.validator.answer(operation, status, mediaType, json ?? text);
}

// biome-ignore lint/suspicious/noExplicitAny: bodies of many shapes
type Body = any;

function jobOf(json: Body): Body {
  const job = json?.data ?? json;
  return typeof job?.id === 'string' ? job : undefined;
}

function describeJob(json: Body, job: Body): string {
  const shape = shapeOf(job);
  return (
    (job.status ?? 'no status') +
    (shape ? ` ${shape}` : '') +
    (json.data ? (json.meta ? '' : ' in data') : ' bare')
  );
}

/** How a finished job links the composition, or where it says its error. */
function shapeOf(job: Body): string | undefined {
  const { links, error, response_data: answer } = job;
  const [link] = links ?? [];
  if (job.status === 'DONE') {
    if (!link) return 'no-links';
    const forms: Record<string, string> = {
      relative: `composition/${UUID}`,
      rooted: `/composition/${UUID}`,
      'full-path': `/api/patients/${UUID}/composition/${UUID}`,
      'no-href': 'undefined',
    };
    return Object.keys(forms).find((name) => new RegExp(`^${forms[name]}$`).test(`${link.href}`));
  }
  if (job.status !== 'FAILED') return undefined;
  if (link) return `link-error "${link.error}"`;
  if (answer) return `response-data "${answer.error.message}"`;
  if (Array.isArray(error)) return `error-list "${error[0].message}"`;
  const [rule] = error.rules ?? [];
  return rule
    ? `error-rules "${rule.code}: ${rule.description}"`
    : `error-object "${error.message}"`;
}

function describeBody({ headers, json, text }: Answered): string {
  if (json) return json.error?.type ?? 'JSON of another kind';
  if (text === '') return 'without a body';
  const mediaType = headers.get('content-type')?.split(';', 1)[0];
  const title = /<(?:title)>(.*?)<\//.exec(text)?.[1];
  return title === undefined ? `${mediaType} that cannot be read` : `${mediaType} "${title}"`;
}

export function distance(length: number): string {
  return length < 0 ? `-${since(length, 0)}` : `+${since(0, length)}`;
}

export function since(from: number, to: number): string {
  return from === to ? '0s' : formatDuration(to - from);
}
