import { describe, expect, it } from 'vitest';
import { type SentRequest, SNIPPETS } from '../../src/view/snippets/index.js';
import { codeRunners } from '../support/run-code.js';
import { needs } from '../support/runtimes.js';
import { openSandbox } from '../support/sandbox.js';

const RUN = codeRunners('Ask');

/** Whatever a shell, a string of a language or a URL could take for something of its own. */
const HOSTILE = `'"\`$(touch pwned)$HOME \${x} \\ \\n %s %27 @file #{1} {0} <?php echo 1; ?> */ // \u2028 їжак 🦔 \u007f`;
const IN_HEADER = `'"\`$(touch pwned)$HOME \${x} \\ \\u0041 %s @file #{1} */ //`;

const REQUESTS: readonly [what: string, request: Omit<SentRequest, 'url'> & { path: string }][] = [
  [
    'a request with a body of hostile values',
    {
      method: 'POST',
      path: `/api/patients/composition?q=${encodeURIComponent(HOSTILE)}&it's=[1]{2}`,
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer demo',
        'x-hostile': IN_HEADER,
        'content-length': '3',
        host: 'elsewhere',
      },
      body: JSON.stringify({ title: HOSTILE, lines: 'a\r\nb\tc' }, null, 2),
    },
  ],
  [
    'a request without a body',
    { method: 'GET', path: '/api/patients/composition/job/x', headers: { 'x-hostile': IN_HEADER } },
  ],
  [
    'a text that is no JSON, begins with @ and ends with a line',
    { method: 'POST', path: '/api/nothing', headers: {}, body: "@/etc/passwd\n'quoted'\n" },
  ],
  [
    'another method',
    { method: 'DELETE', path: '/api/patients/composition/x', headers: { 'api-key': 'demo' } },
  ],
];

describe.each(Object.entries(RUN))('a snippet of %s', (language, [runtime, play]) => {
  if (runtime) needs(runtime);

  it.each(REQUESTS)('sends %s as it was sent', async (_, { path, ...request }) => {
    const { sandbox } = await openSandbox();
    const write = SNIPPETS[language] as (request: SentRequest) => string;
    const escaped = encodeURI(path).replaceAll('%25', '%').replaceAll("'", '%27');
    const { stdout } = await play(write({ ...request, url: `${sandbox.url}${escaped}` }));
    const [sent] = sandbox.journal();
    expect(sent?.method).toBe(request.method);
    // RFC 3986 §2.3: what need not be escaped may be so, and some libraries undo that.
    const asked = new URL(escaped, sandbox.url).href.slice(sandbox.url.length);
    expect(decodeURIComponent(sent?.path ?? '')).toBe(decodeURIComponent(asked));
    expect(sent?.request.body ?? undefined).toBe(request.body);
    const wanted = request.headers['x-hostile'];
    expect(sent?.request.headers['x-hostile']).toBe(wanted);
    expect(sent?.request.headers.host).toBe(new URL(sandbox.url).host);
    expect(stdout).toContain(String(sent?.status));
  });
});
