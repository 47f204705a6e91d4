import { describe, expect, it } from 'vitest';
import type { Cause, Judged } from '../../src/audit/cause.js';
import { causesOf, KINDS } from '../../src/audit/causes.js';
import { judge } from '../../src/audit/judge.js';
import { RULES } from '../../src/audit/rules/index.js';
import type { Verdict } from '../../src/index.js';
import { fromJsonVerdict } from '../../src/report/json-verdict.js';
import type { Exchange } from '../../src/sandbox/journal.js';
import { disability } from '../support/conclusions.js';
import { done, evidence, poll, START, submission } from '../support/evidence.js';
import { play } from '../support/life.js';
import { openSandbox } from '../support/sandbox.js';
import {
  chapterOf,
  failed,
  type Poll,
  pending,
  done as said,
  status,
} from '../support/verdicts.js';

/** What is said of one job, by what its polls break. */
const chapter = (name: string, ...polls: Poll[]): Judged => chapterOf(name, [{ job: name, polls }]);

/** The causes in short: `id: how often it shows, how many symptoms`. */
const short = (causes: readonly Cause[]) =>
  causes.map(({ id, findings, symptoms }) => `${id}: ${findings.length}, ${symptoms.length}`);

const judged = (name: string, exchanges: Exchange[]): Judged => ({
  name,
  verdict: judge(evidence(exchanges)),
});

const breaks = (at: number, ...rules: string[]): Poll => pending(at, undefined, { breaks: rules });

describe('causes', () => {
  it('are none where nothing was found', () => {
    expect(causesOf([chapter('good', said(1000))])).toEqual([]);
  });

  it('name too few polls by how far the client came', async () => {
    const { sandbox, client } = await play(
      'title: T\nlife: [{ state: PENDING, for: 3s }, { state: DONE }]\nexpect: { polls: { at_least: 2 } }',
    );
    const schedule = async () => String((await client.create(disability())).json.data.id);
    const named = (verdict: Verdict) => verdict.causes.map(({ id }) => id);
    await client.poll(await schedule());
    expect(named(sandbox.verdict())).toContain('leaves-a-running-job');
    expect(named(sandbox.verdict())).not.toContain('polls-too-seldom');
    sandbox.reset();
    // It comes when the first step is over, and reads DONE at once.
    const late = await schedule();
    sandbox.clock.advance('4s');
    await client.poll(late);
    expect(named(sandbox.verdict())).toContain('polls-too-seldom');
    expect(named(sandbox.verdict())).not.toContain('leaves-a-running-job');
  });

  it('hold every finding once, whatever the rule', () => {
    const all = RULES.map(({ name }) => name);
    const played = [chapter('one', breaks(1000, ...all)), chapter('two', breaks(1000, ...all))];
    const causes = causesOf(played);
    const found = causes.flatMap(({ findings, symptoms }) => [...findings, ...symptoms]);
    expect(found).toHaveLength(2 * all.length);
    expect(new Set(found.map(({ finding }) => finding)).size).toBe(2 * all.length);
  });

  it('are shown by one of their own findings, so that reports do not tell it a second time', () => {
    const early = (name: string) => chapter(name, breaks(1000, 'eta-respected'), said(3000));
    const [cause, ...others] = causesOf([early('a'), early('b')]);
    expect(others).toEqual([]);
    expect(cause?.findings.filter((one) => one === cause.evidence)).toHaveLength(1);
  });

  it.each(RULES.map(({ name }) => name))('know the rule %s', (name) => {
    const [cause, ...others] = causesOf([chapter('one', breaks(1000, name))]);
    expect(others).toEqual([]);
    expect(KINDS.map(({ id }) => id)).toContain(cause?.id);
    expect(cause?.id).not.toBe(name);
  });

  it('are one entry for one thing to change, in however many scenarios', () => {
    const early = (name: string) => chapter(name, breaks(1000, 'eta-respected'), said(3000));
    const causes = causesOf([early('a'), chapter('b', said(3000)), early('c')]);
    expect(causes).toMatchObject([
      { id: 'ignores-eta', severity: 'error', rule: 'eta-respected', scenarios: ['a', 'c'] },
    ]);
    expect(causes[0]?.help).toBe('docs/rules.md#eta-respected');
  });

  it('fold what follows under it, in the same scenario and of the same job only', () => {
    const played = [
      chapter('a', { ...status(1000, 503), breaks: ['survives-a-blip', 'reaches-the-end'] }),
      chapter('b', breaks(1000, 'reaches-the-end')),
      chapterOf('c', [
        { job: 'c1', polls: [{ ...status(1000, 503), breaks: ['survives-a-blip'] }] },
        { job: 'c2', seq: 10, polls: [breaks(1000, 'reaches-the-end')] },
      ]),
    ];
    expect(short(causesOf(played))).toEqual([
      'gives-up-at-the-first-failure: 2, 1',
      'leaves-a-running-job: 2, 0',
    ]);
  });

  it('begin with the gravest, then with what shows in most scenarios', () => {
    const played = [
      chapter('a', breaks(1000, 'backs-off', 'eta-respected')),
      chapter('b', breaks(1000, 'backs-off'), { ...said(2000), breaks: ['stops-when-final'] }),
      chapter('c', { ...said(2000), breaks: ['stops-when-final'] }),
    ];
    expect(causesOf(played).map(({ id }) => id)).toEqual([
      'does-not-stop-at-the-end',
      'ignores-eta',
      'does-not-back-off',
    ]);
  });

  it('take an error for the evidence before a note of the same kind', () => {
    const softened = chapter('a', breaks(1000, 'eta-respected'));
    for (const { findings } of softened.verdict.rules) {
      for (const finding of findings) finding.severity = 'note';
    }
    const [cause] = causesOf([softened, chapter('b', breaks(1000, 'eta-respected'))]);
    expect(cause).toMatchObject({ severity: 'error', evidence: { chapter: 1 } });
    expect(causesOf([softened])).toMatchObject([{ severity: 'note' }]);
  });

  it('take what the command did not do for a finding of the job that it was about', () => {
    const job = chapter('failed-1000', failed(1000));
    const message = 'expect.exit: the command ended with 0, another code was expected';
    const causes = causesOf([{ ...job, commandFindings: [message] }]);
    expect(causes).toMatchObject([
      {
        id: 'takes-failed-for-success',
        evidence: {
          finding: { message, advice: expect.stringContaining('scenarios show failed-1000') },
        },
      },
    ]);
  });

  it('tell what a rule of another version says, under its own name', () => {
    const later = chapter('a', breaks(1000, 'spacing'));
    const [rule] = later.verdict.rules.filter(({ findings }) => findings.length > 0);
    const [finding] = rule?.findings ?? [];
    if (!finding) throw new Error('no finding');
    Object.assign(finding, { rule: 'reads-minds', advice: 'read what is not there' });
    expect(causesOf([later])).toMatchObject([
      { id: 'reads-minds', title: 'Read what is not there' },
    ]);
  });

  it('of ten thousand jobs are found at once', () => {
    const lives = Array.from({ length: 10_000 }, (_, i) => ({
      job: `job-${i}`,
      seq: 2 * i + 1,
      polls: [breaks(1000, 'eta-respected', 'spacing')],
    }));
    const many = chapterOf('many', lives);
    expect(short(causesOf([many]))).toEqual(['ignores-eta: 10000, 10000']);
  });
});

