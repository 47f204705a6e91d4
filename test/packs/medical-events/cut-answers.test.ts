import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/contract/json.js';
import { base64, CREDENTIALS, send } from '../../support/client.js';
import { openEvents, PATIENT, signedIn } from './play.js';

/** What the platform keeps of an answer. */
const MOST = 10_000;

interface Entry {
  entry: string;
  rules: { rule: string; description: string; params: unknown }[];
}

/** A package with so many conditions that have nothing of what they need, and what its job says at its end. */
async function submitWrong(conditions: number) {
  const { sandbox, example } = await openEvents();
  const sample = await example('submitEncounterPackage');
  const { encounter } = signedIn(sample);
  const wrong = Array.from({ length: conditions }, (): Json => ({ id: 'none' }));
  const body = { ...sample, signed_data: base64({ encounter, conditions: wrong }) };
  const address = `${sandbox.url}/api/patients/${PATIENT}/encounter_package`;
  const scheduled = await send('POST', address, { headers: CREDENTIALS, body });
  sandbox.clock.advance('1h');
  const job = scheduled.json.data.links[0].href.split('/').at(-1);
  const { status, json } = await send('GET', `${sandbox.url}/api/jobs/${job}`, {
    headers: CREDENTIALS,
  });
  const invalid: Entry[] = json.data.error.invalid;
  return { status, data: json.data, bytes: Buffer.byteLength(JSON.stringify(json.data)), invalid };
}

describe('what a failed job says of many places', () => {
  it('is sent whole while it is short', async () => {
    const { status, data, bytes, invalid } = await submitWrong(3);
    expect([status, data.status, data.status_code]).toEqual([200, 'failed', 422]);
    expect(bytes).toBeLessThan(MOST);
    const id = invalid.find(({ entry }) => entry === '$.conditions[0].id');
    expect(id?.rules[0]?.params).toEqual(['uuid']);
    expect(invalid.some(({ entry }) => entry.startsWith('$.conditions[2]'))).toBe(true);
  });

  it('is cut to 10,000 bytes: without the params of rules, and then without the last places', async () => {
    const { data, bytes, invalid } = await submitWrong(120);
    expect([data.status, data.status_code]).toEqual(['failed', 422]);
    expect(bytes).toBeLessThanOrEqual(MOST);
    // One place more would have been too many.
    expect(bytes).toBeGreaterThan(MOST - 300);
    expect(invalid.length).toBeGreaterThan(10);
    expect(invalid.flatMap(({ rules }) => rules.map(({ params }) => params))).toEqual(
      invalid.flatMap(({ rules }) => rules.map(() => [])),
    );
    expect(invalid.some(({ entry }) => entry.startsWith('$.conditions[119]'))).toBe(false);
  });
});
