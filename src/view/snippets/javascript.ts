import { headersOf, type SentRequest } from './sent-request.js';

/** For Node 18 and later (a module), and for browsers. */
export function javascript(request: SentRequest): string {
  const { method, url, body } = request;
  const headers = headersOf(request).map(
    ([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`,
  );
  return `const answer = await fetch(${JSON.stringify(url)}, {
  method: ${JSON.stringify(method)},
  headers: {
${headers.join('')}  },
${body === undefined ? '' : `  body: ${JSON.stringify(body)},\n`}});
console.log(answer.status);
console.log(await answer.text());
`;
}
