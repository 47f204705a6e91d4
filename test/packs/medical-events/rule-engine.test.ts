import { describe, expect, it } from 'vitest';
import { openEvents } from './play.js';

const BMI = '4c0e9b7d-a2f6-4d83-9157-b8e3f6c0d2a4';
const OWN = '3b6f0c1e-52d7-4a98-8c40-e7d19f2a6b05';
const GONE = '11111111-1111-4111-8111-111111111111';

describe('rules of the rule engine', () => {
  it('are listed with their codes, as far as the query asks for them', async () => {
    const { read } = await openEvents();
    const listed = async (query: Record<string, string>) => {
      const { status, json } = await read('listRuleEngineRules', { query });
      expect(status).toBe(200);
      return json.data.map(({ code }: { code: { code: string } }) => code.code);
    };
    expect(await listed({})).toEqual(['BMI', 'GCS']);
    expect(await listed({ is_active: 'true' })).toEqual(['BMI']);
    expect(await listed({ code: 'GCS' })).toEqual(['GCS']);
    expect(await listed({ page_size: '1', page: '2' })).toEqual(['GCS']);
    expect(await listed({ system: 'elsewhere' })).toEqual([]);
  });

  it('are read by their ids, and no other ones are there', async () => {
    const { read } = await openEvents();
    const { json } = await read('getRuleEngineRule', { at: { rule_engine_rules: BMI } });
    expect(json.data).toMatchObject({ id: BMI, is_active: true, items: [{ number: '1' }, {}] });
    const missing = await read('getRuleEngineRule', { at: { rule_engine_rules: GONE } });
    expect([missing.status, missing.json.error]).toEqual([
      404,
      { type: 'NOT_FOUND', message: 'Rule engine rule not found' },
    ]);
  });

  it('can be put in by hand, or in the place of one that is there', async () => {
    const { sandbox, read } = await openEvents();
    const code = { system: 'ours', code: 'OWN' };
    sandbox.seed({ kind: 'rule_engine_rule', id: OWN, name: 'Our own', code });
    sandbox.seed({ kind: 'rule_engine_rule', id: BMI, name: 'Another', code });
    const { json } = await read('listRuleEngineRules');
    expect(json.data.map(({ name }: { name: string }) => name)).toEqual([
      'Glasgow coma scale',
      'Our own',
      'Another',
    ]);
    expect((await read('getRuleEngineRule', { at: { rule_engine_rules: OWN } })).json.data).toEqual(
      {
        ...{ id: OWN, name: 'Our own', code },
        ...{ is_active: true, is_enabled: true, items: [] },
      },
    );
  });

  it('are refused by hand where the contract could not show them', async () => {
    const { sandbox } = await openEvents();
    const wrong = (more: object) => () => sandbox.seed({ kind: 'rule_engine_rule', ...more });
    expect(wrong({ name: 5 })).toThrow('the contract does not allow $.name');
    expect(wrong({ id: 'one' })).toThrow('id is no UUID');
  });
});
