export async function poll(url, headers, job) {
  const token = headers.Authorization.replace('Bearer ', '');
  while (job.status !== 'DONE' && job.status !== 'FAILED') {
    await sleep(Math.max(1000, (Date.parse(job.eta) || 0) - Date.now()));
    // URLs end up in logs, histories and referrers.
    const answer = await fetch(`${url}?access_token=${token}`, { headers });
    job = (await answer.json()).data;
  }
  return job;
}
