import * as z from 'zod';
import { OUTCOMES } from '../outcome.js';
import { type Words, wordsOf } from './declare.js';
import { type ApiWords, wordsFor } from './editor-words.js';

type JsonSchema = Record<string, unknown>;

/**
 * The schema that editors complete and check files with, from the declaration of their format. Draft 7, which
 * every editor knows.
 * @param api whose words stand in it
 */
export function editorSchema(format: z.ZodType, api: ApiWords): JsonSchema {
  const schema = inWordsOf(
    api,
    z.toJSONSchema(format, {
      target: 'draft-7',
      io: 'input',
      override: ({ zodSchema, jsonSchema }) => {
        const words = wordsOf.get(zodSchema as unknown as z.ZodType);
        const schema = jsonSchema as JsonSchema;
        describeNames(schema, words);
        if (words?.editor) merge(schema, words.editor);
        if (words?.slot) merge(schema, wordsFor(words.slot, api));
        delete schema.id;
      },
    }),
  ) as JsonSchema;
  const { $schema, definitions, ...rest } = schema;
  const more = wordsOf.get(format)?.definitions ?? {};
  return { $schema, ...rest, definitions: { ...(definitions as JsonSchema), ...more } };
}

/** Examples of a declaration name a state by its outcome, «done»: each API calls it something else. */
export function inWordsOf<T>({ states }: ApiWords, texts: T): T {
  let text = JSON.stringify(texts);
  for (const outcome of OUTCOMES) {
    const [name] = Object.entries(states).find(([, state]) => state.outcome === outcome) ?? [
      outcome,
    ];
    text = text.replaceAll(`«${outcome}»`, () => JSON.stringify(name).slice(1, -1));
  }
  return JSON.parse(text) as T;
}

function describeNames(schema: JsonSchema, words: Words | undefined): void {
  const { values } = words ?? {};
  if (!values || !Array.isArray(schema.enum)) return;
  schema.enumDescriptions = schema.enum.map((name) => values[String(name)] ?? '');
}

/** What a part says beside what its type says; lists of conditions are joined. */
function merge(schema: JsonSchema, more: JsonSchema): void {
  for (const [key, value] of Object.entries(more)) {
    const before = schema[key];
    if (value === undefined) delete schema[key];
    else if (Array.isArray(before) && Array.isArray(value) && key === 'allOf') {
      schema[key] = [...before, ...value];
    } else schema[key] = value;
  }
}
