export async function poll(url, headers, job) {
  const deadline = Date.now() + 10 * 60_000; // a limit in minutes, not in polls
  while (job.status !== 'DONE' && job.status !== 'FAILED' && Date.now() < deadline) {
    await sleep(Math.max(1000, (Date.parse(job.eta) || 0) - Date.now()));
    const answer = await fetch(url, { headers });
    job = (await answer.json()).data;
  }
  return job;
}
