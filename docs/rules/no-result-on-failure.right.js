export async function readResult(api, headers, job, patient, encounter) {
  if (job.status === 'FAILED') throw new Error(`refused: ${JSON.stringify(job.error)}`); // show it
  const id = job.links[0].href.split('/').at(-1);
  const path = `patients/${patient}/encounter/${encounter}/composition/${id}`;
  const answer = await fetch(`${api}/${path}`, { headers });
  return (await answer.json()).data;
}
