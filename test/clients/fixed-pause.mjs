// A client that is right but for one habit: between two polls it sleeps FIXED_PAUSE seconds, whatever it is told.
// Node 20 or later, no packages.
const { env } = process;
const BASE = env.ESOZ_SANDBOX_URL;
const PAUSE = (Number(env.FIXED_PAUSE) * 1000) / Number(env.ESOZ_PACE ?? 1);
let token = 'demo';

async function call(method, path, body) {
  const headers = { Authorization: `Bearer ${token}`, 'api-key': 'k' };
  headers['Content-Type'] = 'application/json';
  const signal = AbortSignal.timeout(20_000);
  try {
    const answer = await fetch(`${BASE}/api${path}`, { method, headers, body, signal });
    return { status: answer.status, data: (await answer.json()).data };
  } catch {
    return { status: 0 };
  }
}

const sleep = () => new Promise((wake) => setTimeout(wake, PAUSE));
const body = await (await fetch(new URL('/__sandbox/examples/createComposition', BASE))).text();
const { data: job } = await call('POST', '/patients/composition', body);
let end;
for (let missing = 0, failures = 0; !end && missing < 3 && failures < 8; ) {
  await sleep();
  const { status, data } = await call('GET', `/patients/composition/job/${job.id}`);
  if (status === 404) missing += 1;
  else if (status === 401) token += '-renewed';
  else if (status === 200 && data) {
    [missing, failures] = [0, 0];
    if (data.status === 'DONE' || data.status === 'FAILED') end = data;
  } else failures += 1;
}
const id = end?.links?.find(({ href }) => href)?.href.replace(/.*\//, '');
const { subject, encounter } = JSON.parse(body);
if (end?.status === 'DONE' && id) {
  const path = `/patients/${subject.value}/encounter/${encounter.value}/composition/${id}`;
  await call('GET', path);
}
process.stdout.write(end ? `${JSON.stringify(end)}\n` : 'outcome unknown\n');
