export async function poll(url, tokens) {
  for (;;) {
    await sleep(3000);
    const answer = await fetch(url, { headers: tokens.headers() });
    if (answer.status === 401) {
      await tokens.refresh(); // and again, whatever has become of the last one
      continue;
    }
    const job = (await answer.json()).data;
    if (job.status === 'DONE' || job.status === 'FAILED') return job;
  }
}
