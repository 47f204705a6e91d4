import { headersOf, type SentRequest } from './sent-request.js';

/** For any POSIX shell. */
export function curl(request: SentRequest): string {
  const { method, url, body } = request;
  const options = [
    `curl -i ${methodOption(method, body !== undefined)}${shell(url)}`,
    // Brackets are no pattern, dots no way up: the path goes as it was sent.
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    ...(/\/\.\.?(\/|$)/.test(url) ? ['--path-as-is'] : []),
    ...headersOf(request).map(([name, value]) => `-H ${shell(headerLine(name, value))}`),
    ...(body === undefined ? [] : [`--data-raw ${shell(body)}`]),
  ];
  return `${options.join(' \\\n  ')}\n`;
}

function methodOption(method: string, hasBody: boolean): string {
  if (method === 'HEAD') return '--head ';
  return method === (hasBody ? 'POST' : 'GET') ? '' : `-X ${shell(method)} `;
}

/** curl takes a header without a value for one that is not to be sent, unless it ends in a semicolon. */
function headerLine(name: string, value: string): string {
  return value === '' ? `${name};` : `${name}: ${value}`;
}

/** Nothing is read between single quotes (POSIX.1-2017, 2.2.2). */
function shell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
