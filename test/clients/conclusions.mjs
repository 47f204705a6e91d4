// A client of the Compositions API that takes a conclusion through a process, step by step: `node conclusions.mjs PROCESS`.
// `--leave STEP` leaves a step out, `--silent` keeps to itself what has failed, `--other` signs another content.

const { ESOZ_SANDBOX_URL: base = '', ESOZ_PACE = '1' } = process.env;
const pace = Number(ESOZ_PACE);
const [name = 'create-and-sign', ...flags] = process.argv.slice(2);
const leaves = flags.flatMap((flag, i) => (flag === '--leave' ? [flags[i + 1]] : []));
const has = (flag) => flags.includes(flag);
const wait = (time) => new Promise((done) => setTimeout(done, time));

async function send(method, path, body) {
  const answer = await fetch(`${base}/api${path}`, {
    method,
    redirect: 'manual',
    headers: {
      Authorization: 'Bearer token',
      'api-key': 'key',
      'Content-Type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: await answer.json().catch(() => undefined) };
}

class Failed extends Error {}

/** Waits as each answer says, until the job has ended. */
async function done({ status, body }) {
  if (status !== 200) throw new Failed(`${status}: ${body?.error?.message}`);
  let job = body.data;
  for (let asked = 0; asked < 20; asked += 1) {
    await wait(Math.max(1000 / pace, Date.parse(job.eta) - Date.now()));
    job = (await send('GET', `/patients/composition/job/${body.data.id}`)).body.data;
    if (job.status === 'DONE') return job.links[0].href.split('/').at(-1);
    if (job.status === 'FAILED') throw new Failed(job.links[0]?.error ?? JSON.stringify(job.error));
  }
  throw new Failed('no end');
}

const signed = (content) => ({ data: Buffer.from(JSON.stringify(content)).toString('base64') });

async function main() {
  const example = await (
    await fetch(`${new URL(base).origin}/__sandbox/examples/createComposition`)
  ).json();
  const step = async (wanted, act) => (leaves.includes(wanted) ? undefined : act());
  const patient = example.subject.value;
  const encounter = example.encounter.value;
  const at = (id) => `/patients/${patient}/encounter/${encounter}/composition/${id}`;
  const read = async (id) => (await send('GET', at(id))).body?.data;
  if (name === 'create-and-sign') {
    const created = await send('POST', '/patients/composition', example);
    const id = await done(created);
    const document = await step('read', () => read(id));
    await step('sign', async () => {
      const content = has('--other') ? { ...document, title: 'another one' } : document;
      await done(await send('PATCH', `/patients/composition/${id}/sign`, signed(content)));
    });
    await step('read-signed', () => read(id));
    await step('integration', () => send('GET', `${at(id)}/integrationData`));
  }
}

await main().catch((error) => {
  if (!(error instanceof Failed)) throw error;
  if (!has('--silent')) process.stdout.write(`${error.message}\n`);
});
