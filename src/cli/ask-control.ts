import type { ErrorCode } from '../error-codes.js';
import { ControlProblem, UsageError } from '../sandbox-error.js';
import { CONTROL } from '../server/board/is-for-board.js';

/** A running sandbox, as options name it. */
export interface RunningAt {
  url: string;
  controlToken?: string;
}

interface Asked {
  query?: Record<string, string | undefined>;
  json?: unknown;
  bytes?: Uint8Array<ArrayBuffer>;
}

/** Asks the control API of a running sandbox. @throws UsageError where none answers; ControlProblem, what it refuses */
export async function askControl(
  { url, controlToken }: RunningAt,
  method: string,
  path: string,
  { query = {}, json, bytes }: Asked = {},
): Promise<Response> {
  const target = new URL(`${CONTROL}${path}`, originOf(url));
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) target.searchParams.set(name, value);
  }
  const answer = await fetch(target, {
    method,
    headers: controlToken ? { 'X-Sandbox-Token': controlToken } : {},
    body: bytes ?? (json === undefined ? null : JSON.stringify(json)),
  }).catch((error: Error & { cause?: { code?: string } }) => {
    const { cause, message } = error;
    const what = `no sandbox answers at ${target.origin} (${cause?.code ?? message})`;
    throw new UsageError('USAGE_NO_SANDBOX', what, 'start one with: esoz-sandbox serve');
  });
  if (answer.ok) return answer;
  const said = (await answer.json().catch(() => undefined)) as Refusal | undefined;
  if (said?.error?.code === undefined) {
    const what = `${target.origin} is no sandbox with sessions (${answer.status})`;
    throw new UsageError('USAGE_NO_SANDBOX', what, 'start one with: esoz-sandbox serve');
  }
  throw new ControlProblem(answer.status, said.error.code, said.error.message);
}

interface Refusal {
  error?: { code?: ErrorCode; message: string };
}

function originOf(url: string): string {
  if (URL.canParse(url) && /^https?:/.test(url)) return new URL(url).origin;
  const what = `"${url}" is no URL of a sandbox`;
  throw new UsageError('USAGE_WRONG_URL', what, 'write http://127.0.0.1:4010');
}
