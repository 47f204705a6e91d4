import { isObject, type Json } from '../contract/json.js';
import { sampleValue } from '../contract/sample-value.js';
import { typesOf } from './answer-fields.js';
import { escapeBraces } from './template-edit.js';
import { plainWord } from './words.js';

const MESSAGE =
  /^(message|msg|detail|details|description|title|reason|text|diagnostics|error_description|error_message)$/;
const CODE = /^(code|error_code|error|type|name)$/;

/**
 * What a failed job says in a place of this schema: a text becomes the error's message, and of an object the fields
 * that are meant for it.
 * @param base a value to start from; undefined: a sample
 */
export function errorTemplate(document: Json, schema: unknown, base: unknown): unknown {
  const wants = (name: string) => MESSAGE.test(plainWord(name)) || /^code$/.test(plainWord(name));
  const sample = () => {
    const made = sampleValue(document, schema, { side: 'answer', wants, examples: false });
    // A list of errors with no error in it says nothing.
    if (!Array.isArray(made) || made.length > 0) return escapeBraces(made ?? null);
    const items = isObject(schema) ? schema.items : undefined;
    return [
      escapeBraces(sampleValue(document, items ?? {}, { side: 'answer', wants, examples: false })),
    ];
  };
  const types = isObject(schema) ? typesOf(document, schema) : new Set();
  if (base === undefined && types.has('string') && !types.has('object')) return '{error.message}';
  return fill(base ?? sample());
}

function fill(value: unknown): unknown {
  if (typeof value === 'string') return '{error.message}';
  if (Array.isArray(value)) return value.map(fill);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const plain = plainWord(key);
      if (typeof inner === 'string') {
        if (MESSAGE.test(plain)) return [key, '{error.message}'];
        return [key, CODE.test(plain) && inner === 'text' ? '{error.code}' : inner];
      }
      const nested = isObject(inner) || Array.isArray(inner);
      return [key, nested ? fill(inner) : inner];
    }),
  );
}
