import { at, textOf } from '../../../contract/json.js';
import type { World } from '../../../sandbox/pack.js';
import { typeOf } from '../composition.js';
import { DAY } from '../conclusion.js';
import { setting } from '../settings.js';
import { type BusinessRule, SERVICE_SETTINGS } from './business-rule.js';
import type { Cancelling } from './cancelling.js';

/** CANCELLATION_FOR_OUTDATED_COMPOSITION; the time counts from the conclusion's `date`. */
export const cancellationWindow: BusinessRule<Cancelling> = {
  name: 'cancellation-window',
  code: '1005',
  title: 'A conclusion is cancelled within EMAL_FILTER_…CANCEL_TIMEOUT_… days of its date',
  source: SERVICE_SETTINGS,
  broken: (cancelling, world) => {
    const { date } = cancelling.composition.document;
    const name = windowOf(cancelling, world);
    const days = setting(world, name);
    if (!(world.now - Date.parse(textOf(date)) > days * DAY)) return undefined;
    return {
      what: `the conclusion is of ${date} and could be cancelled for ${days} days (${name})`,
    };
  },
};

/** Which setting it goes by. In the replacement flow it is the longer one for what is to be made anew. */
function windowOf({ composition, content }: Cancelling, world: World) {
  const { document, facts } = composition;
  const kind = typeOf(document) === 'NEWBORN' ? 'NEWBORN' : 'DISABILITY';
  if (!setting(world, 'EMAL_COMPOSITION_FLOW_REPLACE_ENABLED')) {
    return `EMAL_FILTER_CANCEL_TIMEOUT_${kind}` as const;
  }
  const reasons = setting(world, `EMAL_REPLACEMENT_FLOW_${kind}_ALLOWED_CANCELLATION_REASONS`);
  const replaces = facts.relatesTo.some(({ code }) => code === 'replaces');
  return replaces || reasons.includes(textOf(at(content, 'reason.coding.0.code')))
    ? (`EMAL_FILTER_REPLACEMENT_CANCEL_TIMEOUT_${kind}` as const)
    : (`EMAL_FILTER_CANCEL_TIMEOUT_${kind}` as const);
}
