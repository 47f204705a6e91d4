import { adapter, askOnce, finish, isFinal, isHopeless, main, schedule } from './common.mjs';

export const entry = {
  name: 'promise-poller',
  kind: 'other',
  what: 'asks at once, then every second; ends after five failures',
  packages: ['promise-poller'],
  command: adapter('promise-poller'),
  plays: [
    {
      suite: 'polling-basics',
      finds: ['eta-respected', 'retry-after-honoured'],
      may: ['newest-eta-used', 'backs-off', 'expectations', 'reaches-the-end', 'reads-the-result'],
      why: 'poll() runs at once, fixed-interval is 1 s after PENDING and after a 503 alike',
    },
  ],
};

await main(import.meta.url, async () => {
  const { default: imported } = await import('promise-poller');
  const promisePoller = imported.default ?? imported;
  const { body, job } = await schedule();
  const end = await promisePoller({
    taskFn: () => askOnce(job.id),
    interval: 1000,
    masterTimeout: 80_000,
    shouldContinue: (error, told) => (error ? !isHopeless(error) : !isFinal(told)),
  });
  return finish(body, end);
});
