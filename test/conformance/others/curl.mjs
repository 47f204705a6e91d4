import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adapter, main, ofRetries, pollByEta } from './common.mjs';

export const entry = {
  name: 'curl --retry',
  kind: 'other',
  what: 'repeats a GET five times, after 1, 2, 4, … s or as Retry-After says, whatever has failed',
  debian: ['curl'],
  command: adapter('curl'),
  plays: ofRetries(
    {
      finds: [],
      why: 'tool_operate.c: a 503 and, with --retry-all-errors, a reset are repeated; it sleeps as long as Retry-After says where that is longer',
    },
    {
      finds: [],
      why: 'RETRY_SLEEP_DEFAULT is 1 s and doubles: four failures take 1, 2, 4 and 8 s, and five repetitions are allowed',
    },
  ),
};

/** Where curl repeats a request it has written the first answer already: only a file is cut anew. */
function get(url, headers, folder) {
  const file = join(folder, 'body');
  const sent = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const how = ['--retry', '5', '--retry-all-errors', '--max-time', '60', '--silent'];
  const args = [...how, '--output', file, '--write-out', '%{http_code}', ...sent, url];
  return new Promise((done) => {
    execFile('curl', args, (_, out) => {
      const status = Number(out.slice(-3));
      done({ status, text: status === 0 ? '' : readFileSync(file, 'utf8') });
    });
  });
}

await main(import.meta.url, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'curl-'));
  try {
    return await pollByEta((url, headers) => get(url, headers, folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
