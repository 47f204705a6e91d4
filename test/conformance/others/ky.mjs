import { adapter, ENDED, main, ofRetries, pollByEta } from './common.mjs';

export const entry = {
  name: 'ky',
  kind: 'other',
  what: 'repeats a GET twice, after 0.3 s and 0.6 s or as Retry-After says',
  packages: ['ky'],
  command: adapter('ky'),
  plays: ofRetries(
    {
      finds: [],
      may: ['spacing'],
      why: '#calculateRetryDelay waits for Retry-After; 0.3 s after a reset is short, and is all',
    },
    {
      finds: [['reaches-the-end', 'expectations']],
      may: [...ENDED, 'spacing'],
      why: 'retry.limit is 2, the outage lasts four answers: HTTPError after the third',
    },
  ),
};

await main(import.meta.url, async () => {
  const { default: ky } = await import('ky');
  return pollByEta(async (url, headers) => {
    const answer = await ky(url, {
      headers,
      throwHttpErrors: (status) => status >= 500 || status === 429,
    });
    return { status: answer.status, text: await answer.text() };
  });
});
