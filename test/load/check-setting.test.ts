import { describe, expect, it } from 'vitest';
import { checkPack } from '../../src/load/check-pack.js';
import { loadBare } from '../../src/load/load-setup.js';
import { OUTSIDE, packWith } from '../support/pack-folder.js';

const SETTINGS = `
    { name: 'TASK_ETA', type: 'number', default: 60, about: 'For so many seconds.' },
    { name: 'STRICT', type: 'boolean', default: false, about: 'On or off.' },`;

/** The pack from outside, with etas that a setting may change. */
const withSetting = (setting: string) =>
  packWith({
    'binding.yaml': (text) =>
      `${text}eta: hint\nusual_eta: { tells: 60000s from start, setting: ${setting} }\n`,
    'behaviour.js': (text) => text.replace('settings: [', `settings: [${SETTINGS}`),
  });

const found = async (pack: string) => {
  const [{ binding }] = await loadBare({ pack });
  return binding.problems
    .filter(({ code }) => code === 'BINDING_UNKNOWN_SETTING')
    .map(({ line, message, hint }) => ({ line, message, hint }));
};

describe('the setting that etas go by', () => {
  it('is said at the start to be unknown, at its place, with the nearest name', async () => {
    const folder = await withSetting('TASK_ETTA');
    expect(await found(folder)).toEqual([
      {
        line: 27,
        message: 'usual_eta: the pack orders has no setting "TASK_ETTA"',
        hint: 'did you mean TASK_ETA?',
      },
    ]);
  });

  it('is a number', async () => {
    const [problem] = await found(await withSetting('STRICT'));
    expect(problem?.message).toBe('usual_eta: the setting STRICT is no number of seconds');
  });

  it('makes lint go red', async () => {
    const { problems } = await checkPack(await withSetting('TASK_ETTA'));
    const codes = problems.filter(({ severity }) => severity !== 'warning').map(({ code }) => code);
    expect(codes).toContain('BINDING_UNKNOWN_SETTING');
  });

  it.each(['TASK_ETA'])('%s is there', async (setting) => {
    expect(await found(await withSetting(setting))).toEqual([]);
    expect(await found(OUTSIDE)).toEqual([]);
  });
});