describe('two workers on one job', () => {
  /** Both wait until the eta that they know, the second a little later than the first. */
  const worker = (from: number, etas: readonly number[]): Exchange[] =>
    etas.map((at, i) => poll('1', { at: at + from, eta: START + (etas[i + 1] ?? at) }));

  it('are told from a client that comes too early', () => {
    const etas = [3000, 8000, 15_000, 18_000];
    const exchanges = [
      submission('1', { eta: START + 3000 }),
      ...worker(0, etas),
      ...worker(40, etas),
      poll('1', { at: 20_000, ...done }),
      poll('1', { at: 20_040, ...done }),
    ].sort((a, b) => a.at - b.at);
    const [first] = causesOf([judged('slow', exchanges)]);
    expect(first?.id).toBe('two-workers-on-one-job');
  });

  it('are not seen where a timer does not wait for answers', () => {
    const slow = { durationMs: 1500, eta: START };
    const exchanges = [
      submission('1'),
      ...[1, 2, 3, 4, 5, 6].map((n) =>
        poll('1', { at: n * 1000, endedAt: START + n * 1000 + 1500, ...slow }),
      ),
      poll('1', { at: 9000, ...done }),
    ];
    const ids = causesOf([judged('slow', exchanges)]).map(({ id }) => id);
    expect(ids).toContain('polls-overlap');
    expect(ids).not.toContain('two-workers-on-one-job');
  });

  it('are not seen where one client backs off whatever it is told', () => {
    const exchanges = [
      submission('1', { eta: START + 500 }),
      ...[1000, 2000, 4000, 8000].map((at) => poll('1', { at, eta: START + at + 3000 })),
      poll('1', { at: 16_000, ...done }),
    ];
    const ids = causesOf([judged('slow', exchanges)]).map(({ id }) => id);
    expect(ids).toContain('ignores-eta');
    expect(ids).not.toContain('two-workers-on-one-job');
  });
});

