import { nearest } from '../problem.js';
import type { Refuse } from '../sandbox-error.js';
import type { Api } from './api.js';
import {
  readValue,
  type Setting,
  type SettingChanges,
  type Settings,
  wrongValue,
} from './settings.js';

/**
 * Settings of each API with changes made to them; one that two packs declare is changed for both.
 * @param before those of an API as they are now; left out: what sessions begin with, as null goes back to
 * @throws what `refuse` makes, when no pack has such a setting or it cannot have this value
 */
export function changeSettings(
  apis: readonly Api[],
  changes: SettingChanges,
  refuse: Refuse,
  before: (api: Api) => Settings = ({ settings }) => settings,
): Settings[] {
  const declared = apis.map(({ pack }) => pack?.settings ?? []);
  const names = declared.flat().map(({ name }) => name);
  const all = { ...namesakes(declared.flat(), changes), ...changes };
  for (const name of Object.keys(changes)) {
    if (names.includes(name)) continue;
    throw refuse('SETTING_UNKNOWN', `unknown setting "${name}"`, nearest(name, names));
  }
  return apis.map((api, i) => {
    const own = declared[i]?.filter(({ name }) => Object.hasOwn(all, name)) ?? [];
    const values = own.map((setting) => {
      const given = all[setting.name];
      const value = given === null ? api.settings[setting.name] : readValue(setting, given);
      if (value === undefined) throw refuse('SETTING_WRONG_VALUE', ...wrongValue(setting, given));
      return [setting.name, value] as const;
    });
    return { ...before(api), ...Object.fromEntries(values) };
  });
}

/** What other names of the settings that are changed are changed to. */
function namesakes(declared: readonly Setting[], changes: SettingChanges): SettingChanges {
  const entries = declared.flatMap(({ name, also = [] }) =>
    Object.hasOwn(changes, name) ? also.map((other) => [other, changes[name] ?? null]) : [],
  );
  return Object.fromEntries(entries);
}
