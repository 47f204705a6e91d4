import { adapter, ENDED, main, ofRetries, pollByEta } from './common.mjs';

export const entry = {
  name: 'superagent',
  kind: 'other',
  what: 'repeats a GET three times, at once',
  packages: ['superagent'],
  command: adapter('superagent'),
  plays: ofRetries(
    {
      finds: ['retry-after-honoured'],
      may: ['spacing', 'expectations'],
      why: '_retry sends the request again without any pause, whatever Retry-After says; 503 and ECONNRESET are on its lists',
    },
    {
      finds: ['retry-after-honoured', 'backs-off', ['reaches-the-end', 'expectations']],
      may: ['spacing', ...ENDED],
      why: 'three repetitions within milliseconds, after which the fourth 503 is handed on',
    },
  ),
};

await main(import.meta.url, async () => {
  const { default: superagent } = await import('superagent');
  return pollByEta(async (url, headers) => {
    const { status, text } = await superagent
      .get(url)
      .set(headers)
      .ok(() => true)
      .retry(3);
    return { status, text };
  });
});
