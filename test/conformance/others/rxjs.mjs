import { adapter, askOnce, finish, isFinal, main, schedule } from './common.mjs';

export const entry = {
  name: 'rxjs',
  kind: 'other',
  what: 'timer and switchMap: asks at once and every 2 s, whether the answer before has come or not',
  packages: ['rxjs'],
  command: adapter('rxjs'),
  plays: [
    {
      suite: 'polling-basics',
      finds: ['eta-respected', 'single-flight', 'survives-a-blip'],
      may: [
        ...['newest-eta-used', 'spacing', 'retry-after-honoured', 'expectations'],
        ...['reaches-the-end', 'reads-the-result', 'stops-when-final'],
      ],
      why: 'timer(0, 2000) waits for nothing: an answer of 5 s is dropped by switchMap for the next request; an error ends the stream',
    },
  ],
};

await main(import.meta.url, async () => {
  const { first, firstValueFrom, switchMap, timer } = await import('rxjs');
  const { body, job } = await schedule();
  const polled = timer(0, 2000).pipe(
    switchMap(() => askOnce(job.id)),
    first(isFinal),
  );
  return finish(body, await firstValueFrom(polled));
});
