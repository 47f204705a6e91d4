import { describe, expect, it } from 'vitest';
import { judge } from '../../src/audit/judge.js';
import { shownFindings } from '../../src/report/describe.js';
import { Poller } from '../clients/poller.js';
import { base64 } from '../support/client.js';
import { disability, disabilityOf, ENCOUNTER, PATIENT } from '../support/conclusions.js';
import { eventually } from '../support/eventually.js';
import { evidence, poll, START, submission } from '../support/evidence.js';
import { openSandbox } from '../support/sandbox.js';
import { broken, play, ruleOf } from './play.js';

const messages = (verdict: Parameters<typeof ruleOf>[0], name: string) =>
  ruleOf(verdict, name).findings.map((f) => f.message);

describe('more findings of a rule than anybody reads', () => {
  const jobs = Array.from({ length: 1500 }, (_, i) => String(i));
  const verdict = judge(evidence(jobs.map((job, i) => submission(job, { at: START + i }))));
  const rule = ruleOf(verdict, 'no-duplicate-submission');

  it('are counted, and a thousand of them held', () => {
    expect(rule.findings).toHaveLength(1000);
    expect(rule).toMatchObject({ outcome: 'failed', omitted: 499 });
    const others = verdict.rules.filter(({ rule }) => rule !== 'no-duplicate-submission');
    const held = others.flatMap(({ findings }) => findings).filter((f) => f.severity === 'error');
    const left = others.reduce((sum, { omitted = 0 }) => sum + omitted, 0);
    expect(verdict.counts.error).toBe(1499 + held.length + left);
  });

  it('are named as left out where a report lists some', () => {
    expect(shownFindings(rule)).toMatchObject({
      rest: 'no-duplicate-submission: 1489 more of the kind; the JSON report has 1000',
    });
  });

  it('lose none that is graver than those that came first', () => {
    const followed = jobs.slice(0, 1200).flatMap((job, i) => {
      const at = START + 10 * i;
      return [
        submission(job, { at }),
        poll(job, { at: at + 1 }),
        poll(job, { at: START + 60_000 }),
      ];
    });
    const dropped = ['x', 'y'].map((job) => submission(job, { at: START + 30_000 }));
    const { findings } = ruleOf(
      judge(evidence([...followed, ...dropped])),
      'no-duplicate-submission',
    );
    expect(findings.slice(0, 3).map(({ severity }) => severity)).toEqual([
      'error',
      'error',
      'note',
    ]);
  });
});

describe('what cannot be known', () => {
  it('says of a session without requests that nothing was exercised', async () => {
    const { sandbox } = await openSandbox();
    const { rules, held, exchanges } = sandbox.verdict();
    expect(rules.map((r) => r.outcome)).toEqual(rules.map(() => 'not exercised'));
    expect({ held, exchanges }).toEqual({ held: true, exchanges: 0 });
  });

  it('passes no rule when the journal has let exchanges go, and keeps what is found', async () => {
    const { sandbox } = await openSandbox({ limits: { journal: 6 } });
    sandbox.next('done-after-two-polls', { times: 2 });
    await new Poller(sandbox, { eta: 'none' }).run(disability());
    await new Poller(sandbox, { eta: 'none' }).run(disability());
    const verdict = sandbox.verdict();
    expect(verdict.dropped).toBeGreaterThan(0);
    expect(verdict.rules.filter((r) => r.outcome === 'passed')).toEqual([]);
    expect(ruleOf(verdict, 'eta-respected').outcome).toBe('failed');
    const { outcome, reason } = ruleOf(verdict, 'stops-when-final');
    expect(outcome).toBe('not exercised');
    expect(reason).toMatch(/^the journal has let \d+ exchanges? go, .*--keep-journal keeps more$/);
    // The first job was handed out in what is gone, so its polls are those of no stranger.
    expect(ruleOf(verdict, 'only-known-jobs').findings).toEqual([]);
  });

  it('holds nothing undone against a client that is still running', async () => {
    const { sandbox, client } = await openSandbox();
    sandbox.next('done-after-two-polls');
    const { json } = await client.create(disability());
    sandbox.clock.advance('3s');
    await client.poll(json.data.id);
    expect(broken(sandbox.verdict({ run: 'running' }))).toEqual([]);
    expect(broken(sandbox.verdict())).toEqual(['reaches-the-end']);
  });

  it('says of a client that had to be stopped that it did not give up', async () => {
    const { sandbox } = await openSandbox();
    sandbox.next('never-ends');
    await new Poller(sandbox, { polls: 5 }).run(disability());
    expect(ruleOf(sandbox.verdict(), 'gives-up').outcome).toBe('passed');
    const stopped = sandbox.verdict({ run: 'stopped' });
    expect(messages(stopped, 'gives-up')).toEqual([
      'the client was still polling (5 polls in 21.5 s) when its run was stopped; one that would have given up later needs a longer --timeout',
    ]);
    // One that had stopped long before its process was ended had given up.
    sandbox.clock.advance('10min');
    expect(ruleOf(sandbox.verdict({ run: 'stopped' }), 'gives-up').outcome).not.toBe('failed');
  });

  it('finds a client that was stopped while it waited for a silent server', async () => {
    const { sandbox, client } = await openSandbox();
    sandbox.next('silent-server');
    const { json } = await client.create(disability());
    sandbox.clock.advance('3s');
    const abort = new AbortController();
    const asked = fetch(`${sandbox.url}/api/patients/composition/job/${json.data.id}`, {
      headers: { Authorization: 'Bearer t', 'api-key': 'k' },
      signal: abort.signal,
    }).catch(() => undefined);
    await eventually(() => sandbox.journal().length >= 2);
    expect(ruleOf(sandbox.verdict({ run: 'running' }), 'bounded-wait').outcome).toBe(
      'not exercised',
    );
    // So far it may have a time-out like any other client.
    expect(ruleOf(sandbox.verdict({ run: 'stopped' }), 'bounded-wait').outcome).toBe(
      'not exercised',
    );
    sandbox.clock.advance('20s');
    abort.abort();
    await asked;
    expect(messages(sandbox.verdict({ run: 'stopped' }), 'bounded-wait')).toEqual([
      expect.stringMatching(/^1 request waited for a silent server .*, until its run was stopped$/),
    ]);
  });
});

