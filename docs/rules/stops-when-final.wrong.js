export async function poll(url, headers, job) {
  for (let round = 0; round < 5; round += 1) {
    // goes on after DONE
    await sleep(Math.max(1000, (Date.parse(job.eta) || 0) - Date.now()));
    const answer = await fetch(url, { headers });
    job = (await answer.json()).data;
  }
  return job;
}
