import { adapter, base, ENDED, main } from './common.mjs';

export const entry = {
  name: 'replicate',
  kind: 'other',
  what: 'wait(): at once, then every 0.5 s; five repetitions at once',
  packages: ['replicate'],
  pack: './test/conformance/apis/replicate',
  command: adapter('replicate'),
  plays: [
    {
      suite: 'polling-basics',
      finds: ['spacing', 'retry-after-honoured'],
      may: ['backs-off', 'expectations'],
      why: 'interval of wait() is 500 ms; withAutomaticRetries sleeps only for a delay that is an integer, and with jitter it never is',
    },
    {
      scenarios: ['no-end'],
      finds: ['gives-up', 'spacing'],
      may: ENDED,
      timeout: '25s',
      why: 'wait() has no greatest time to wait',
    },
    {
      scenarios: ['lost-submission'],
      finds: ['no-duplicate-submission'],
      may: ['expectations', 'backs-off', 'spacing'],
      why: 'withAutomaticRetries catches what fetch throws, for POST too, and sends it six times',
    },
  ],
};

await main(import.meta.url, async () => {
  const { default: Replicate } = await import('replicate');
  const client = new Replicate({ auth: 'key', baseUrl: `${base}/v1` });
  const input = { text: 'Hello' };
  return client.wait(await client.predictions.create({ version: 'abc', input }), {});
});
