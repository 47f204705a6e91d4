export async function poll(url, tokens, readResult) {
  for (;;) {
    await sleep(3000);
    const answer = await fetch(url, { headers: tokens.headers() });
    if (answer.status === 401) {
      if (!(await tokens.refresh())) return;
      continue;
    }
    const job = (await answer.json()).data;
    if (job.status === 'DONE') return readResult(job, tokens.headers());
    if (job.status === 'FAILED') return;
  }
}
