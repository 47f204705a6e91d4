import { adapter, ENDED, main, ofRetries, pollByEta } from './common.mjs';

export const entry = {
  name: 'cockatiel',
  kind: 'other',
  what: 'repeats a GET three times, after pauses drawn around 0.1, 0.2 and 0.4 s',
  packages: ['cockatiel'],
  command: adapter('cockatiel'),
  plays: ofRetries(
    {
      finds: ['retry-after-honoured'],
      may: ['spacing', 'expectations'],
      why: 'decorrelatedJitterGenerator begins with less than 0.2 s and looks at no answer; the first 503 asks for 4 s',
    },
    {
      finds: ['retry-after-honoured', ['reaches-the-end', 'expectations']],
      may: ['spacing', 'backs-off', ...ENDED],
      why: 'maxAttempts of 3 repetitions are over within about a second: the fourth 503 is handed on',
    },
  ),
};

await main(import.meta.url, async () => {
  const { ExponentialBackoff, handleAll, retry } = await import('cockatiel');
  const isDown = ({ status }) => status >= 500 || status === 429;
  const policy = retry(handleAll.orWhenResult(isDown), {
    maxAttempts: 3,
    backoff: new ExponentialBackoff(),
  });
  return pollByEta((url, headers) =>
    policy.execute(async () => {
      const answer = await fetch(url, { headers });
      return { status: answer.status, text: await answer.text() };
    }),
  );
});