describe('an answer that a client cannot read', () => {
  it.each(['bom', 'interim', 'duplicate-keys'] as const)('is named: %s', (fault) => {
    const exchanges = [
      submission('1', { eta: START + 1000 }),
      poll('1', { at: 2000, eta: START + 4000, fault }),
    ];
    const [cause, ...others] = causesOf([judged('odd', exchanges)]);
    expect(cause?.id).toBe(`cannot-read-${fault}`);
    expect(others).toEqual([]);
  });

  it('is no cause where the client has gone on', () => {
    const exchanges = [
      submission('1', { eta: START + 1000 }),
      poll('1', { at: 2000, eta: START + 4000, fault: 'bom' }),
      poll('1', { at: 4000, eta: START + 8000 }),
    ];
    expect(causesOf([judged('odd', exchanges)]).map(({ id }) => id)).toEqual([
      'leaves-a-running-job',
    ]);
  });
});

describe('a client over HTTP', () => {
  const named = ({ session, ...verdict }: Verdict) =>
    causesOf([{ name: session, verdict: fromJsonVerdict({ session, ...verdict }) }]).map(
      ({ id }) => id,
    );

  it('of two workers is known by what they ask', async () => {
    const { sandbox, client } = await play(
      'life: [{ state: PENDING, for: 8 polls, eta: 5s }, { state: DONE }]',
    );
    const { json } = await client.create(disability());
    let told = json.data;
    for (let round = 0; told.status === 'PENDING' && round < 20; round += 1) {
      sandbox.clock.set({ mode: 'manual', now: told.eta });
      const [one, other] = [await client.poll(json.data.id), await client.poll(json.data.id)];
      told =
        [one.json.data, other.json.data].find(({ status }) => status !== 'PENDING') ??
        one.json.data;
    }
    expect(told.status).toBe('DONE');
    expect(named(sandbox.verdict())[0]).toBe('two-workers-on-one-job');
  });

  it('that ends at a byte order mark is known by it', async () => {
    const { sandbox, client } = await openSandbox();
    sandbox.next('byte-order-mark');
    const { json } = await client.create(disability());
    for (let round = 0; round < 20; round += 1) {
      sandbox.clock.advance('30s');
      const { text } = await client.poll(json.data.id);
      if (text.startsWith('\ufeff')) break;
    }
    expect(named(sandbox.verdict())).toEqual(['cannot-read-bom']);
  });
});

describe('a proof', () => {
  it('holds request and answer as they were sent, with credentials masked and bodies cut', () => {
    const exchanges = [
      submission('1', {
        eta: START + 9000,
        requestHeaders: 'Authorization\nBearer secret-of-the-client\nAccept\n*/*',
        responseBody: 'x'.repeat(5000),
      }),
      poll('1', {
        at: 2000,
        requestHeaders: 'Authorization\nBearer secret-of-the-client',
        responseHeaders: { 'Content-Type': 'application/json' },
        responseBody: '{"status":"PENDING"}',
      }),
    ];
    const { rules, jobs } = judge(evidence(exchanges, { bodyOf: () => 'the body' }));
    const early = rules.find(({ rule }) => rule === 'eta-respected')?.findings[0];
    expect(early?.evidence[0]?.exchange).toEqual({
      request: 'GET /api/jobs/1\nauthorization: Bearer secr… (27 characters)\n\nthe body',
      response: '200\nContent-Type: application/json\n\n{"status":"PENDING"}',
    });
    expect(jobs[0]?.submission.exchange?.response.length).toBeLessThan(2200);
    expect(JSON.stringify(jobs)).not.toContain('secret-of-the-client');
  });

  it('is whole for the first exchanges only', () => {
    const many = Array.from({ length: 5000 }, (_, i) =>
      poll('1', { at: i * 10, eta: START + 60_000 }),
    );
    const { jobs } = judge(evidence([submission('1', { eta: START + 60_000 }), ...many]));
    const whole = jobs[0]?.polls.filter(({ exchange }) => exchange !== undefined) ?? [];
    expect(whole.length).toBeLessThanOrEqual(60);
    expect(whole.length).toBeGreaterThan(50);
  });
});
