// What pollers of other makers have in common here: they schedule a job, and know how to ask for it.
export const base = process.env.ESOZ_SANDBOX_URL;
export const pace = Number(process.env.ESOZ_PACE ?? '1');
export const headers = {
  Authorization: 'Bearer third-party',
  'api-key': 'third-party',
  'Content-Type': 'application/json',
};

/** Schedules a job: the request's body, and the job as the answer tells it. */
export async function schedule() {
  const example = await fetch(`${new URL(base).origin}/__sandbox/examples/createComposition`);
  const body = await example.json();
  const answer = await fetch(`${base}/api/patients/composition`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`scheduling was answered ${answer.status}`);
  return { body, job: (await answer.json()).data };
}

export const pollUrl = (id) => `${base}/api/patients/composition/job/${id}`;

/** Reads the composition that a DONE answer links. */
export async function readResult({ subject, encounter }, { links }) {
  const id = links[0].href.split('/').at(-1);
  const path = `patients/${subject.value}/encounter/${encounter.value}/composition/${id}`;
  const answer = await fetch(`${base}/api/${path}`, { headers });
  process.stdout.write(`result ${answer.status}\n`);
}
