import type { Binding } from '../contract/binding.js';
import { placeIn } from '../contract/check-binding.js';
import { nearest, type Problem } from '../problem.js';
import type { Pack } from '../sandbox/pack.js';

/**
 * The setting that a binding's etas go by is one of its pack, and a number. One that is not is passed over: what
 * `usual_eta` tells is told.
 */
export function checkSetting(binding: Binding, pack: Pack | undefined): Problem[] {
  const name = binding.usualEta?.setting;
  if (name === undefined) return [];
  const numbers = (pack?.settings ?? []).filter(({ type }) => type === 'number');
  if (numbers.some((setting) => setting.name === name)) return [];
  const other = pack?.settings?.find((setting) => setting.name === name);
  const owner = pack
    ? `the pack ${pack.name} has no setting`
    : 'there is no pack that has a setting';
  const message = other
    ? `usual_eta: the setting ${name} is no number of seconds`
    : `usual_eta: ${owner} "${name}"`;
  const names = numbers.map((setting) => setting.name);
  const hint = names.length > 0 ? nearest(name, names) : 'leave `setting` out';
  const place = placeIn(binding, 'usual_eta.setting');
  const { file } = binding;
  return [{ code: 'BINDING_UNKNOWN_SETTING', file, ...place, message, hint, usable: true }];
}
