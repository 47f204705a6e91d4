export async function poll(url, headers, job) {
  let missing = 0; // a new job may not be visible at once
  while (job.status !== 'DONE' && job.status !== 'FAILED') {
    await sleep(Math.max(1000 * 2 ** missing, (Date.parse(job.eta) || 0) - Date.now()));
    const answer = await fetch(url, { headers });
    missing = answer.status === 404 ? missing + 1 : 0;
    if (missing === 3) throw new Error('the job is gone, its outcome is unknown');
    if (missing === 0) job = (await answer.json()).data;
  }
  return job;
}
