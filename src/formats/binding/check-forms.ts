import { isObject, type Json } from '../../contract/json.js';
import { nearest } from '../../problem.js';
import type { FormatDocument, Path } from '../document.js';

/** Forms of states that other parts of a binding name: what an operation usually tells, what an error is told in. */
export function checkForms(document: FormatDocument, { schedules, errors, states }: Json): void {
  if (!isObject(states) || document.isFaultyWithin(['states'])) return;
  for (const [id, scheduling] of entriesOf(schedules)) {
    const usual = isObject(scheduling) ? scheduling.usual : undefined;
    for (const [state, form] of entriesOf(usual)) {
      const path = ['schedules', id, 'usual', state];
      if (Object.hasOwn(states, state)) checkForm(document, path, form, formsOf(states[state]));
      else {
        const hint = nearest(state, Object.keys(states));
        document.wrongKey(path, 'BINDING_UNKNOWN_STATE', `there is no state "${state}"`, hint);
      }
    }
  }
  const failed = Object.values(states).filter(
    (state) => isObject(state) && state.outcome === 'failed',
  );
  for (const [key, error] of entriesOf(errors)) {
    if (!isObject(error) || error.shape === undefined) continue;
    checkForm(document, ['errors', key, 'shape'], error.shape, failed.flatMap(formsOf));
  }
}

function checkForm(document: FormatDocument, path: Path, form: unknown, known: readonly string[]) {
  if (form === undefined || known.includes(String(form))) return;
  const hint = known.length === 0 ? 'give the state `shapes`' : nearest(String(form), known);
  document.wrong(path, 'BINDING_WRONG_VALUE', `the state has no shape "${form}"`, hint);
}

function formsOf(state: unknown): string[] {
  return isObject(state) && isObject(state.shapes) ? Object.keys(state.shapes) : [];
}

function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}
