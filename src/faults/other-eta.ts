import { replaceText } from '../contract/json-edit.js';
import { type Message, withValue } from '../contract/message.js';
import type { Moment } from '../time/moments.js';
import type { FaultDeclaration } from './declare.js';

/** The first place that spells the eta says it otherwise; undefined leaves it out. */
export function otherEta(
  spell: (eta: Moment) => unknown,
): NonNullable<FaultDeclaration['corrupt']> {
  return (message: Message, _, { eta }) => {
    if (eta === undefined) return message;
    return withValue(message, replaceText(message.value, iso(eta), spell(eta)));
  };
}

/** RFC 3339, in UTC. */
export function iso(moment: Moment): string {
  return new Date(moment).toISOString();
}
