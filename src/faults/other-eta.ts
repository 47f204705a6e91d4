import { replaceText } from '../contract/json-edit.js';
import { type Message, toldValue, withValue } from '../contract/message.js';
import { type MomentForm, spellMoment } from '../contract/places.js';
import { formatMoment } from '../time/format-moment.js';
import type { Moment } from '../time/moments.js';
import type { FaultDeclaration } from './declare.js';

/** How a binding may tell an eta, besides as a date-time. */
const FORMS: readonly MomentForm[] = ['ms', 'epoch', 'http'];

/** The first place that spells the eta says it otherwise; undefined leaves it out. */
export function otherEta(
  spell: (eta: Moment) => unknown,
): NonNullable<FaultDeclaration['corrupt']> {
  return (message: Message, _, { eta }) => {
    if (eta === undefined) return message;
    const told = [formatMoment(eta), ...FORMS.map((form) => spellMoment('eta', form, eta))];
    const value = toldValue(message);
    for (const text of told) {
      const other = replaceText(value, text, spell(eta));
      if (other !== value) return withValue(message, other);
    }
    return message;
  };
}
