import { setImmediate } from 'node:timers/promises';
import type { Contract } from '../../src/contract/contract.js';
import type { SessionControl } from '../../src/index.js';
import { formatDuration } from '../../src/time/duration.js';
import type { Answered, makeClient } from './client.js';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** What a client is left with when no answer comes: the connection breaks, or it has waited enough. */
type Met = Answered | Mishap;
export type Mishap = 'hang' | (typeof MISHAPS)[keyof typeof MISHAPS];

/** Errors of a client that gets no answer it could read, by their codes. */
const MISHAPS = {
  ECONNRESET: 'reset',
  ECONNREFUSED: 'refused',
  /** Of undici: the other side has closed. */
  UND_ERR_SOCKET: 'closed',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'of another length',
  Z_DATA_ERROR: 'cannot be unpacked',
} as const;

/** A plain client that polls as it is told to, and writes down what it sees, one line an answer. */
export function makeWalker(
  contract: Contract,
  session: SessionControl,
  client: ReturnType<typeof makeClient>,
  /** Answers are to come late: the clock is moved on until they do. */
  waits = true,
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
    const answer = await pollAndWait(session, client, job, waits);
    const late = now() === asked ? '' : `, after ${since(asked, now())}`;
    const what =
      typeof answer === 'string'
        ? answer
        : describe(contract, 'getAsyncJobStatus', answer, now(), isDamaged(session));
    return { answer, line: `at ${since(scheduled, asked)}${late}: ${what}` };
  };

  /** Waits as the answer says: until its eta, as long as Retry-After, else a second. */
  const wait = (answer: Met) => {
    const { json, headers } = typeof answer === 'string' ? { headers: new Headers() } : answer;
    const ahead = Date.parse(jobOf(json)?.eta) - now();
    const retry = untilRetry(headers.get('retry-after') ?? '1', now());
    session.clock.advance(ahead > 0 ? ahead : retry);
  };
  return { begin, poll, wait };
}

/** How long Retry-After asks to wait, in each of its forms; a second where its moment is past. */
function untilRetry(said: string, now: number): number {
  const number = Number(said);
  if (number < 1e9) return number * 1000;
  const moment = Number.isNaN(number) ? Date.parse(said) : number < 1e12 ? number * 1000 : number;
  return moment > now ? moment - now : 1000;
}

/** Where the client’s library notices nothing, the answer is broken all the same, and no contract is. */
function isDamaged(session: SessionControl): boolean {
  const { fault } = session.journal().at(-1) ?? {};
  return fault === 'chunked-cut-off' || fault === 'wrong-content-length';
}

/** Polls; moves the clock on while the answer is held back, and leaves when none will come. */
export async function pollAndWait(
  session: SessionControl,
  client: Pick<ReturnType<typeof makeClient>, 'poll'>,
  job: string,
  waits: boolean,
): Promise<Met> {
  const leave = new AbortController();
  const after = session.journal().at(-1)?.seq ?? 0;
  const { polls } = session.job(job);
  let met: Met | undefined;
  const asking = orMishap(client.poll(job, leave.signal)).then(
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
    if (!written && waits) session.clock.advance('1s');
    else if (written?.fault === 'hang') leave.abort();
  }
  return met;
}

/** An answer, or how it went wrong. */
export async function orMishap(answer: Promise<Answered>): Promise<Met> {
  try {
    return await answer;
  } catch (error) {
    const { cause } = error as { cause?: { code?: keyof typeof MISHAPS } };
    const met = cause?.code && MISHAPS[cause.code];
    if (met) return met;
    throw error;
  }
}

/** Status, what the body is, what it tells from this moment on, and whether the contract allows it. */
function describe(
  contract: Contract,
  operation: string,
  answer: Answered,
  now: number,
  damaged = false,
): string {
  const { status, headers, json } = answer;
  const job = json?.error === undefined || json.data ? jobOf(json) : undefined;
  const retry = headers.get('retry-after');
  return [
    `${status} ${job ? describeJob(json, job) : describeBody(answer)}`,
    ...['eta', 'doneAt'].flatMap((key) =>
      job && key in job ? [`${key} ${describeMoment(job[key], now)}`] : [],
    ),
    ...describeDate(headers, now),
    ...(retry === null ? [] : [`Retry-After ${retry}`]),
    ...(damaged || breaches(contract, operation, answer).length === 0 ? [] : ['off contract']),
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
  if (link?.error?.message !== undefined) return `link-error-object "${link.error.message}"`;
  if (link) return `link-error "${link.error}"`;
  if (answer) {
    const { code, message } = answer.error;
    return code === undefined
      ? `response-data "${message}"`
      : `response-data-code "${code}: ${message}"`;
  }
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

/** RFC 3339 §5.6: without an offset it is nobody's moment. */
function describeMoment(moment: unknown, now: number): string {
  if (typeof moment !== 'string') return moment === null ? 'null' : `of ${typeof moment}`;
  const [offset] = /Z$|[+-]\d\d:\d\d$/.exec(moment) ?? [];
  if (offset === undefined) return 'without a zone';
  return distance(Date.parse(moment) - now) + (offset === 'Z' ? '' : ` in ${offset}`);
}

/** The Date of the answer, if it is not now. */
function describeDate(headers: Headers, now: number): string[] {
  const off = Date.parse(headers.get('date') ?? '') - Math.floor(now / 1000) * 1000;
  return off === 0 ? [] : [`Date ${distance(off)}`];
}

export function distance(length: number): string {
  return length < 0 ? `-${since(length, 0)}` : `+${since(0, length)}`;
}

export function since(from: number, to: number): string {
  return from === to ? '0s' : formatDuration(to - from);
}
