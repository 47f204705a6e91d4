import { signal } from '@preact/signals';
import { encodePart } from './route.js';

/** The page lies at `…/__sandbox/`, and so does everything that it asks for. */
const CONTROL = new URL('./', location.href.replace(/[?#].*$/, ''));

/** Where the sandbox itself lies, without a slash at its end: what clients are given as their base URL. */
export const SANDBOX = new URL('..', CONTROL).href.replace(/\/$/, '');

/** The control API wants a token, and the page has none. */
export const signedOut = signal(false);

/** What the control API refuses; its message is for people. */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly invalid: readonly { at: string; description: string }[] = [],
  ) {
    super(message);
  }
}

/** Address of something of the control API: `controlUrl('sessions', 'a b')`. */
export function controlUrl(...path: string[]): string {
  return new URL(path.map(encodePart).join('/'), CONTROL).href;
}

/** What stands behind the question mark; of a list each by itself. */
type Query = Readonly<Record<string, string | readonly string[]>>;

export function withQuery(address: string, query: Query): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) url.searchParams.append(name, one);
  }
  return url.href;
}

/** Asks the control API. @throws ControlError; TypeError where the server cannot be reached */
export async function ask<T>(
  method: string,
  path: readonly string[],
  body?: unknown,
  query: Query = {},
): Promise<T> {
  const url = withQuery(controlUrl(...path), query);
  const response = await fetch(url, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  if (response.ok) return (isJson(response) ? JSON.parse(text) : text) as T;
  if (response.status === 401) signedOut.value = true;
  throw errorOf(response.status, text);
}

function isJson(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('application/json') === true;
}

function errorOf(status: number, text: string): ControlError {
  try {
    const { error } = JSON.parse(text);
    return new ControlError(status, error.code, error.message, error.invalid);
  } catch {
    return new ControlError(status, 'UNREADABLE', text.slice(0, 200));
  }
}
