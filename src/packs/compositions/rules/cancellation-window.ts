import type { World } from '../../../sandbox/pack.js';
import { type Composition, typeOf } from '../composition.js';
import { DAY } from '../conclusion.js';
import { setting } from '../settings.js';
import { type BusinessRule, SERVICE_SETTINGS } from './business-rule.js';
import type { Cancelling } from './cancelling.js';

/** CANCELLATION_FOR_OUTDATED_COMPOSITION; the time counts from the conclusion's `date`. */
export const cancellationWindow: BusinessRule<Cancelling> = {
  name: 'cancellation-window',
  code: '1005',
  title: 'A conclusion is cancelled within CANCEL_DAYS_… of its date',
  source: SERVICE_SETTINGS,
  broken: ({ composition }, world) => {
    const { date } = composition.document;
    const [days, name] = windowOf(composition, world);
    if (!(world.now - Date.parse(String(date)) > days * DAY)) return undefined;
    return {
      what: `the conclusion is of ${date} and could be cancelled for ${days} days (${name})`,
    };
  },
};

function windowOf({ document, facts }: Composition, world: World): [days: number, name: string] {
  const replaces = facts.relatesTo.some(({ code }) => code === 'replaces');
  const name =
    replaces && setting(world, 'EMAL_COMPOSITION_FLOW_REPLACE_ENABLED')
      ? 'CANCEL_DAYS_REPLACEMENT'
      : typeOf(document) === 'NEWBORN'
        ? 'CANCEL_DAYS_NEWBORN'
        : 'CANCEL_DAYS_TEMP_DISABILITY';
  return [setting(world, name), name];
}
