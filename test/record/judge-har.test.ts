import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Verdict } from '../../src/audit/verdict.js';
import { type SessionControl, startSandbox } from '../../src/index.js';
import { loadApis } from '../../src/load/load-setup.js';
import { readHar } from '../../src/record/judge/har.js';
import { judgeSeen } from '../../src/record/judge/judge-seen.js';
import { makeClient } from '../support/client.js';
import { run } from '../support/command.js';
import { disability } from '../support/conclusions.js';

interface Written {
  at: string;
  until?: string;
  took?: number;
  method: string;
  path: string;
  status: number;
  request: { headers: Record<string, string>; body?: string };
  response: { headers: Record<string, string>; body?: string };
}

/** A journal as a browser would have written it down. */
function harOf(exchanges: readonly Written[], base64 = false) {
  const list = (headers: Record<string, string>) =>
    Object.entries(headers).map(([name, value]) => ({ name, value }));
  return {
    log: {
      version: '1.2',
      entries: exchanges.map(({ at, took, method, path, status, request, response }) => ({
        startedDateTime: at,
        // Overlaps go by the machine's clock, which a manual one leaves alone.
        time: Math.min(took ?? 0, 50),
        request: {
          method,
          url: `https://api.example.org${path}`,
          headers: list(request.headers),
          ...(request.body
            ? { postData: { mimeType: 'application/json', text: request.body } }
            : {}),
        },
        response: {
          status,
          headers: list(response.headers),
          content: {
            size: response.body?.length ?? 0,
            mimeType: 'application/json',
            text: base64 ? Buffer.from(response.body ?? '').toString('base64') : response.body,
            ...(base64 ? { encoding: 'base64' } : {}),
          },
        },
      })),
    },
  };
}

/** What a verdict says, without what only a scenario can tell. */
function told({ rules, jobs }: Verdict | Verdict<string>) {
  return {
    rules: rules
      .filter(({ rule }) => rule !== 'expectations')
      .map(({ rule, outcome, tested, findings }) => ({
        rule,
        outcome,
        tested,
        findings: findings.map(({ message, severity, job, evidence }) => ({
          message,
          severity,
          job,
          evidence: evidence.map(({ seq, text }) => ({ seq, text })),
        })),
      })),
    jobs: jobs.map(({ operation, job, outcome, polls }) => ({
      operation,
      job,
      outcome,
      polls: polls.map(({ seq, reply, status, state, breaks }) => ({
        seq,
        reply,
        status,
        state,
        breaks: breaks.filter((rule) => rule !== 'expectations'),
      })),
    })),
  };
}

const SCENARIOS = ['done-after-eta', 'eta-moves'];

/** Asks again and again with pauses that are drawn from a list, and reads the result or not. */
async function playClient(
  session: SessionControl,
  url: string,
  pauses: readonly number[],
  reads: boolean,
) {
  const client = makeClient(url);
  const { json, status } = await client.create(disability());
  if (status >= 300) return;
  for (const pause of pauses) {
    session.clock.advance(pause);
    const { json: body } = await client.poll(json.data.id);
    const [link] = body?.data?.links ?? [];
    if (!reads || link?.href === undefined) continue;
    // A file's moments are its only clock: what follows an answer comes later.
    session.clock.advance(1000);
    const { subject, encounter } = disability();
    await client.read(subject.value, encounter.value, link.href.split('/').at(-1));
  }
}

it('says the same of a HAR as of the session whose exchanges stand in it', async () => {
  const sandbox = await startSandbox({
    clock: { mode: 'manual', now: Date.parse('2026-03-03T09:00:00Z') },
  });
  onTestFinished(() => sandbox.close());
  const apis = await loadApis({});
  const seen = new Set<string>();
  for (const [i, scenario] of SCENARIOS.entries()) {
    for (const [n, pauses] of [
      [3000, 20000, 20000, 600000],
      [100, 100, 5000, 60000, 60000],
    ].entries()) {
      const session = sandbox.session(`s${i}-${n}`);
      session.set({ scenario });
      await playClient(session, session.url, pauses, n === 0);
      const { exchanges } = (await (
        await fetch(`${sandbox.url}/__sandbox/sessions/s${i}-${n}/journal`)
      ).json()) as { exchanges: Written[] };
      const verdict = session.verdict({ run: 'over' });
      const text = JSON.stringify(harOf(exchanges, n === 1));
      const read = readHar('x.har', text, apis, undefined);
      const judged = judgeSeen({ name: 'x', apis, seen: read.seen, tolerances: {} });
      expect({ scenario, n, ...told(judged) }).toEqual({ scenario, n, ...told(verdict as never) });
      for (const { rule, outcome } of judged.rules) if (outcome === 'failed') seen.add(rule);
    }
  }
  // It is not that nothing was found in either.
  expect(seen.size).toBeGreaterThan(0);
});

it('judge --har tells what it left out, and its exit code what it found', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-har-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const sandbox = await startSandbox({ scenario: 'done-after-eta' });
  onTestFinished(() => sandbox.close());
  const client = makeClient(sandbox.url);
  const { json } = await client.create(disability());
  await client.poll(json.data.id);
  const { exchanges } = (await (
    await fetch(`${sandbox.url}/__sandbox/sessions/default/journal`)
  ).json()) as { exchanges: Written[] };
  const har = harOf(exchanges);
  const [first] = har.log.entries as [(typeof har.log.entries)[0]];
  har.log.entries.push({
    ...first,
    request: { ...first.request, method: 'GET', url: 'https://fonts.example.com/a.css' },
  });
  const poll = har.log.entries[1] as typeof first;
  const bare = {
    ...poll,
    response: {
      ...poll.response,
      content: { size: 117, mimeType: 'application/json', text: undefined },
    },
  };
  har.log.entries.push(bare as never);
  har.log.entries.push({ ...poll, response: { ...poll.response, status: 0 } });
  const file = join(folder, 't.har');
  await writeFile(file, JSON.stringify(har));
  const { code, out, err } = await run('judge', '--har', file);
  expect(out).toContain('error eta-respected: ');
  expect(code).toBe(1);
  expect(err).toContain('left out, as they are of other hosts: fonts.example.com (1)');
  expect(err).toContain('left out, as the file has no body of their answers: 1 about jobs');
  expect(err).toContain('1 without an answer: a HAR does not tell');

  await writeFile(file, '{"log": {"entries": []}}');
  expect((await run('judge', '--har', file)).code).toBe(2);
  await writeFile(file, '{"log": 1}');
  const none = await run('judge', '--har', file);
  expect(none).toMatchObject({ code: 3, err: expect.stringContaining('[HAR_UNREADABLE]') });
});
