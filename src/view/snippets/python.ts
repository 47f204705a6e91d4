import { headersOf, type SentRequest } from './sent-request.js';

/** With nothing but the standard library. */
export function python(request: SentRequest): string {
  const { method, url, body } = request;
  const headers = headersOf(request).map(
    ([name, value]) => `        ${literal(name)}: ${literal(value)},\n`,
  );
  return `from urllib.error import HTTPError
from urllib.request import Request, urlopen

request = Request(
    ${literal(url)},
    method=${literal(method)},
    headers={
${headers.join('')}    },
${body === undefined ? '' : `    data=${literal(body)}.encode(),\n`})
try:
    answer = urlopen(request)
except HTTPError as refused:
    answer = refused
print(answer.status)
print(answer.read().decode())
`;
}

/** Escapes of JSON are those of Python; what is no control character stands for itself. */
function literal(text: string): string {
  return JSON.stringify(text);
}
