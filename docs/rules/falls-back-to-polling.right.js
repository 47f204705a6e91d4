export async function finish(job, { webhook, poll, sleep }) {
  for (;;) {
    const told = await Promise.race([webhook(job), sleep(60_000)]);
    if (told) return told;
    const { status } = await poll(job); // no word for a minute: ask
    if (status === 'done' || status === 'failed') return status;
  }
}
