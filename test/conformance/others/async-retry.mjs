import { adapter, askOnce, finish, isFinal, isHopeless, main, schedule } from './common.mjs';

export const entry = {
  name: 'async-retry',
  kind: 'other',
  what: 'as a waiting loop: asks at once, then after 1 to 2, 2 to 4, … s',
  packages: ['async-retry'],
  command: adapter('async-retry'),
  plays: [
    {
      suite: 'polling-basics',
      finds: ['eta-respected', 'retry-after-honoured'],
      may: ['newest-eta-used', 'expectations', 'reaches-the-end', 'reads-the-result'],
      why: 'op.attempt runs at once; timeouts of the package retry know neither eta nor Retry-After: less than 2 s after the first 503',
    },
  ],
};

await main(import.meta.url, async () => {
  const { default: retry } = await import('async-retry');
  const { body, job } = await schedule();
  const end = await retry(async (bail) => {
    try {
      const told = await askOnce(job.id);
      if (isFinal(told)) return told;
    } catch (error) {
      if (!isHopeless(error)) throw error;
      return bail(error); // to throw after it would go on in the background
    }
    throw new Error('not at its end');
  });
  return finish(body, end);
});
