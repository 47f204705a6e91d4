import { isObject, type Json } from '../../contract/json.js';
import {
  ANSWER_PLACES,
  PLACE_PARTS,
  RESOURCE_PLACES,
  UNKNOWN_PLACES,
} from '../../contract/places.js';
import { namesIn } from '../../contract/template.js';
import { nearest } from '../../problem.js';
import type { FormatDocument, Path } from '../document.js';
import { checkForms } from './check-forms.js';
import { checkHint } from './check-hint.js';
import { checkOperations } from './check-operations.js';
import { checkWebhooks } from './check-webhooks.js';

const LINK = ['job', 'resource', 'path', 'query', 'header', 'body', 'origin', 'api'];
const ENVELOPE = ['data', 'http', 'url', 'type', 'request', 'paging', 'urgent', 'idempotencyKey'];
const REFUSAL = ['http', 'type', 'code', 'message', 'invalid', 'url', 'request'];

/** What the parts of a binding say of each other: places in templates, states, the error of a failed job. */
export function checkWords(document: FormatDocument, binding: Json): void {
  checkComplete(document, binding.schedules);
  checkShapes(document, ['scheduled'], binding.scheduled);
  for (const [id, scheduling] of entriesOf(binding.schedules)) {
    if (!isObject(scheduling)) continue;
    checkPlaces(document, ['schedules', id, 'link'], scheduling.link, LINK);
    checkShapes(document, ['schedules', id, 'scheduled'], scheduling.scheduled);
  }
  for (const [name, state] of entriesOf(binding.states)) {
    checkShapes(document, ['states', name], state);
  }
  const { unknown } = isObject(binding.report) ? binding.report : {};
  checkAnswer(document, ['report', 'unknown'], unknown, UNKNOWN_PLACES);
  checkOutcomes(document, binding.states);
  checkWebhooks(document, binding, checkPlaces);
  for (const [name, envelope] of entriesOf(binding.envelopes)) {
    checkPlaces(document, ['envelopes', name], envelope, ENVELOPE);
  }
  checkPlaces(document, ['refusal'], binding.refusal, REFUSAL);
  for (const [name, resource] of entriesOf(binding.resources)) {
    const data = isObject(resource) ? resource.data : undefined;
    checkPlaces(document, ['resources', name, 'data'], data, RESOURCE_PLACES);
  }
  checkFailure(document, binding);
  checkForms(document, binding);
  checkOperations(document, binding, {
    answer: (path, answer, places) => checkAnswer(document, path, answer, places),
    places: (path, value, places) => checkPlaces(document, path, value, places),
  });
  checkHint(document, binding);
}

/** Whoever schedules jobs says how they are reported. */
function checkComplete(document: FormatDocument, schedules: unknown): void {
  if (!document.has(['schedules'])) {
    const message = 'the key "schedules" is missing';
    document.wrong(['schedules'], 'BINDING_MISSING_KEY', message, 'every binding needs it');
  }
  const empty = typeof schedules === 'object' && Object.keys(schedules ?? {}).length === 0;
  if (empty && schedules !== null) return;
  for (const key of ['report', 'scheduled', 'states']) {
    if (document.has([key])) continue;
    const message = `the key "${key}" is missing`;
    document.wrong([key], 'BINDING_MISSING_KEY', message, 'every binding needs it');
  }
}

function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

/** An answer, and its other forms. */
function checkShapes(document: FormatDocument, path: Path, answer: unknown): void {
  checkAnswer(document, path, answer);
  for (const [shape, other] of isObject(answer) ? entriesOf(answer.shapes) : []) {
    checkAnswer(document, [...path, 'shapes', shape], other);
  }
}

function checkAnswer(
  document: FormatDocument,
  path: Path,
  answer: unknown,
  known: readonly string[] = ANSWER_PLACES,
): void {
  if (!isObject(answer)) return;
  for (const [name, text] of entriesOf(answer.headers)) {
    checkPlaces(document, [...path, 'headers', name], text, known);
  }
  checkPlaces(document, [...path, 'data'], answer.data, known);
}

function checkPlaces(
  document: FormatDocument,
  path: Path,
  value: unknown,
  known: readonly string[],
): void {
  if (Array.isArray(value)) {
    value.forEach((item, i) => {
      checkPlaces(document, [...path, i], item, known);
    });
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      checkPlaces(document, [...path, key], inner, known);
    }
  } else {
    for (const name of namesIn(value)) {
      const [head = '', ...rest] = name.split('.');
      if (known.includes(head)) {
        checkPart(document, path, head, rest.join('.'));
        continue;
      }
      const hint = nearest(head, known);
      document.wrong(path, 'BINDING_UNKNOWN_PLACE', `unknown place {${name}}`, hint);
    }
  }
}

/** `{eta.epoch}` is a form of a moment; `{eta.epoc}` would be left out. */
function checkPart(document: FormatDocument, path: Path, head: string, part: string): void {
  const parts = PLACE_PARTS[head];
  if (part === '' && head === 'header') {
    const message = '{header} is not told as a whole: credentials are among them';
    document.wrong(path, 'BINDING_UNKNOWN_PLACE', message, 'name one: {header.X-Request-Id}');
  }
  if (!parts || part === '' || parts.includes(part)) return;
  const hint = parts.length === 0 ? 'it is a single value' : nearest(part, parts);
  const message = `unknown place {${head}.${part}}`;
  document.wrong(path, 'BINDING_UNKNOWN_PLACE', message, hint, { usable: true });
}

function checkOutcomes(document: FormatDocument, states: unknown): void {
  if (!isObject(states) || document.isFaultyWithin(['states'])) return;
  const outcomes = Object.values(states).map((state) => isObject(state) && state.outcome);
  for (const outcome of ['open', 'done']) {
    if (outcomes.includes(outcome)) continue;
    const message = `no state has the outcome ${outcome}`;
    document.wrongKey(['states'], 'BINDING_MISSING_OUTCOME', message, 'jobs need one to be in');
  }
}

function checkFailure(document: FormatDocument, { failure, errors }: Json): void {
  if (failure === undefined) return;
  const known = entriesOf(errors).map(([key]) => key);
  if (known.includes(String(failure))) return;
  const message = `failure: there is no error "${failure}"`;
  const hint = nearest(String(failure), known);
  document.wrong(['failure'], 'BINDING_UNKNOWN_ERROR', message, hint);
}
