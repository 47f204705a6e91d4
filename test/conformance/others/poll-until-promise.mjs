import { adapter, askOnce, finish, isFinal, isHopeless, main, schedule } from './common.mjs';

export const entry = {
  name: 'poll-until-promise',
  kind: 'other',
  what: 'asks at once, then every second, after errors too',
  packages: ['poll-until-promise'],
  command: adapter('poll-until-promise'),
  plays: [
    {
      suite: 'polling-basics',
      finds: ['eta-respected', 'retry-after-honoured'],
      may: ['newest-eta-used', 'backs-off', 'expectations', 'reaches-the-end', 'reads-the-result'],
      why: 'execute() runs at once, _executeAgain waits one interval after false and after what was thrown alike; backoffFactor is 1',
    },
  ],
};

await main(import.meta.url, async () => {
  const { waitFor, AbortError } = await import('poll-until-promise');
  const { body, job } = await schedule();
  const ask = async () => {
    const told = await askOnce(job.id).catch((error) => {
      throw isHopeless(error) ? new AbortError(error.message) : error;
    });
    return isFinal(told) ? told : false;
  };
  return finish(body, await waitFor(ask, { interval: 1000, timeout: 80_000 }));
});
