import { adapter, askOnce, finish, isFinal, isHopeless, main, schedule } from './common.mjs';

export const entry = {
  name: 'p-retry',
  kind: 'other',
  what: 'as a waiting loop: asks at once, then after 1, 2, 4, … s',
  packages: ['p-retry'],
  command: adapter('p-retry'),
  plays: [
    {
      suite: 'polling-basics',
      finds: ['eta-respected', 'retry-after-honoured'],
      may: ['newest-eta-used', 'expectations', 'reaches-the-end', 'reads-the-result'],
      why: 'pRetry calls its input before any pause, calculateDelay knows neither eta nor Retry-After: 1 s after the first 503',
    },
  ],
};

await main(import.meta.url, async () => {
  const { default: pRetry, AbortError } = await import('p-retry');
  const { body, job } = await schedule();
  const end = await pRetry(async () => {
    const told = await askOnce(job.id).catch((error) => {
      throw isHopeless(error) ? new AbortError(error.message) : error;
    });
    if (!isFinal(told)) throw new Error(`still ${told.status}`);
    return told;
  });
  return finish(body, end);
});
