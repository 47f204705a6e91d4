export async function poll(url, headers, job) {
  const eta = Date.parse(job.eta); // later answers move it, and nobody looks
  while (job.status !== 'DONE' && job.status !== 'FAILED') {
    await sleep(Math.max(1000, eta - Date.now()));
    const answer = await fetch(url, { headers });
    job = (await answer.json()).data;
  }
  return job;
}
