import type { Outcome } from '../outcome.js';
import type { ToleranceKind } from '../scenario/vocabulary.js';
import { type Slot, UNIT } from './declare.js';
import { slipsOf } from './slips.js';

/** The words of an API, and of the auditor, with a text for each. */
export interface ApiWords {
  /** `any`: of several APIs, and a file may be in the words of yet another one. */
  of: 'one' | 'any';
  operations: Readonly<Record<string, string>>;
  states: Readonly<Record<string, { outcome: Outcome; shapes: readonly string[] }>>;
  envelopes: readonly string[];
  /** Forms of the scheduling answer, of all operations. */
  scheduled: readonly string[];
  errors: Readonly<Record<string, string>>;
  rules: Readonly<Record<string, { title: string; kind: ToleranceKind }>>;
}

type JsonSchema = Record<string, unknown>;
type Texts = Readonly<Record<string, string>>;

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  open: 'the job goes on: ask again',
  done: 'the job is done: the result is there',
  failed: 'the job has failed: there will be no result',
  cancelled: 'the job was cancelled: there will be no result',
};

/** Words of an API at a place of a format. */
export function wordsFor(slot: Slot, api: ApiWords): JsonSchema {
  const { states, errors, operations, envelopes, rules } = api;
  const closed = api.of === 'one' ? only : offered;
  switch (slot) {
    case 'operations':
      return closed(operations);
    case 'envelope':
      return closed(
        Object.fromEntries(envelopes.map((name) => [name, `the envelope ${name} of the binding`])),
      );
    case 'state':
      return offered(mapped(states, ([name, { outcome }]) => [[name, OUTCOMES[outcome]]]));
    case 'shape':
      return offered(
        mapped(states, ([state, { shapes }]) =>
          shapes.map((shape) => [shape, `a form of ${state}`]),
        ),
      );
    case 'scheduled':
      return closed(
        Object.fromEntries(
          api.scheduled.map((name) => [name, 'a form of the answer that schedules']),
        ),
      );
    case 'error':
      return offered(errors);
    case 'tolerances':
      return tolerances(rules);
    case 'rules':
      return rulesOn(rules);
    case 'step':
      return api.of === 'one' ? { allOf: stepConditions(api) } : {};
    case 'scenario':
      return { allOf: [stateConditions(api)] };
  }
}

function mapped<T>(
  given: Readonly<Record<string, T>>,
  each: (entry: [string, T]) => [string, string][],
): Texts {
  return Object.fromEntries(Object.entries(given).flatMap(each));
}

/** What stands here must be one of these. */
function only(texts: Texts): JsonSchema {
  return { type: undefined, anyOf: undefined, ...enumOf(texts) };
}

/** What stands here may be one of these: an editor completes them, and something else decides. */
function offered(texts: Texts): JsonSchema {
  const any = [{ type: 'string' }, { type: 'number' }];
  const known = Object.keys(texts).length > 0 ? [enumOf(texts)] : [];
  return { type: undefined, anyOf: [...known, ...any] };
}

function enumOf(texts: Texts): JsonSchema {
  return {
    enum: Object.keys(texts).map((name) => spellings(name)[0]),
    enumDescriptions: Object.values(texts),
  };
}

/** A code of digits alone is a number in YAML unless it is quoted. */
function spellings(name: string): (string | number)[] {
  return /^(0|[1-9]\d{0,14})$/.test(name) ? [Number(name), name] : [name];
}

/** Which shapes go with a state, which states carry an error, and which code needs a message beside it. */
function stepConditions({ states, errors }: ApiWords): JsonSchema[] {
  const shapes = Object.entries(states).map(([state, { shapes: known }]) =>
    when(
      { required: ['state'], properties: { state: { const: state } } },
      { properties: { shape: { enum: known } } },
    ),
  );
  const failed = Object.keys(states).filter((name) => states[name]?.outcome === 'failed');
  const errorMessage = `An error goes with ${failed.join(' or ')}.`;
  const withError = when(
    { required: ['error'] },
    { properties: { state: { enum: failed, errorMessage } } },
  );
  const codes = Object.keys(errors).flatMap(spellings);
  // Where the API has no codes of its own, all of them are somebody's.
  if (codes.length === 0) return [...shapes, withError];
  const code = {
    enum: codes,
    errorMessage: 'Unknown code: give a message of your own beside it.',
  };
  const unknownCode = when({ not: { required: ['message'] } }, { properties: { code } });
  return [...shapes, withError, { properties: { error: unknownCode } }];
}

const ON_PURPOSE = { required: ['off_contract'], properties: { off_contract: { const: true } } };

/** No state of another name, unless the whole scenario or the step breaks the contract on purpose. */
function stateConditions({ of, states }: ApiWords): JsonSchema {
  const known = Object.keys(states);
  const state =
    of === 'one'
      ? {
          enum: known,
          errorMessage: `Unknown state. Known: ${known.join(', ')}. Another one needs off_contract: true.`,
        }
      : {
          not: { pattern: slipsOf(known) },
          errorMessage: `A slip of the pen? Nearly ${known.join(', ')}. If it is meant, the step needs off_contract: true.`,
        };
  const step = when({ not: ON_PURPOSE }, { properties: { state } });
  return when({ not: ON_PURPOSE }, { properties: { life: { items: step } } });
}

function when(condition: JsonSchema, then: JsonSchema): JsonSchema {
  return { if: condition, then };
}

/** How far each rule gives way, or that it is off. */
function tolerances(rules: ApiWords['rules']): JsonSchema {
  return ofRules(rules, { const: 'off', description: 'The rule is not looked at.' });
}

/** How far each rule gives way, or that it is as strict as ever; what is not named is off. */
function rulesOn(rules: ApiWords['rules']): JsonSchema {
  return ofRules(rules, { const: 'on', description: 'The rule judges, as strictly as ever.' });
}

function ofRules(rules: ApiWords['rules'], word: JsonSchema): JsonSchema {
  const duration = { type: 'string', pattern: `^\\d{1,12}(\\.\\d{1,6})? ?${UNIT}$` };
  const kinds: Record<ToleranceKind, unknown[]> = {
    duration: [duration, word],
    count: [{ type: 'integer', minimum: 0 }, word],
    none: [word],
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
