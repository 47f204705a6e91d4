export async function poll(url, headers, job) {
  while (job.status === 'PENDING') {
    // any other word ends the loop
    await sleep(Math.max(1000, (Date.parse(job.eta) || 0) - Date.now()));
    const answer = await fetch(url, { headers });
    job = (await answer.json()).data;
  }
  return job;
}
