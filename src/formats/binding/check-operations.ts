import { isObject, type Json } from '../../contract/json.js';
import { ANSWER_PLACES } from '../../contract/places.js';
import type { Outcome } from '../../outcome.js';
import { nearest } from '../../problem.js';
import type { FormatDocument, Path } from '../document.js';

/** What a list may tell beside its jobs. */
const LIST_PLACES: readonly string[] = [
  'items', 'count', 'total', 'limit', 'offset', 'page', 'pages', 'hasMore', 'first', 'last', 'cursor', 'next',
  'previous', 'firstOrNull', 'lastOrNull', 'cursorOrNull', 'nextOrNull', 'previousOrNull', 'now', 'origin', 'api',
]; // biome-ignore format: reads as one list

/** How {@link checkOperations} looks at answers and at the places of a template. */
interface Checks {
  answer(path: Path, answer: unknown, places: readonly string[]): void;
  places(path: Path, value: unknown, places: readonly string[]): void;
}

/** What operations on jobs say of states and of places, and of each other. */
export function checkOperations(document: FormatDocument, binding: Json, checks: Checks): void {
  const { cancel, delete: deletes, list, results, expires } = binding;
  checkAnswers(binding, checks);
  if (isObject(cancel)) checkCancel(document, binding, cancel);
  if (isObject(list)) checkList(document, list, checks);
  if (Array.isArray(results)) {
    results.forEach((result: unknown, i) => {
      if (isObject(result)) checkStates(document, binding, ['results', i, 'when'], result.when);
    });
  }
  for (const [key, part] of Object.entries({ cancel, delete: deletes, list, results, expires })) {
    if (part === undefined || document.has(['report'])) continue;
    const message = `${key}: this binding reports no job`;
    const hint = 'say with `schedules` and `report` which operations schedule jobs and report them';
    document.wrongKey([key], 'BINDING_MISSING_KEY', message, hint);
  }
}

function checkAnswers(binding: Json, { answer }: Checks): void {
  const { results } = binding;
  for (const key of ['cancel', 'delete', 'expires']) answer([key], binding[key], ANSWER_PLACES);
  const shapes = partOf(binding.cancel, 'shapes');
  for (const [name, shape] of Object.entries(isObject(shapes) ? shapes : {})) {
    answer(['cancel', 'shapes', name], shape, ANSWER_PLACES);
  }
  answer(['cancel', 'refused'], partOf(binding.cancel, 'refused'), ANSWER_PLACES);
  answer(['delete', 'refused'], partOf(binding.delete, 'refused'), ANSWER_PLACES);
  answer(['list'], binding.list, LIST_PLACES);
  if (!Array.isArray(results)) return;
  results.forEach((result: unknown, i) => {
    answer(['results', i], result, ANSWER_PLACES);
    answer(['results', i, 'before'], partOf(result, 'before'), ANSWER_PLACES);
  });
}

function partOf(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

function checkCancel(document: FormatDocument, binding: Json, cancel: Json): void {
  const states = statesWith(binding, 'cancelled');
  if (cancel.state !== undefined) {
    checkState(document, binding, ['cancel', 'state'], cancel.state, 'cancelled');
  } else if (states.length === 0 && !document.isFaultyWithin(['states'])) {
    const message = 'cancel: no state has the outcome cancelled';
    const hint = 'jobs that are cancelled need one to be in: CANCELLED: { outcome: cancelled, … }';
    document.wrongKey(['cancel'], 'BINDING_MISSING_OUTCOME', message, hint);
  }
  if (cancel.while === undefined) return;
  checkState(document, binding, ['cancel', 'while'], cancel.while, 'open');
  if (cancel.after !== undefined || document.isFaulty(['cancel', 'after'])) return;
  const message = '`while` is never shown: the job is cancelled at once';
  const hint = 'say with `after` how long that takes: after: 5s';
  document.wrong(['cancel', 'while'], 'BINDING_WRONG_VALUE', message, hint);
}

/** A state that there is, and that means this for the job. */
function checkState(
  document: FormatDocument,
  binding: Json,
  path: Path,
  said: unknown,
  wanted: Outcome,
): void {
  const name = String(said);
  const known = isObject(binding.states) ? binding.states : {};
  const fitting = statesWith(binding, wanted);
  if (!Object.hasOwn(known, name)) {
    if (document.isFaultyWithin(['states'])) return;
    const hint = nearest(name, fitting.length > 0 ? fitting : Object.keys(known));
    document.wrong(path, 'BINDING_UNKNOWN_STATE', `there is no state "${name}"`, hint);
  } else if (!fitting.includes(name)) {
    const message = `the outcome of ${name} is not ${wanted}`;
    const hint =
      fitting.length > 0 ? `name one of: ${fitting.join(', ')}` : 'there is none such yet';
    document.wrong(path, 'BINDING_WRONG_VALUE', message, hint);
  }
}

function statesWith({ states }: Json, wanted: Outcome): string[] {
  return Object.entries(isObject(states) ? states : {}).flatMap(([name, state]) =>
    isObject(state) && state.outcome === wanted ? [name] : [],
  );
}

function checkStates(document: FormatDocument, binding: Json, path: Path, when: unknown): void {
  if (!Array.isArray(when) || document.isFaultyWithin(['states'])) return;
  const known = Object.keys(isObject(binding.states) ? binding.states : {});
  when.forEach((name: unknown, i) => {
    if (name === undefined || known.includes(String(name))) return;
    const message = `there is no state "${name}"`;
    document.wrong([...path, i], 'BINDING_UNKNOWN_STATE', message, nearest(String(name), known));
  });
}

function checkList(document: FormatDocument, list: Json, { places }: Checks): void {
  places(['list', 'item'], list.item, ANSWER_PLACES);
  if (list.items !== undefined && list.data !== undefined) {
    const message = '"items" cannot stand beside "data"';
    const hint = 'put {items} into `data`, where the jobs are to stand';
    document.wrong(['list', 'items'], 'BINDING_KEY_CONFLICT', message, hint);
  }
  const known = ['state', 'operation', 'kind', 'item', ...ANSWER_PLACES];
  for (const [name, of] of Object.entries(isObject(list.filter) ? list.filter : {})) {
    const [head = ''] = String(of).split('.', 1);
    if (known.includes(head)) continue;
    const message = `unknown place "${of}"`;
    document.wrong(
      ['list', 'filter', name],
      'BINDING_UNKNOWN_PLACE',
      message,
      nearest(head, known),
    );
  }
  const paging = isObject(list.paging) ? list.paging : {};
  const ways = ['offset', 'page', 'after'].filter((key) => paging[key] !== undefined);
  if (ways.length < 2) return;
  const message = `${ways.join(' and ')} cannot both say where a page begins`;
  document.wrong(
    ['list', 'paging', ways[1] ?? ''],
    'BINDING_KEY_CONFLICT',
    message,
    'leave one of them out',
  );
}
