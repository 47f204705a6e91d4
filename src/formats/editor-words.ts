import type { ToleranceKind } from '../scenario/vocabulary.js';
import { type Slot, UNIT } from './declare.js';

/** The words of one API, and of the auditor, with a text for each. */
export interface ApiWords {
  operations: Readonly<Record<string, string>>;
  states: Readonly<
    Record<string, { outcome: 'open' | 'done' | 'failed'; shapes: readonly string[] }>
  >;
  envelopes: readonly string[];
  errors: Readonly<Record<string, string>>;
  rules: Readonly<Record<string, { title: string; kind: ToleranceKind }>>;
}

type JsonSchema = Record<string, unknown>;

const OUTCOMES = {
  open: 'the job goes on: ask again',
  done: 'the job is done: the result is there',
  failed: 'the job has failed: there will be no result',
};

/** Words of an API at a place of a format. Without an API every word may stand there, but for the rules. */
export function wordsFor(slot: Slot, api: ApiWords | undefined): JsonSchema {
  if (slot === 'tolerances') return tolerances(api?.rules ?? {});
  if (!api) return {};
  const { states } = api;
  switch (slot) {
    case 'operations':
      return names(api.operations);
    case 'envelope':
      return names(Object.fromEntries(api.envelopes.map((name) => [name, ''])));
    case 'state':
      return offered(
        Object.fromEntries(
          Object.entries(states).map(([name, { outcome }]) => [name, OUTCOMES[outcome]]),
        ),
      );
    case 'shape':
      return offered(
        Object.fromEntries(
          Object.entries(states).flatMap(([state, { shapes }]) =>
            shapes.map((shape) => [shape, `a form of ${state}`]),
          ),
        ),
      );
    case 'error':
      return offered(api.errors);
    case 'step':
      return { allOf: [...stepConditions(api)] };
    default:
      return {};
  }
}

/** What stands here must be one of these. */
function names(texts: Readonly<Record<string, string>>): JsonSchema {
  return { type: undefined, anyOf: undefined, ...enumOf(texts) };
}

function enumOf(texts: Readonly<Record<string, string>>): JsonSchema {
  const all = Object.entries(texts).flatMap(([name, text]) =>
    spellings(name).map((value) => [value, text] as const),
  );
  return {
    enum: all.map(([value]) => value),
    markdownEnumDescriptions: all.map(([value, text]) =>
      text ? `\`${value}\`: ${text}` : `\`${value}\``,
    ),
  };
}

/** A code of digits alone is a number in YAML unless it is quoted. */
function spellings(name: string): (string | number)[] {
  return /^(0|[1-9]\d{0,14})$/.test(name) ? [Number(name), name] : [name];
}

/** What stands here may be one of these: an editor completes them, and something else decides. */
function offered(texts: Readonly<Record<string, string>>): JsonSchema {
  const any = [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }];
  return { type: undefined, anyOf: [enumOf(texts), ...any] };
}

/** Which shapes go with a state, which states carry an error, and which code needs a message beside it. */
function* stepConditions({ states, errors }: ApiWords): Generator<JsonSchema> {
  for (const [state, { shapes }] of Object.entries(states)) {
    yield when(
      { required: ['state'], properties: { state: { const: state } } },
      { properties: { shape: { enum: shapes } } },
    );
  }
  const failed = Object.keys(states).filter((name) => states[name]?.outcome === 'failed');
  yield when(
    { required: ['error'] },
    {
      properties: {
        state: { enum: failed, errorMessage: `An error goes with ${failed.join(' or ')}.` },
      },
    },
  );
  yield {
    properties: {
      error: when(
        { not: { required: ['message'] } },
        {
          properties: {
            code: {
              enum: Object.keys(errors).flatMap(spellings),
              errorMessage: 'Unknown code: give a message of your own beside it.',
            },
          },
        },
      ),
    },
  };
}

/** A state of no other name, unless the whole scenario or the step breaks the contract on purpose. */
export function stateConditions({ states }: ApiWords): JsonSchema {
  const known = Object.keys(states);
  const onPurpose = { required: ['off_contract'], properties: { off_contract: { const: true } } };
  const errorMessage = `Unknown state. Known: ${known.join(', ')}. Another one needs off_contract: true.`;
  const step = when({ not: onPurpose }, { properties: { state: { enum: known, errorMessage } } });
  return when({ not: onPurpose }, { properties: { life: { items: step } } });
}

function when(condition: JsonSchema, then: JsonSchema): JsonSchema {
  return { if: condition, then };
}

function tolerances(rules: ApiWords['rules']): JsonSchema {
  const off = { const: 'off', description: 'The rule is not looked at.' };
  const duration = { type: 'string', pattern: `^\\d{1,12}(\\.\\d{1,6})? ?${UNIT}$` };
  const kinds: Record<ToleranceKind, unknown[]> = {
    duration: [duration, off],
    count: [{ type: 'integer', minimum: 0 }, off],
    none: [off],
  };
  const properties = Object.entries(rules).map(([name, { title, kind }]) => [
    name,
    { description: title, anyOf: kinds[kind] },
  ]);
  return {
    propertyNames: undefined,
    additionalProperties: false,
    properties: Object.fromEntries(properties),
  };
}
