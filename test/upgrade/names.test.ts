import { describe, expect, it } from 'vitest';
import type {
  ChaosOptions,
  ClockMode,
  ClockView,
  ExchangeView,
  Finding,
  JobState,
  JournalFilter,
  Problem,
  ResourceView,
  Rules,
  RuleVerdict,
  RunningSandbox,
  SandboxOptions,
  ScenarioSummary,
  SessionControl,
  SessionSettings,
  SessionView,
  SettingChanges,
  SettingValue,
  Tolerances,
  Verdict,
  VerdictOptions,
} from '../../src/index.js';
import * as index from '../../src/index.js';
import { FileError } from '../../src/index.js';
import type { SandboxFixtures, SandboxMatchers } from '../../src/vitest.js';
import * as fixture from '../../src/vitest.js';
import { run } from '../support/command.js';
import { PATIENT } from '../support/conclusions.js';
import { openSandbox } from '../support/sandbox.js';

/** Names that stand in people's suites, tolerances, scripts and reports since 0.3.0. */
const RULES = {
  error: [
    'eta-respected',
    'newest-eta-used',
    'spacing',
    'single-flight',
    'retry-after-honoured',
    'survives-a-blip',
    'tolerates-unknown-status',
    'reaches-the-end',
    'stops-when-final',
    'stops-on-404',
    'stops-on-refusal',
    'gives-up',
    'bounded-wait',
    'reads-the-result',
    'no-result-on-failure',
    'no-duplicate-submission',
    'only-known-jobs',
    'credentials-in-headers',
    'expectations',
  ],
  warning: ['backs-off'],
  note: ['no-herd'],
};

const FAULTS =
  'refused reset empty-reply hang reset-after-headers truncated-body chunked-cut-off wrong-content-length ' +
  'broken-gzip slow-headers slow-body huge-body interim gateway-html redirect wrong-content-type malformed-json ' +
  'breaks-contract duplicate-keys bom clock-skew eta-without-zone eta-local eta-epoch eta-missing eta-null';

const SCENARIOS = {
  happy:
    'done-after-eta done-after-five-polls done-after-two-polls held-until-released immediate-done',
  slow: 'eta-already-past eta-comes-closer eta-in-two-stages eta-moves slow-answer slow-body slow-headers slow',
  failed:
    'failed-1000 failed-1001 failed-1002 failed-1003 failed-1004 failed-1005 failed-1006 failed-1136 failed-1137 ' +
    'failed-1172 failed-after-two-polls failed-error-list failed-error-object failed-error-rules ' +
    'failed-immediately failed-link-error failed-new-start-date failed-response-data failed-unknown-code ' +
    'failed-with-empty-text failed-without-text',
  lost: 'expired-after-done lost-after-pending not-yet-visible unknown-from-the-start',
  refused:
    'forbidden internal-error-on-submit malformed-id-answer refused-on-submit-422 unauthorized-for-ever ' +
    'unauthorized-in-mid-poll',
  throttled: 'overloaded-on-submit throttled-429 unavailable-503',
  broken:
    'bad-gateway-html broken-gzip byte-order-mark chunked-cut-off contract-broken cut-off-json empty-answer ' +
    'empty-reply gateway-timeout html-with-200 malformed-json outage refused-connection reset-after-headers ' +
    'reset-on-submit reset-once server-error-html short-content-length silent-server truncated-body ' +
    'wrong-content-type',
  odd:
    'clock-ahead clock-behind done-bare-envelope done-data-envelope done-full-path-href done-no-href ' +
    'done-no-links done-relative-href done-rooted-href duplicate-keys eta-as-number eta-in-local-time eta-missing ' +
    'eta-null eta-without-zone huge-body interim-answer job-without-status lower-case-status never-ends ' +
    'pending-again-after-done redirected-303 redirected-307 signed-then-erln-error signed-then-erln-pending ' +
    'unknown-status',
};

/** Magic identifiers that stand in people's test data. */
const IDENTIFIERS: Record<string, string> = {
  'done-after-eta': '000000000002',
  'failed-1172': '000000001172',
  'eta-moves': '000000000102',
  'lost-after-pending': '000000000301',
  'unavailable-503': '000000000503',
  'throttled-429': '000000000429',
  'never-ends': '000000000910',
  'reset-on-submit': '000000000808',
};

const list = async (...args: string[]) => JSON.parse((await run(...args, '--json')).out);

