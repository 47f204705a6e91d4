// A client of the platform after the habits of public medical information systems: it looks at jobs in fixed pauses
// whatever their etas are, follows no redirects, takes a link for a job when it has `/jobs/` in it, and a number in
// front of a text for a code. It runs one process and prints what it has seen, a line for each step:
//   esoz-sandbox exec --pack esoz -- node test/clients/mis.mjs create-and-sign
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Platform } from './mis/platform.mjs';
import { PROCESSES, runProcess } from './mis/processes.mjs';

export const NAMES = Object.keys(PROCESSES);

/**
 * @param {object} given see mis.d.mts
 * @returns what the system has seen, a line for each step
 */
export async function run({ process: name, url, ask, sleep, credentials, account, given }) {
  const platform = new Platform({ url, ask, credentials });
  if (account) await platform.signIn(account);
  return runProcess(name, { platform, sleep, given });
}

/** Sends a request and follows no redirect. */
export async function ask(method, url, { headers, body, timeout }) {
  const answer = await fetch(url, {
    method,
    headers,
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeout),
  });
  return { status: answer.status, text: await answer.text() };
}

async function main([name, file]) {
  const { ESOZ_SANDBOX_URL: url, ESOZ_PACE = '1' } = process.env;
  const pace = Number(ESOZ_PACE);
  const lines = await run({
    process: name,
    url,
    ask,
    sleep: (ms) => new Promise((wake) => setTimeout(wake, ms / pace)),
    credentials: { token: 'token', apiKey: 'key', psk: 'psk' },
    given: JSON.parse(readFileSync(file, 'utf8')),
  });
  process.stdout.write(`${lines.join('\n')}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await main(process.argv.slice(2));
