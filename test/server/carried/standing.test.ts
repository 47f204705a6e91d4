import { expect, it } from 'vitest';
import { type Tape, tapeOf } from '../../../src/sandbox/facts/tape.js';
import { StandingSessions } from '../../../src/sandbox/standing-sessions.js';
import { callControl } from '../../support/control.js';
import { linesOf } from '../../support/folded.js';
import { playJob } from '../../support/life.js';
import { openServer, play } from './played.js';

/** Facts of a session with lives of several kinds, and with polls enough for several checkpoints. */
async function played() {
  const server = await openServer();
  await play(server, 'one');
  const client = server.clientOf('one');
  await server.control('PUT', '/sessions/one', { chaos: null, quota: null });
  for (let round = 0; round < 12; round += 1) {
    const job = await client.schedule('done-after-eta');
    for (let i = 0; i < 150; i += 1) await client.poll(job);
    await server.control('POST', '/sessions/one/clock/advance', { by: '1s' });
  }
  const session = server.sandbox.session('one');
  return { session, tape: await tapeOf(session.facts()) };
}

/** As the first facts make it, from the beginning. */
async function fromTheBeginning(
  { session, tape }: Awaited<ReturnType<typeof played>>,
  count: number,
) {
  return linesOf(await new StandingSessions('one', session.setup, tape.facts).after(count));
}

const upTo = (tape: Tape, seq: number) => tape.upTo(seq) as number;

it('folds no more than the facts behind a checkpoint, once all have been folded', async () => {
  const one = await played();
  const { session, tape } = one;
  const all = tape.facts.length;
  expect(all).toBeGreaterThan(3000);
  const standing = new StandingSessions('one', session.setup, tape.facts);
  const whole = await standing.after(all);
  expect(standing.folded).toBe(all);
  expect(linesOf(whole)).toEqual(linesOf(session));
  for (const seq of [1, 3, 12, 400, tape.last - 1, 401, tape.last, 900]) {
    const before = standing.folded;
    const shown = await standing.after(upTo(tape, seq));
    expect(standing.folded - before).toBeLessThanOrEqual(1000);
    expect(shown.journal.size).toBe(seq);
    expect(linesOf(shown)).toEqual(await fromTheBeginning(one, upTo(tape, seq)));
  }
});

it('what somebody does to a session as it stood changes no other look', async () => {
  const one = await played();
  const { session, tape } = one;
  const standing = new StandingSessions('one', session.setup, tape.facts);
  const count = upTo(tape, 900);
  const first = await standing.after(count);
  const before = linesOf(first);
  for (const job of [...first.jobs.all()]) {
    const draft = first.draft(job.api);
    draft.forget(job, true);
    first.keep(draft);
  }
  first.setClock({ mode: 'real' });
  first.settle();
  expect(linesOf(first)).not.toEqual(before);
  expect(linesOf(await standing.after(count))).toEqual(before);
  expect(linesOf(await standing.after(tape.facts.length))).toEqual(linesOf(session));
});

it('an answer that hangs is open at its exchange, and has ended at later ones', async () => {
  const life = '{ answer: { fault: hang }, for: 1 poll, off_contract: true }';
  const { sandbox, client, job } = await playJob(life);
  const left = new AbortController();
  const asked = client.poll(job, left.signal).catch(() => undefined);
  const journal = async (at: string) => {
    const { json } = await callControl(sandbox.url, 'GET', `/sessions/default/journal${at}`);
    return json.exchanges as { until?: string; left: boolean }[];
  };
  await expect.poll(async () => (await journal('')).length).toBe(2);
  left.abort();
  await asked;
  await expect.poll(async () => (await journal(''))[1]?.until).toBeDefined();
  await client.poll(job);
  expect((await journal('?at=2'))[1]).not.toHaveProperty('until');
  expect((await journal('?at=3'))[1]).toMatchObject({ left: true, until: expect.any(String) });
});
