// A client of the API in test/fixtures/long-running: Location says where to ask, Retry-After when, 303 where the result
// is. With `--202-is-done` it takes any answer of 2xx for the result.
const base = process.env.ESOZ_SANDBOX_URL;
const takesAny = process.argv.includes('--202-is-done');
const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms));
const pause = (answer) => sleep(1000 * Number(answer.headers.get('retry-after') ?? 1));
const headers = { 'Content-Type': 'application/json' };

let answer = await fetch(`${base}/v1/exports`, {
  method: 'POST',
  headers,
  body: JSON.stringify({ format: 'csv' }),
});
const monitor = answer.headers.get('location');
do {
  await pause(answer);
  answer = await fetch(monitor, { redirect: 'manual' });
} while (answer.status === 202 && !takesAny);
if (answer.status === 303) {
  const result = await fetch(new URL(answer.headers.get('location'), monitor));
  process.stdout.write(`${await result.text()}\n`);
} else process.stdout.write(`${answer.status} ${await answer.text()}\n`);
