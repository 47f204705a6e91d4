import { adapter, base, ENDED, main } from './common.mjs';

export const entry = {
  name: 'openai',
  kind: 'other',
  what: 'vectorStores.fileBatches.createAndPoll: every 5 s, or as openai-poll-after-ms says; two repetitions',
  packages: ['openai'],
  pack: './test/conformance/apis/openai',
  command: adapter('openai'),
  plays: [
    {
      suite: 'polling-basics',
      finds: [],
      why: 'poll() waits 3 s and longer; retryRequest honours Retry-After, else 0.4 to 0.5 s; 403 and 404 are thrown by shouldRetry',
    },
    {
      scenarios: ['no-end'],
      finds: ['gives-up'],
      may: ENDED,
      timeout: '25s',
      why: 'while (true): poll() has no greatest time to wait',
    },
    {
      scenarios: ['lost-submission'],
      finds: ['no-duplicate-submission'],
      may: ['expectations', 'backs-off', 'spacing'],
      why: 'makeRequest repeats a POST too, without an Idempotency-Key',
    },
  ],
};

await main(import.meta.url, async () => {
  const { default: OpenAI } = await import('openai');
  const client = new OpenAI({ apiKey: 'key', baseURL: `${base}/v1` });
  return client.vectorStores.fileBatches.createAndPoll('vs_1', { file_ids: ['file-1'] });
});
