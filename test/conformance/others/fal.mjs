import { adapter, base, ENDED, main } from './common.mjs';

export const entry = {
  name: '@fal-ai/client',
  kind: 'other',
  what: 'subscribe: at once, then every 0.5 s; repetitions after 1, 2, 4, … s give or take a quarter',
  packages: ['@fal-ai/client'],
  pack: './test/conformance/apis/fal',
  command: adapter('fal'),
  remark:
    'A request that fails is COMPLETED too, and the answer to reading its result tells the error: a binding cannot say that, so no failure is played',
  plays: [
    {
      suite: 'polling-basics',
      finds: ['spacing', 'retry-after-honoured'],
      may: ['expectations'],
      why: 'DEFAULT_POLL_INTERVAL is 500 ms; calculateBackoffDelay knows no Retry-After: about 1 s where 2 are asked for',
    },
    {
      scenarios: ['no-end'],
      finds: ['gives-up', 'spacing'],
      may: ENDED,
      timeout: '25s',
      why: 'without a timeout of its caller poll() is set again for ever',
    },
    {
      scenarios: ['lost-submission'],
      finds: ['no-duplicate-submission'],
      may: ['expectations', 'backs-off', 'spacing'],
      why: 'submit has QUEUE_RETRY_CONFIG, and isRetryableNetworkError asks for no method',
    },
  ],
};

await main(import.meta.url, async () => {
  const { createFalClient } = await import('@fal-ai/client');
  const client = createFalClient({
    credentials: 'key',
    fetch: (url, init) => fetch(String(url).replace('https://queue.fal.run', base), init),
  });
  const { data } = await client.subscribe('fal-ai/demo', { input: { prompt: 'A cat' } });
  return data;
});
