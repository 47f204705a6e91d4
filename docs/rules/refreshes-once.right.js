export async function poll(url, tokens) {
  for (let refreshed = false; ; ) {
    await sleep(3000);
    const answer = await fetch(url, { headers: tokens.headers() });
    if (answer.status === 401) {
      if (refreshed) throw new Error('refused with a new token: sign in again');
      await tokens.refresh();
      refreshed = true;
      continue;
    }
    refreshed = false;
    const job = (await answer.json()).data;
    if (job.status === 'DONE' || job.status === 'FAILED') return job;
  }
}
