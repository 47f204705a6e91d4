import { describe, expect, it } from 'vitest';
import type { Api } from '../../src/sandbox/api.js';
import { changeSettings } from '../../src/sandbox/change-settings.js';
import { defaultsOf, type Setting } from '../../src/sandbox/settings.js';
import { usageError } from '../../src/sandbox-error.js';

const DECLARED: Setting[] = [
  { name: 'ENABLED', type: 'boolean', default: false, about: '' },
  { name: 'DAYS', type: 'number', default: 7, about: '' },
  { name: 'LENGTHS', type: 'numbers', default: [126, 140], about: '' },
  { name: 'FORM', type: 'choice', choices: ['take', 'refuse'], default: 'take', about: '' },
];
const began = defaultsOf(DECLARED);
const orders = { name: 'orders', pack: { settings: DECLARED }, settings: began } as unknown as Api;
const change = (changes: Parameters<typeof changeSettings>[1], before = began) =>
  changeSettings([orders], changes, usageError, () => before)[0];

describe('settings', () => {
  it('begin with what is declared', () => {
    expect(began).toEqual({ ENABLED: false, DAYS: 7, LENGTHS: [126, 140], FORM: 'take' });
  });

  it('are changed by values and by their texts, and the others stay', () => {
    expect(change({ ENABLED: 'true', DAYS: '30' })).toEqual({ ...began, ENABLED: true, DAYS: 30 });
    expect(change({ LENGTHS: '70, 56', FORM: 'refuse' })).toEqual({
      ...began,
      LENGTHS: [70, 56],
      FORM: 'refuse',
    });
  });

  it('go back to what they began with by null', () => {
    expect(change({ DAYS: null }, { ...began, DAYS: 30 })).toEqual(began);
  });

  it('are those of each pack; one that two declare is changed for both', () => {
    const [days] = DECLARED.slice(1, 2) as [Setting];
    const own = { ...days, default: 3 };
    const bills = { name: 'bills', pack: { settings: [own] }, settings: { DAYS: 3 } };
    const both = [orders, bills as unknown as Api];
    expect(changeSettings(both, { FORM: 'refuse' }, usageError)).toEqual([
      { ...began, FORM: 'refuse' },
      { DAYS: 3 },
    ]);
    expect(changeSettings(both, { DAYS: 5 }, usageError)).toEqual([
      { ...began, DAYS: 5 },
      { DAYS: 5 },
    ]);
  });

  it.each([
    [{ DAY: 1 }, 'unknown setting "DAY"; did you mean DAYS?'],
    [{ DAYS: -1 }, 'setting DAYS cannot be -1; give a whole number from 0'],
    [{ DAYS: 1.5 }, 'setting DAYS cannot be 1.5; give a whole number from 0'],
    [{ ENABLED: 'yes' }, 'setting ENABLED cannot be "yes"; give true or false'],
    [{ FORM: 'give' }, 'setting FORM cannot be "give"; give one of take, refuse'],
    [{ LENGTHS: '70,x' }, /^setting LENGTHS cannot be "70,x"; give whole numbers/],
  ])('say what is wrong with %j, and change nothing', (changes, says) => {
    const before = { ...began };
    expect(() => change(changes)).toThrow(says);
    expect(began).toEqual(before);
  });
});
