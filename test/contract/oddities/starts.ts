const PATHS = '{ /t: { get: { responses: { 200: { description: OK } } } } }';
const HEAD = `openapi: 3.0.3
info: { title: Oddity, version: '1' }
`;

/** Texts that are read, and what GET /t then answers; undefined: nothing is asked. */
export const ODD_STARTS: readonly {
  name: string;
  text: string;
  file?: string;
  answer?: unknown;
}[] = [
  {
    name: 'YAML with dates, numbers and words that other versions of YAML read as something else',
    text: `openapi: 3.0.3
info: { title: Oddity, version: 1.0 }
paths:
  /t:
    get:
      responses:
        200:
          description: 2024-01-01
          content:
            application/json:
              schema: { type: object, properties: { 1: { type: string }, true: { type: string } } }
              example: { day: 2024-01-01, yes: no, octal: 012 }
`,
    answer: { day: '2024-01-01', yes: 'no', octal: 12 },
  },
  {
    name: 'YAML with a byte order mark and the line ends of Windows',
    text: `\uFEFF${HEAD}paths: ${PATHS}\n`.replaceAll('\n', '\r\n'),
  },
  {
    name: 'JSON with a byte order mark',
    text: `\uFEFF${JSON.stringify({ openapi: '3.0.3', info: { title: 'Oddity', version: '1' }, paths: { '/t': { get: { responses: { 200: { description: 'OK' } } } } } })}`,
    file: 'openapi.json',
  },
  {
    name: 'servers that are no list, and variables that are not declared',
    text: `${HEAD}servers: { url: 'https://example.org/{tenant}' }\npaths: ${PATHS}\n`,
  },
  {
    name: 'a pattern that the document alone knows, in a name of properties',
    text: `openapi: 3.1.0
info: { title: Oddity, version: '1' }
components: { schemas: { A: { type: object, patternProperties: { '[': { type: string } } } } }
paths: ${PATHS}
`,
  },
];

/** Texts that cannot be read: the code, and the line where the mistake is. */
export const REFUSED: readonly { name: string; text: string; code: string; line: number }[] = [
  { name: 'a tab', text: 'openapi: 3.0.3\ninfo:\n\ttitle: t\n', code: 'FILE_NOT_YAML', line: 3 },
  {
    name: 'a path that stands twice',
    text: `${HEAD}paths:\n  /t: {}\n  /t: {}\n`,
    code: 'FILE_KEY_TWICE',
    line: 5,
  },
  {
    name: 'a $ref into nowhere',
    text: `${HEAD}paths:\n  /t:\n    get:\n      responses:\n        200:\n          $ref: '#/components/responses/Gone'\n`,
    code: 'CONTRACT_UNKNOWN_REF',
    line: 8,
  },
  {
    name: 'a $ref over https',
    text: `${HEAD}paths:\n  /t:\n    $ref: https://example.org/t.yaml\n`,
    code: 'CONTRACT_REMOTE_REF',
    line: 5,
  },
  {
    name: 'a $ref to a file that is not there',
    text: `${HEAD}paths:\n  /t: {}\n  /u:\n    $ref: ./gone.yaml\n`,
    code: 'CONTRACT_UNKNOWN_REF',
    line: 6,
  },
  {
    name: 'Swagger 2.0',
    text: "# An older one\nswagger: '2.0'\ninfo: { title: t, version: '1' }\npaths: {}\n",
    code: 'CONTRACT_VERSION',
    line: 2,
  },
];
