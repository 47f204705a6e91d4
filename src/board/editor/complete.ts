import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { codeIn } from './code-in.js';
import { schema } from './draft.js';
import { sayAbout } from './format-texts.js';
import { placeAt } from './place-at.js';
import { keysAt, type Offer, valuesAt } from './schema-at.js';

/** What may stand where somebody writes: keys of a mapping, or the values of a key, from the schema. */
export function completeScenario(context: CompletionContext): CompletionResult | null {
  const known = schema.value;
  const place = known && placeAt(context.state.doc.toString(), context.pos);
  if (!place) return null;
  const { around, key, from, taken } = place;
  const typed = context.state.sliceDoc(from, context.pos);
  const isKey = key === undefined;
  if (!context.explicit && isKey && typed === '') return null;
  const values = isKey ? valuesAt(known, around) : valuesAt(known, [...around, key]);
  const keys = isKey ? keysAt(known, around, taken) : [];
  const options = [...keys.map(keyOption), ...values.map(valueOption)];
  if (options.length === 0) return null;
  return { from, options, validFor: /^[\w.-]*$/ };
}

/** What is written behind a key. */
const BEHIND = { line: ': ', mapping: ': ', list: ':\n' } as const;

function keyOption({ label, about, opens = 'line' }: Offer): Completion {
  return {
    label,
    type: 'property',
    apply: label + BEHIND[opens].trimEnd() + (opens === 'list' ? '' : ' '),
    ...told(about),
  };
}

function valueOption({ label, about }: Offer): Completion {
  return {
    label,
    type: 'enum',
    ...(about === '' ? {} : { detail: short(sayAbout(about).replaceAll('`', '')) }),
  };
}

/** @returns the first sentence as a detail, all of it beside the list */
function told(about: string): Pick<Completion, 'info'> {
  return about === '' ? {} : { info: () => codeIn(sayAbout(about)) };
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
