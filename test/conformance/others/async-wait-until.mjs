import { adapter, askOnce, finish, isFinal, main, schedule } from './common.mjs';

export const entry = {
  name: 'async-wait-until',
  kind: 'other',
  what: 'asks at once, then every half second, for ever or until something is thrown',
  packages: ['async-wait-until'],
  command: adapter('async-wait-until'),
  plays: [
    {
      suite: 'polling-basics',
      finds: ['eta-respected', 'spacing', 'survives-a-blip'],
      may: [
        ...['newest-eta-used', 'retry-after-honoured', 'expectations'],
        ...['reaches-the-end', 'reads-the-result'],
      ],
      why: 'waitUntil calls its predicate before any pause, and rejects with what that throws: a 503, a reset',
    },
    {
      scenarios: ['no-end'],
      timeout: '25s',
      finds: ['gives-up', 'eta-respected', 'spacing'],
      may: ['newest-eta-used', 'expectations', 'reaches-the-end', 'reads-the-result'],
      why: 'WAIT_FOREVER starts no timer that would end it',
    },
  ],
};

await main(import.meta.url, async () => {
  const { waitUntil, WAIT_FOREVER } = await import('async-wait-until');
  const { body, job } = await schedule();
  const ask = async () => {
    const told = await askOnce(job.id);
    return isFinal(told) && told;
  };
  const end = await waitUntil(ask, { timeout: WAIT_FOREVER, intervalBetweenAttempts: 500 });
  return finish(body, end);
});
