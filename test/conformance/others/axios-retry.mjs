import { adapter, ENDED, main, ofRetries, pollByEta } from './common.mjs';

export const entry = {
  name: 'axios-retry',
  kind: 'other',
  what: 'repeats a GET three times at once, or as Retry-After says',
  packages: ['axios-retry', 'axios'],
  command: adapter('axios-retry'),
  plays: ofRetries(
    {
      finds: [],
      may: ['spacing'],
      why: 'noDelay waits for Retry-After; after a reset it repeats at once, and once is enough',
    },
    {
      finds: [
        ['backs-off', 'spacing'],
        ['reaches-the-end', 'expectations'],
      ],
      may: ENDED,
      why: 'noDelay: three repetitions within milliseconds; retries is 3, the fourth 503 is thrown',
    },
  ),
};

await main(import.meta.url, async () => {
  const { default: axios } = await import('axios');
  const { default: axiosRetry } = await import('axios-retry');
  const client = axios.create({ responseType: 'text', transformResponse: [(text) => text] });
  axiosRetry(client);
  return pollByEta(async (url, headers) => {
    const { status, data } = await client.get(url, { headers }).catch((error) => {
      if (!error.response) throw error;
      return error.response;
    });
    return { status, text: data };
  });
});
