export async function poll(url, headers, job) {
  while (job.status !== 'DONE' && job.status !== 'FAILED') {
    await sleep(1000); // eta is never read
    const answer = await fetch(url, { headers });
    job = (await answer.json()).data;
  }
  return job;
}
