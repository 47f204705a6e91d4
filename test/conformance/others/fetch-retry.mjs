import { adapter, ENDED, main, ofRetries, pollByEta } from './common.mjs';

export const entry = {
  name: 'fetch-retry',
  kind: 'other',
  what: 'repeats a GET three times, each after 1 s',
  packages: ['fetch-retry'],
  command: adapter('fetch-retry'),
  plays: ofRetries(
    {
      finds: ['retry-after-honoured'],
      may: ['expectations'],
      why: 'retryDelay is 1000 whatever the answer says, and the first 503 asks for 4 s',
    },
    {
      finds: ['retry-after-honoured', 'backs-off', ['reaches-the-end', 'expectations']],
      may: ENDED,
      why: 'retryDelay is 1000 each time: three equal pauses; retries is 3, so that the fourth 503 is handed on',
    },
  ),
};

await main(import.meta.url, async () => {
  const { default: fetchRetry } = await import('fetch-retry');
  const ask = fetchRetry(fetch);
  return pollByEta(async (url, headers) => {
    const answer = await ask(url, { headers, retryOn: [429, 500, 502, 503, 504] });
    return { status: answer.status, text: await answer.text() };
  });
});
