export async function poll(url, headers, job) {
  for (;;) {
    await sleep(Math.max(1000, (Date.parse(job.eta) || 0) - Date.now()));
    const answer = await fetch(url, { headers });
    job = (await answer.json()).data;
    if (job.status === 'DONE' || job.status === 'FAILED') return job;
  }
}
