import { replaceText } from '../contract/json-edit.js';
import { type Message, withValue } from '../contract/message.js';
import { formatMoment } from '../time/format-moment.js';
import type { Moment } from '../time/moments.js';
import type { FaultDeclaration } from './declare.js';

/** The first place that spells the eta says it otherwise; undefined leaves it out. */
export function otherEta(
  spell: (eta: Moment) => unknown,
): NonNullable<FaultDeclaration['corrupt']> {
  return (message: Message, _, { eta }) => {
    if (eta === undefined) return message;
    return withValue(message, replaceText(message.value, formatMoment(eta), spell(eta)));
  };
}