describe('tolerances', () => {
  it('gives way as far as the caller says', async () => {
    const tolerances = { 'eta-respected': 60_000 };
    const { verdict } = await play('done-after-eta', { eta: 'none' }, { tolerances });
    expect(ruleOf(verdict, 'eta-respected').outcome).toBe('not exercised');
  });

  it('leaves a rule out that is off', async () => {
    const { verdict } = await play(
      'done-after-eta',
      { eta: 'none' },
      { tolerances: { 'eta-respected': 'off' } },
    );
    expect(ruleOf(verdict, 'eta-respected')).toMatchObject({ outcome: 'off', findings: [] });
    expect(broken(verdict)).toEqual([]);
  });

  it('takes what a scenario says, unless the caller says otherwise', async () => {
    const { sandbox } = await openSandbox({ scenarios: 'test/fixtures/tolerant' });
    sandbox.next('tolerant');
    await new Poller(sandbox, { eta: 'none', pollsAfterEnd: 1 }).run(disability());
    const verdict = sandbox.verdict();
    expect(ruleOf(verdict, 'eta-respected').outcome).toBe('not exercised');
    expect(ruleOf(verdict, 'stops-when-final').outcome).toBe('not exercised');
    const strict = sandbox.verdict({ tolerances: { 'eta-respected': 50 } });
    expect(ruleOf(strict, 'eta-respected').outcome).toBe('failed');
  });

  it('refuses an unknown rule and a value that is none, and says what there is', async () => {
    const { sandbox } = await openSandbox();
    const ask = (tolerances: Record<string, number | 'off'>) => () =>
      sandbox.verdict({ tolerances });
    expect(ask({ 'eta-respectd': 1 })).toThrow(
      'unknown rule "eta-respectd"; did you mean eta-respected?',
    );
    expect(ask({ 'single-flight': 1 })).toThrow('write single-flight=off to leave it out');
    expect(ask({ 'stops-on-404': -1 })).toThrow('"-1" is no tolerance for stops-on-404');
  });
});

describe('expectations of scenarios', () => {
  it.each([
    [
      'done-after-eta',
      { polls: 0 },
      "reaches_end: the client never saw the job's end; it stopped after 0 polls",
    ],
    ['done-after-eta', { reads: 'nothing' as const }, 'result_read: the result was not read'],
    ['done-after-two-polls', { polls: 1 }, 'polls.at_least: the job was polled 1 time, at least'],
    ['done-after-eta', { pollsAfterEnd: 9 }, 'polls.at_most: the job was polled 10 times, at most'],
    ['eta-in-two-stages', { least: 70_000, eta: 'none' as const }, 'within: it took'],
  ])('holds %s against %j', async (scenario, habits, says) => {
    const { verdict } = await play(scenario, habits);
    const said = messages(verdict, 'expectations');
    expect(said.some((m) => m.startsWith(`expect.${says}`))).toBe(true);
  });
});