describe('names that 0.3.0 has given', () => {
  it('rules keep theirs, and their severity', async () => {
    const rules: { name: string; severity: string }[] = await list('rules');
    const severities = Object.fromEntries(rules.map(({ name, severity }) => [name, severity]));
    for (const [severity, names] of Object.entries(RULES)) {
      for (const name of names) expect(`${name} ${severities[name]}`).toBe(`${name} ${severity}`);
    }
  });

  it('faults keep theirs', async () => {
    const faults: { name: string }[] = await list('faults');
    expect(faults.map(({ name }) => name)).toEqual(expect.arrayContaining(FAULTS.split(' ')));
  });

  it('scenarios keep theirs, their groups and their magic identifiers', async () => {
    const scenarios: ScenarioSummary[] = await list('scenarios');
    for (const [group, names] of Object.entries(SCENARIOS)) {
      const there = scenarios.filter((s) => s.group === group).map(({ name }) => name);
      expect(there).toEqual(expect.arrayContaining(names.split(' ')));
    }
    for (const [name, end] of Object.entries(IDENTIFIERS)) {
      const { when } = scenarios.find((s) => s.name === name) ?? {};
      const id = `00000000-0000-4000-8000-${end}`;
      expect(when, name).toEqual([{ body: { 'subject.value': id } }]);
    }
  });
});

describe('what the package exports', () => {
  it('esoz-sandbox', async () => {
    expect(Object.keys(index)).toEqual(
      expect.arrayContaining(['startSandbox', 'FileError', 'ControlProblem', 'UsageError']),
    );
    await expect(openSandbox({ scenario: 'slou' })).rejects.toThrow(index.UsageError);
    await expect(openSandbox({ scenarios: 'test/fixtures/0.3.0/suites' })).rejects.toThrow(
      FileError,
    );
    const { sandbox } = await openSandbox();
    expect(() => sandbox.next('slou')).toThrow(index.ControlProblem);
  });

  it('esoz-sandbox/vitest: test, expect and two matchers', async () => {
    expect(Object.keys(fixture)).toEqual(expect.arrayContaining(['expect', 'test']));
    const { sandbox, client } = await openSandbox();
    await client.search(`subject=${PATIENT}`);
    fixture.expect(sandbox).toHavePolledWell();
    fixture.expect(sandbox).toHaveFollowed('credentials-in-headers');
  });

  it('a sandbox and a session have their methods', async () => {
    const { sandbox } = await openSandbox();
    const methods =
      'set next jobs job release journal verdict resources seed reset url name clock'.split(' ');
    const all = [...methods, 'session', 'scenarios', 'close'];
    expect(Object.keys(sandbox)).toEqual(expect.arrayContaining(all));
    expect(Object.keys(sandbox.session('worker-3'))).toEqual(expect.arrayContaining(methods));
    expect(Object.keys(sandbox.clock)).toEqual(expect.arrayContaining(['now', 'advance', 'set']));
  });

  it('takes the options of 0.3.0, each of them', async () => {
    const options: SandboxOptions = {
      port: 0,
      host: '127.0.0.1',
      spec: 'spec/compositions/openapi.yaml',
      binding: 'spec/compositions/binding.yaml',
      scenarios: 'test/fixtures/0.3.0/compositions',
      scenario: 'slow',
      clock: { mode: 'manual', now: Date.parse('2026-02-02T12:00:00Z') },
      envelope: 'data',
      chaos: { rate: 0.1, seed: 7, faults: ['reset'], operations: ['getAsyncJobStatus'] },
      rules: 'on',
      settings: { CANCEL_DAYS_NEWBORN: 30 },
      seed: 7,
      limits: { journal: 10, jobs: 10, resources: 10, sessions: 10 },
      timeouts: { headers: 20_000, request: 60_000 },
      controlToken: 'secret',
      watch: false,
    };
    const { sandbox } = await openSandbox(options);
    expect(sandbox.set({})).toMatchObject({ envelope: 'data', chaos: { rate: 0.1, seed: 7 } });
    expect((await openSandbox({ pack: 'medical-events' })).sandbox.url).toMatch(/^http:/);
  });

  it('types: this compiles', () => {
    const settings: SessionSettings = {
      scenario: null,
      clock: { mode: 'paced', pace: 10 },
      chaos: null,
      rules: 'off',
      settings: { CANCEL_DAYS_NEWBORN: null },
    };
    const asked: VerdictOptions = { run: 'stopped', tolerances: { 'no-herd': 'off', spacing: 5 } };
    const filter: JournalFilter = { job: 'x', operation: 'y', status: 200, after: 1, limit: 5 };
    const problem: Pick<Problem, 'message' | 'hint'> = { message: 'wrong', hint: 'right' };
    /** Each type once, so that a missing one does not compile. */
    type All = [
      ChaosOptions, ClockMode, ClockView, ExchangeView, Finding, JobState, ResourceView, Rules, RuleVerdict,
      RunningSandbox, SessionControl, SessionView, SettingChanges, SettingValue, Tolerances, Verdict,
      SandboxFixtures, SandboxMatchers,
    ]; // biome-ignore format: reads as one list
    const told = (sandbox: SessionControl): [string | undefined, number | undefined] => {
      const [exchange] = sandbox.journal({ limit: 1 });
      return [exchange?.told, exchange?.took];
    };
    const count: All['length'] = 18;
    expect([count, settings, asked, filter, problem, told]).toHaveLength(6);
  });
});
