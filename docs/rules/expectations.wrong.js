export async function poll(url, headers, job) {
  while (job.status !== 'DONE' && job.status !== 'FAILED') {
    await sleep(5 * 60_000); // the scenario expects an end within 30 s
    const answer = await fetch(url, { headers });
    job = (await answer.json()).data;
  }
  return job;
}
