import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/audit/rules/index.js';
import { broken, play, ruleOf } from './play.js';
import { TRIALS } from './trials.js';

describe.each(Object.entries(TRIALS))('%s', (name, {
  scenario,
  habits,
  says,
  also = [],
  always,
}) => {
  it('is kept by a good client', async () => {
    const { verdict } = await play(scenario);
    expect(ruleOf(verdict, name)).toMatchObject({ outcome: 'passed', findings: [] });
    expect(broken(verdict)).toEqual([]);
    expect(verdict.held).toBe(true);
  });

  it('is broken by a client that does not keep it, and no other rule is', async () => {
    const { verdict } = await play(scenario, habits);
    const { outcome, findings } = ruleOf(verdict, name);
    expect(outcome).toBe('failed');
    expect(findings[0]?.message).toMatch(says);
    expect(findings[0]?.evidence.length).toBeGreaterThan(0);
    expect(findings[0]?.advice).not.toBe('');
    expect(new Set([name, ...broken(verdict)])).toEqual(new Set([name, ...also]));
  });

  it('is not exercised, with a reason, where nothing puts it to the test', async () => {
    const { verdict } = await play('refused-on-submit-422');
    const { outcome, reason } = ruleOf(verdict, name);
    if (always) expect(outcome).toBe('passed');
    else {
      expect(outcome).toBe('not exercised');
      expect(reason).not.toBe('');
    }
  });
});

it('has a trial for each rule, or a test of its own', () => {
  const others = ['no-herd', 'expectations'];
  expect([...Object.keys(TRIALS), ...others].sort()).toEqual(RULES.map((r) => r.name).sort());
});

it('names for each rule a source, an advice, and what would put it to the test', () => {
  for (const { name, title, advice, sources } of RULES) {
    expect(name).toMatch(/^[a-z0-9-]+$/);
    expect(title.length).toBeGreaterThan(20);
    expect(advice.length).toBeGreaterThan(20);
    expect(sources.length).toBeGreaterThan(0);
  }
});
