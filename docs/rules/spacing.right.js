export async function poll(url, headers, job) {
  while (job.status !== 'DONE' && job.status !== 'FAILED') {
    await sleep(Math.max(1000, (Date.parse(job.eta) || 0) - Date.now())); // at least 1 s
    const answer = await fetch(url, { headers });
    job = (await answer.json()).data;
  }
  return job;
}
