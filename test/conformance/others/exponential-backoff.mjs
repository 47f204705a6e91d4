import { adapter, ENDED, main, ofRetries, pollByEta } from './common.mjs';

export const entry = {
  name: 'exponential-backoff',
  kind: 'other',
  what: 'repeats a GET nine times, after 0.1, 0.2, 0.4, … s',
  packages: ['exponential-backoff'],
  command: adapter('exponential-backoff'),
  plays: ofRetries(
    {
      finds: ['retry-after-honoured'],
      may: ['spacing', 'expectations'],
      why: 'startingDelay is 100 and timeMultiple 2; no answer is looked at, and the first 503 asks for 4 s',
    },
    {
      finds: ['retry-after-honoured'],
      may: ['spacing', ...ENDED],
      why: 'pauses of 0.1, 0.2, 0.4 and 0.8 s grow, and ten attempts outlast the outage; Retry-After is not looked at',
    },
  ),
};

await main(import.meta.url, async () => {
  const { backOff } = await import('exponential-backoff');
  return pollByEta((url, headers) =>
    backOff(async () => {
      const answer = await fetch(url, { headers });
      if (answer.status >= 500 || answer.status === 429) throw new Error(`${answer.status}`);
      return { status: answer.status, text: await answer.text() };
    }),
  );
});
