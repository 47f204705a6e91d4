export async function poll(url, headers, job) {
  // Only the final words end the loop.
  while (job.status !== 'DONE' && job.status !== 'FAILED') {
    await sleep(Math.max(1000, (Date.parse(job.eta) || 0) - Date.now()));
    const answer = await fetch(url, { headers });
    job = (await answer.json()).data;
  }
  return job;
}
