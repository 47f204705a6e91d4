// A client of the exports of docs/your-own-api.md that does right: it waits as Retry-After says, longer after each failure,
// and takes what it cannot read for one.
const api = `${process.env.ESOZ_SANDBOX_URL}/v1`;
const pace = Number(process.env.ESOZ_PACE ?? 1);
const headers = { 'Content-Type': 'application/json' };
const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms));

/** Longer than any answer takes; Node's fetch may wait for ever for a body that cannot be unpacked. */
const TIMEOUT = 20_000;

async function ask(path, init) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), TIMEOUT / pace);
  const said = { status: 0, retry: 0, body: undefined };
  try {
    const answer = await Promise.race([
      fetch(api + path, { ...init, signal: limit.signal }),
      aborted(limit.signal),
    ]);
    said.status = answer.status;
    said.retry = Number(answer.headers.get('retry-after') ?? 0) * 1000;
    const text = await Promise.race([answer.text(), aborted(limit.signal)]);
    if (answer.ok) said.body = JSON.parse(text);
  } catch {
    // No answer, or one that cannot be read: it is asked for again.
  }
  clearTimeout(timer);
  return said;
}

function aborted(signal) {
  return new Promise((_, fail) => {
    signal.addEventListener('abort', () => fail(new Error('it takes too long')));
  });
}

const begun = await ask('/exports', { method: 'POST', headers, body: '{"table":"orders"}' });
let failures = 0;
for (let missing = 0; begun.body !== undefined; ) {
  const { status, retry, body } = await ask(`/exports/${begun.body.exportId}`);
  if (body?.status === 'finished' || body?.status === 'failed') break;
  missing = status === 404 ? missing + 1 : 0;
  if (missing === 3 || (status >= 400 && status < 500 && status !== 404 && status !== 429)) break;
  failures = body ? 0 : failures + 1;
  // A paced session has divided what it tells; the client divides pauses of its own.
  await sleep(retry || (1000 * 2 ** failures) / pace);
}
