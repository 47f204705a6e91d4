export async function poll(url, headers, job) {
  while (job.status !== 'DONE' && job.status !== 'FAILED') {
    await sleep(Date.parse(job.eta) - Date.now()); // an eta that is past is no pause at all
    const answer = await fetch(url, { headers });
    job = (await answer.json()).data;
  }
  return job;
}
