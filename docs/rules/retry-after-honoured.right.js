export async function poll(url, headers, job) {
  let wait = 0;
  while (job.status !== 'DONE' && job.status !== 'FAILED') {
    await sleep(Math.max(1000, wait, (Date.parse(job.eta) || 0) - Date.now()));
    const answer = await fetch(url, { headers });
    wait = retryAfter(answer.headers.get('retry-after'));
    if (answer.ok) job = (await answer.json()).data;
  }
  return job;
}

/** Seconds or a date, in milliseconds. */
function retryAfter(text) {
  if (text === null) return 0;
  return /^\d+$/.test(text) ? Number(text) * 1000 : (Date.parse(text) || 0) - Date.now();
}
