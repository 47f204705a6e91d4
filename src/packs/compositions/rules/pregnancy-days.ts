import { at, type Json, parseJson, textOf } from '../../../contract/json.js';
import type { World } from '../../../sandbox/pack.js';
import { type Conclusion, DAY, dayOf } from '../conclusion.js';
import { setting } from '../settings.js';
import { type BusinessRule, SERVICE_SETTINGS } from './business-rule.js';

export const pregnancyDays: BusinessRule<Conclusion> = {
  name: 'pregnancy-days',
  code: '',
  title: 'A conclusion of the category PREGNANCY lasts one of PREGNANCY_DAYS, or of …_APPENDED',
  source: SERVICE_SETTINGS,
  broken: ({ category, start, end, relations }, world) => {
    if (category !== 'PREGNANCY') return undefined;
    const appended = relations.some(({ code }) => code === 'appends');
    const allowed = allowedDays(appended, world);
    const days = (Date.parse(dayOf(end)) - Date.parse(dayOf(start))) / DAY + 1;
    if (Number.isNaN(days) || allowed.includes(days) || allowed.includes(0)) return undefined;
    const kind = appended ? 'a leave for pregnancy that appends another' : 'a leave for pregnancy';
    const what = `${kind} lasts ${allowed.join(' or ')} days, first and last included; this one lasts ${days}`;
    return { what, entry: '$.event[0].period.end', rule: 'inclusion', params: allowed };
  },
};

/** Those of the platform's configurations where it has them (GET /api/composition_configurations), else the settings'. */
function allowedDays(appended: boolean, world: World): readonly number[] {
  const configured = world
    .all('composition_configuration')
    .flatMap(({ document }) => daysIn(document, appended))
    .map(Number)
    .filter((days) => Number.isInteger(days) && days > 0);
  if (configured.length > 0) return configured;
  return setting(world, appended ? APPENDED : NEW);
}

const NEW = 'PREGNANCY_DAYS';
const APPENDED = 'PREGNANCY_DAYS_APPENDED';

/** Of a configuration that names one setting, or has several in its `settings`, a text of JSON. */
function daysIn(configuration: Json, appended: boolean): unknown[] {
  const settings = parseJson(textOf(configuration.settings ?? ''));
  const among = at(settings, appended ? APPENDED : NEW);
  if (among !== undefined) return [among].flat();
  const name = textOf(configuration.name ?? '');
  const named = name.includes('PREGNANCY') && name.includes('APPENDED') === appended;
  return named ? [at(configuration, 'value')].flat() : [];
}
