import { adapter, ENDED, main, ofRetries, pollByEta } from './common.mjs';

export const entry = {
  name: 'got',
  kind: 'other',
  what: 'repeats a GET twice, after 1 s and 2 s or as Retry-After says',
  packages: ['got'],
  command: adapter('got'),
  plays: ofRetries(
    {
      finds: [],
      why: 'two repetitions are enough for each failure there; calculateRetryDelay waits for Retry-After',
    },
    {
      finds: [['reaches-the-end', 'expectations']],
      may: ENDED,
      why: 'retry.limit is 2, the outage lasts four answers: the third 503 is thrown',
    },
  ),
};

await main(import.meta.url, async () => {
  const { default: got } = await import('got');
  return pollByEta(async (url, headers) => {
    const { statusCode, body } = await got(url, { headers, throwHttpErrors: false });
    return { status: statusCode, text: body };
  });
});
