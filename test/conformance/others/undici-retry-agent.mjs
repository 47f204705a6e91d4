import { adapter, main, ofRetries, pollByEta } from './common.mjs';

export const entry = {
  name: 'undici RetryAgent',
  kind: 'other',
  what: 'repeats a GET five times, after 0.5 s, 1 s, 2 s, … or as Retry-After says',
  packages: ['undici'],
  command: adapter('undici-retry-agent'),
  plays: ofRetries(
    {
      finds: [],
      why: 'RetryHandler doubles its pause and waits for Retry-After; 401 and 404 are not among its statusCodes',
    },
    { finds: [], why: 'maxRetries is 5, the outage lasts four answers; 0.5, 1, 2, 4 s grow' },
  ),
};

await main(import.meta.url, async () => {
  const { Agent, RetryAgent, request } = await import('undici');
  const dispatcher = new RetryAgent(new Agent());
  return pollByEta(async (url, headers) => {
    const { statusCode, body } = await request(url, { headers, dispatcher });
    return { status: statusCode, text: await body.text() };
  });
});
