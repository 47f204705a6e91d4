import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeClient } from '../support/client.js';
import { disabilityOf } from '../support/conclusions.js';
import { openSandbox } from '../support/sandbox.js';

const SEED = Number(process.env.FUZZ_SEED ?? 1);
const uuid = fc.uuid({ version: 4 });

/** What one client does next in its session. */
const act = fc.oneof(
  fc.record({ does: fc.constant('create' as const), patient: uuid }),
  fc.record({ does: fc.constant('poll' as const), which: fc.nat() }),
  fc.record({ does: fc.constant('search' as const), which: fc.nat() }),
  fc.record({ does: fc.constant('advance' as const), by: fc.integer({ min: 0, max: 5000 }) }),
  fc.record({ does: fc.constant('choose' as const), name: fc.constantFrom('slow', 'failed-1172') }),
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

describe('sessions that are used at the same time', () => {
  it('never meet: jobs, resources, journals, queues, clocks and verdicts are their own', async () => {
    const { sandbox } = await openSandbox();
    let runs = 0;
    const property = fc.asyncProperty(
      fc.array(fc.array(act, { minLength: 5, maxLength: 25 }), { minLength: 2, maxLength: 6 }),
      async (scripts) => {
        runs += 1;
        const lives = await Promise.all(
          scripts.map((script, i) => live(sandbox.session(`fuzz-${runs}-${i}`), script)),
        );
        for (const one of lives) {
          const { session } = one;
          expect(session.jobs().map(({ id }) => id)).toEqual(one.jobs);
          expect(session.journal()).toHaveLength(one.requests);
          expect(session.clock.now().getTime()).toBe(one.now);
          expect(session.verdict().exchanges).toBe(one.requests);
          const subjects = session.resources().map(({ document }) => subjectOf(document));
          for (const subject of subjects) expect(one.patients).toContain(subject);
        }
        for (const one of lives) {
          for (const other of lives.filter((each) => each !== one)) {
            for (const job of one.jobs.slice(0, 3)) {
              expect((await makeClient(other.session.url).poll(job)).status).toBe(404);
            }
          }
        }
      },
    );
    await fc.assert(property, { seed: SEED, numRuns: 40 });
  });
});

function subjectOf(document: Record<string, unknown>): string {
  return (document.subject as { value: string }).value;
}

/** Lets a client do as its script says, and keeps in mind what its session must hold then. */
async function live(
  session: ReturnType<Awaited<ReturnType<typeof openSandbox>>['sandbox']['session']>,
  script: readonly Act[],
) {
  const client = makeClient(session.url);
  const kept = {
    session,
    jobs: [] as string[],
    patients: [] as string[],
    requests: 0,
    now: session.clock.now().getTime(),
  };
  for (const step of script) {
    if (step.does === 'create') {
      const { status, json } = await client.create(disabilityOf(step.patient));
      expect(status).toBe(200);
      kept.jobs.push(json.data.id);
      kept.patients.push(step.patient);
      kept.requests += 1;
    } else if (step.does === 'poll' && kept.jobs.length > 0) {
      const job = kept.jobs[step.which % kept.jobs.length] as string;
      expect((await client.poll(job)).json.data.id).toBe(job);
      kept.requests += 1;
    } else if (step.does === 'search' && kept.patients.length > 0) {
      const patient = kept.patients[step.which % kept.patients.length] as string;
      const { json } = await client.search(`subject=${patient}`);
      for (const found of json.data) expect(found.subject.value).toBe(patient);
      kept.requests += 1;
    } else if (step.does === 'advance') {
      session.clock.advance(step.by);
      kept.now += step.by;
    } else if (step.does === 'choose') session.set({ scenario: step.name });
  }
  return kept;
}
