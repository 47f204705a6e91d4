export async function readResult(api, headers, job, patient, encounter) {
  const id = job.links?.[0]?.href?.split('/').at(-1) ?? job.id; // a failed job has no result
  const path = `patients/${patient}/encounter/${encounter}/composition/${id}`;
  const answer = await fetch(`${api}/${path}`, { headers });
  return (await answer.json()).data;
}
