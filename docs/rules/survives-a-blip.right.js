export async function poll(url, headers, job) {
  let failures = 0;
  while (job.status !== 'DONE' && job.status !== 'FAILED') {
    await sleep(Math.max(1000 * 2 ** failures, (Date.parse(job.eta) || 0) - Date.now()));
    try {
      const answer = await fetch(url, { headers });
      if (!answer.ok) throw new Error(`the poll was answered ${answer.status}`);
      job = (await answer.json()).data;
      failures = 0;
    } catch (error) {
      failures += 1; // a poll changes nothing, so it may be repeated
      if (failures === 5) throw error;
    }
  }
  return job;
}
