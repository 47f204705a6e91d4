export async function poll(url, headers, job) {
  let pause = 1000;
  while (job.status !== 'DONE' && job.status !== 'FAILED') {
    const jitter = 1 + Math.random() / 4; // so that clients do not come back all at once
    await sleep(Math.max(pause * jitter, (Date.parse(job.eta) || 0) - Date.now()));
    const answer = await fetch(url, { headers });
    pause = answer.ok ? 1000 : Math.min(pause * 2, 30_000);
    if (answer.ok) job = (await answer.json()).data;
  }
  return job;
}
