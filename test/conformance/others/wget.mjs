import { execFile } from 'node:child_process';
import { adapter, main, ofRetries, pollByEta } from './common.mjs';

export const entry = {
  name: 'wget --tries',
  kind: 'other',
  what: 'repeats a GET five times, after 1, 2, 3, … s; knows no Retry-After',
  debian: ['wget'],
  command: adapter('wget'),
  plays: ofRetries(
    {
      finds: ['retry-after-honoured'],
      why: 'sleep_between_retrievals: count - 1 seconds, whatever the answer says; a reset is repeated like a 503',
    },
    {
      finds: ['retry-after-honoured'],
      why: 'busy-for-4s says 4 s and is asked after 1 s and after 2; in the outage the pauses are 1, 2, 3, 4 s, which grow',
    },
  ),
};

/** The status stands in what --server-response writes to stderr; the body of an error is thrown away. */
function get(url, headers) {
  const sent = Object.entries(headers).map(([name, value]) => `--header=${name}: ${value}`);
  const how = ['--tries=6', '--retry-on-http-error=500,502,503,504', '--timeout=15'];
  const told = ['--server-response', '--output-document=-'];
  return new Promise((done) => {
    execFile('wget', [...how, ...told, ...sent, url], (_, text, log) => {
      const statuses = [...log.matchAll(/^ +HTTP\/1\.[01] (\d{3})/gm)].map(([, code]) =>
        Number(code),
      );
      done({ status: statuses.at(-1) ?? 0, text });
    });
  });
}

await main(import.meta.url, () => pollByEta(get));
