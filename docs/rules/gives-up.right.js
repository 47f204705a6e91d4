export async function poll(url, headers, job) {
  const deadline = Date.now() + 5 * 60_000;
  while (job.status !== 'DONE' && job.status !== 'FAILED') {
    if (Date.now() > deadline) throw new Error('gave up, the outcome is unknown');
    await sleep(Math.max(1000, (Date.parse(job.eta) || 0) - Date.now()));
    const answer = await fetch(url, { headers });
    job = (await answer.json()).data;
  }
  return job;
}
