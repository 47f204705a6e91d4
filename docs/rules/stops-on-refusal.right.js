export async function poll(url, headers, job, newToken) {
  let renewed = false;
  while (job.status !== 'DONE' && job.status !== 'FAILED') {
    await sleep(Math.max(1000, (Date.parse(job.eta) || 0) - Date.now()));
    const answer = await fetch(url, { headers });
    if (answer.status === 401 && !renewed) {
      headers = { ...headers, Authorization: `Bearer ${await newToken()}` };
      renewed = true;
    } else if (answer.status === 401 || answer.status === 403) {
      throw new Error(`not allowed to read the job: ${answer.status}`);
    } else {
      job = (await answer.json()).data;
    }
  }
  return job;
}
