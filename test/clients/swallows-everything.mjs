// What a public MIS does: asks every 3 s, whatever eta says, and takes every exception for "not yet".
// ESOZ_PACE shortens its interval, so that the sandbox may run faster than real time.
const { ESOZ_SANDBOX_URL: base, ESOZ_PACE: pace = '1' } = process.env;
const headers = {
  Authorization: 'Bearer naive',
  'api-key': 'naive',
  'Content-Type': 'application/json',
};
const example = await fetch(`${new URL(base).origin}/__sandbox/examples/createComposition`);
const body = await example.text();
const created = await fetch(`${base}/api/patients/composition`, { method: 'POST', headers, body });
const { data } = await created.json();

const timer = setInterval(async () => {
  try {
    const answer = await fetch(`${base}/api/patients/composition/job/${data.id}`, { headers });
    const job = (await answer.json()).data;
    if (job.status !== 'DONE' && job.status !== 'FAILED') return;
    clearInterval(timer);
    process.stdout.write(`${job.status}\n`);
  } catch {
    // still pending
  }
}, 3000 / Number(pace));
