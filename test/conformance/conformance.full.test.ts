import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { judge } from '../../scripts/conformance/judge.mjs';
import { playOne } from '../../scripts/conformance/play.mjs';
import { ENTRIES, type Entry } from './clients.mjs';

/** Clients that divide their own pauses, so that they can be played faster; the whole list is `npm run conformance`. */
const PACE = 4;
const PACED = [
  '@smithy/util-waiter',
  '@azure/core-lro',
  'fixed-3s',
  'stops-at-503',
  'unknown-is-done',
  'polls-after-done',
  'never-reads',
  'token-in-url',
];

function entryOf(name: string): Entry {
  const entry = ENTRIES.find((one) => one.name === name);
  if (!entry) throw new Error(`no client ${name}`);
  return entry;
}

async function differencesOf(name: string, only?: string[]): Promise<string[]> {
  const entry = entryOf(name);
  const [play] = entry.plays;
  if (!play) throw new Error(`${name} plays nothing`);
  const asked = { ...play, pace: PACE, ...(only && { scenarios: only }) };
  return judge(play, await playOne(entry, asked)).differences;
}

describe.concurrent('what is said of a client is what reading its source demands', () => {
  it.each(PACED)('%s', { timeout: 300_000 }, async (name) => {
    expect(await differencesOf(name)).toEqual([]);
  });

  it('the client that the bad ones are made from has no fault', { timeout: 300_000 }, async () => {
    const faults = PACED.map(entryOf).filter(({ kind }) => kind === 'bad');
    const scenarios = [...new Set(faults.flatMap(({ plays }) => plays[0]?.scenarios ?? []))];
    expect(scenarios.length).toBeGreaterThan(3);
    expect(await differencesOf('good-client', scenarios)).toEqual([]);
  });
});

describe('the list of clients', () => {
  const of = (kind: Entry['kind']) => ENTRIES.filter((entry) => entry.kind === kind);

  it('has at least 14 pollers of others, 25 bad clients, and the five examples', () => {
    expect(of('other').length).toBeGreaterThanOrEqual(14);
    expect(of('bad').length).toBeGreaterThanOrEqual(25);
    expect(of('good').filter(({ name }) => name.startsWith('example-'))).toHaveLength(5);
  });

  it('names each client once, and says of each play what must be found and why', () => {
    const names = ENTRIES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, plays } of ENTRIES) {
      for (const { why, suite, scenarios } of plays) {
        expect(why, name).not.toBe('');
        expect(suite ?? scenarios, name).toBeDefined();
      }
    }
    for (const { name, plays } of of('bad')) expect(plays[0]?.finds, name).not.toEqual([]);
    for (const { name, plays } of of('good')) {
      for (const { finds } of plays) expect(finds, name).toEqual([]);
    }
  });

  it('is on the page, whole', async () => {
    const page = await readFile('docs/conformance.md', 'utf8');
    for (const { name, plays } of ENTRIES) {
      expect(page).toContain(`| **${name}**`);
      for (const { why } of plays) expect(page).toContain(why.replaceAll('|', '\\|'));
    }
  });
});

describe('what was said, against what must be said', () => {
  const error = { severity: 'error' as const, scenarios: ['one'], message: 'too early' };
  const note = { severity: 'note' as const, scenarios: ['one'] };

  it('agrees where all that must be found is found, and nothing else', () => {
    expect(judge({ finds: [] }, { code: 0, rules: {} }).agrees).toBe(true);
    const rules = { spacing: error };
    expect(judge({ finds: ['spacing'] }, { code: 1, rules }).agrees).toBe(true);
    expect(judge({ finds: [['spacing', 'backs-off']] }, { code: 1, rules }).agrees).toBe(true);
    expect(judge({ finds: [], may: ['spacing'] }, { code: 1, rules }).agrees).toBe(true);
  });

  it('differs where a rule is missed, or broken without a reason', () => {
    const missed = judge({ finds: [['spacing', 'backs-off']] }, { code: 0, rules: {} });
    expect(missed.differences).toEqual(['spacing or backs-off is not found']);
    const extra = judge({ finds: [] }, { code: 1, rules: { spacing: error } });
    expect(extra.differences).toEqual(['spacing (one): too early']);
  });

  it('wants the one thing to change named', () => {
    const rules = { spacing: error };
    const reading = { finds: ['spacing'], cause: ['polls-too-often', 'polls-without-a-pause'] };
    const said = (causes: string[]) => judge(reading, { code: 1, rules, causes }).differences;
    expect(said(['ignores-eta', 'polls-without-a-pause'])).toEqual([]);
    expect(said(['ignores-eta'])).toEqual([
      'the cause polls-too-often or polls-without-a-pause is not named',
    ]);
  });

  it('takes a note for no reproach, and what was not played for a difference', () => {
    expect(judge({ finds: [] }, { code: 0, rules: { 'no-herd': note } }).agrees).toBe(true);
    const { differences } = judge({ finds: [] }, { code: 2, rules: {} });
    expect(differences).toEqual(['exit 2, not played or ended by itself instead of 0']);
  });
});
