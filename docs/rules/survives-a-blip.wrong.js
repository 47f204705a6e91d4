export async function poll(url, headers, job) {
  while (job.status !== 'DONE' && job.status !== 'FAILED') {
    await sleep(Math.max(1000, (Date.parse(job.eta) || 0) - Date.now()));
    const answer = await fetch(url, { headers }); // throws when the connection breaks, and that is the end
    job = (await answer.json()).data;
  }
  return job;
}
