import { adapter, askOnce, finish, isFinal, main, schedule } from './common.mjs';

export const entry = {
  name: 'p-wait-for',
  kind: 'other',
  what: 'asks at once, then every 20 ms, until something is thrown',
  packages: ['p-wait-for'],
  command: adapter('p-wait-for'),
  plays: [
    {
      suite: 'polling-basics',
      finds: ['eta-respected', 'spacing', 'survives-a-blip'],
      may: [
        ...['newest-eta-used', 'retry-after-honoured', 'expectations'],
        ...['reaches-the-end', 'reads-the-result'],
      ],
      why: 'before is true and interval 20 ms; what the condition throws ends it, and a 503 and a reset are thrown',
    },
  ],
};

await main(import.meta.url, async () => {
  const { default: pWaitFor } = await import('p-wait-for');
  const { body, job } = await schedule();
  const end = await pWaitFor(async () => {
    const told = await askOnce(job.id);
    return isFinal(told) && pWaitFor.resolveWith(told);
  });
  return finish(body, end);
});