describe('requests that make no job', () => {
  it('holds a client to Retry-After before it schedules again', async () => {
    const { sandbox } = await openSandbox();
    sandbox.next('overloaded-on-submit', { times: 2 });
    await new Poller(sandbox, { heedsRetryAfter: false }).run(disability());
    expect(broken(sandbox.verdict())).toEqual(['retry-after-honoured']);
  });

  it('warns of a request that is sent again although its first answer was lost', async () => {
    const { sandbox } = await openSandbox();
    sandbox.next('reset-on-submit');
    await new Poller(sandbox, { resubmitsLost: true }).run(disability());
    expect(messages(sandbox.verdict(), 'no-duplicate-submission')).toEqual([
      'the request was sent again although its first answer was lost, so that a job may be there',
    ]);
  });

  it('finds polls of an id that nobody has handed out, and how often it was asked for', async () => {
    const { sandbox, client } = await openSandbox();
    for (let i = 0; i < 5; i += 1) {
      await client.poll('3e1d2c4b-5a69-4788-9c3d-2b1a0f9e8d7c');
      sandbox.clock.advance('3s');
    }
    expect(broken(sandbox.verdict())).toEqual(['stops-on-404', 'only-known-jobs']);
  });
});

describe('what belongs to a job', () => {
  it('takes a search that finds the composition for reading it, when DONE gives no link', async () => {
    const { sandbox, client } = await openSandbox();
    sandbox.next('done-no-links');
    const { json } = await client.create(disability());
    sandbox.clock.advance('3s');
    await client.poll(json.data.id);
    const before = sandbox.verdict();
    expect(messages(before, 'reads-the-result')[0]).toMatch(
      /without a link, and its result was neither/,
    );
    await client.search(`subject=${PATIENT}&encounter=${ENCOUNTER}`);
    expect(ruleOf(sandbox.verdict(), 'reads-the-result').outcome).toBe('passed');
  });

  it('lets a client look at the composition whose signing has failed', async () => {
    const { sandbox, client } = await openSandbox();
    const created = await client.create(disability());
    sandbox.clock.advance('3s');
    const done = await client.poll(created.json.data.id);
    const id = done.json.data.links[0].href.split('/').at(-1);
    const composition = await client.read(PATIENT, ENCOUNTER, id);
    sandbox.next('failed-1000', { operation: 'signComposition' });
    const signed = await client.sign(id, base64(composition.json.data));
    sandbox.clock.advance('3s');
    const failed = await client.poll(signed.json.data.id);
    expect(failed.json.data.status).toBe('FAILED');
    await client.read(PATIENT, ENCOUNTER, id);
    const verdict = sandbox.verdict();
    expect(broken(verdict)).toEqual([]);
    expect(ruleOf(verdict, 'no-result-on-failure').outcome).toBe('passed');
  });

  it('blames no job that has failed for what goes astray when the client is on to the next', async () => {
    const { sandbox, client } = await openSandbox();
    sandbox.next('failed-error-list');
    const first = await client.create(disability());
    sandbox.clock.advance('3s');
    await client.poll(first.json.data.id);
    sandbox.next('done-after-eta');
    const second = await client.create(disabilityOf(ENCOUNTER));
    await client.read(PATIENT, ENCOUNTER, '3e1d2c4b-5a69-4788-9c3d-2b1a0f9e8d7c');
    expect(ruleOf(sandbox.verdict({ run: 'running' }), 'no-result-on-failure').outcome).toBe(
      'passed',
    );
    expect(second.status).toBe(200);
  });

  it('keeps the jobs of one session apart', async () => {
    const { sandbox, client } = await openSandbox();
    sandbox.next('failed-error-list');
    const first = await client.create(disability());
    const second = await client.create(disabilityOf(ENCOUNTER));
    sandbox.clock.advance('3s');
    const done = await client.poll(second.json.data.id);
    await client.poll(first.json.data.id);
    const id = done.json.data.links[0].href.split('/').at(-1);
    await client.read(ENCOUNTER, ENCOUNTER, id);
    const verdict = sandbox.verdict();
    expect(broken(verdict)).toEqual([]);
    expect(verdict.jobs.map((j) => j.outcome)).toEqual(['failed', 'done']);
  });
});
