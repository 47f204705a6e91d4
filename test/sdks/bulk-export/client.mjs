// The pattern of the guide (HL7, Bulk Data Access IG 2.0.0, "Bulk Data Status Request"): wait as Retry-After says, longer
// after each failure of the way, stop at any other error.
import { base, end, sleep } from '../common.mjs';

const headers = { Authorization: 'Bearer demo', Accept: 'application/fhir+json' };
const PATIENCE = 30 * 60_000;
const MOST_FAILURES = 6;

/** Seconds or a date (RFC 9110 §10.2.3), in milliseconds from now; at least a second. */
function pauseOf(answer, otherwise) {
  const said = answer.headers.get('retry-after');
  if (said === null) return otherwise;
  const ms = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return Math.max(ms, 1000);
}

async function status(url) {
  const until = Date.now() + PATIENCE;
  let failures = 0;
  for (let wait = 2000; Date.now() + wait < until; ) {
    await sleep(wait);
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(60_000) }).catch(
      () => null,
    );
    const passing = answer === null || answer.status === 429 || answer.status === 503;
    if (!passing && answer.status !== 202) return answer;
    failures = passing ? failures + 1 : 0;
    if (failures > MOST_FAILURES) throw new Error('the server does not answer');
    const usual = passing ? 1000 * 2 ** failures : 5000;
    wait = answer === null ? usual : pauseOf(answer, usual);
    await answer?.arrayBuffer();
  }
  throw new Error('the export has no end');
}

await end(async () => {
  const asked = { headers: { ...headers, Prefer: 'respond-async' } };
  const begun = await fetch(`${base}/fhir/$export?_type=Patient`, asked);
  if (begun.status !== 202) throw new Error(`answered ${begun.status}: ${await begun.text()}`);
  const answer = await status(begun.headers.get('content-location'));
  const body = await answer.json();
  if (answer.status !== 200)
    throw new Error(body.issue?.[0]?.diagnostics ?? `answered ${answer.status}`);
  return body.output.map(({ url }) => url);
});
