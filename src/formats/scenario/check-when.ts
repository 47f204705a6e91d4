import { nearest } from '../../problem.js';
import type { When } from '../../scenario/scenario.js';
import type { RequestFields, Vocabulary } from '../../scenario/vocabulary.js';
import type { FormatDocument, Path } from '../document.js';
import { conditionsOf } from './conditions.js';
import type { ScenarioFile } from './scenario-file.js';

/** That each condition asks for something, and for something that a request can have. */
export function checkWhen(document: FormatDocument, file: ScenarioFile, words: Vocabulary): void {
  const operations = file.operations?.map(String) ?? words.operations;
  const known = new Map<keyof When, RequestFields[]>();
  const fieldsOf = (part: keyof When) => {
    const found =
      known.get(part) ?? operations.flatMap((id) => words.requestFields?.(id, part) ?? []);
    known.set(part, found);
    return found;
  };
  for (const { path, when } of conditionsOf(file)) {
    if (Object.values(when).every((part) => Object.keys(part).length === 0)) {
      if (hasFaultyPart(document, path)) continue;
      const message = 'the condition is empty, so every request would meet it';
      document.wrong(path, 'SCENARIO_EMPTY', message, 'name a field: body: { subject.value: … }');
    }
    for (const part of Object.keys(when) as (keyof When)[]) {
      const names = Object.keys(when[part]);
      const fields = names.length === 0 ? [] : fieldsOf(part);
      if (fields.length === 0) continue;
      for (const name of names) checkField(document, path, part, name, fields);
    }
  }
}

function checkField(
  document: FormatDocument,
  path: Path,
  part: keyof When,
  name: string,
  known: readonly RequestFields[],
): void {
  const found = known.map((fields) => fields.has(name));
  if (found.includes('yes')) return;
  const at = [...path, part, ...placeOf(document, [...path, part], name)];
  const open = found.includes('perhaps');
  const names = [...new Set(known.flatMap((fields) => fields.names()))];
  const message = open
    ? `the contract does not name the field "${name}" of ${PARTS[part]}`
    : `no request has the field "${name}" in ${PARTS[part]}, so the scenario is never chosen by it`;
  const weight = open ? ({ severity: 'warning', usable: true } as const) : { usable: true };
  const hint = names.length === 0 ? undefined : nearest(name, names);
  document.wrongKey(at, 'SCENARIO_UNKNOWN_FIELD', message, hint, weight);
}

const PARTS: Record<keyof When, string> = {
  body: 'its body',
  path: 'its path',
  query: 'its query',
  headers: 'its headers',
  resource: 'what it changes',
};

/** A dotted name may stand as it is, or as mappings in each other. */
function placeOf(document: FormatDocument, path: Path, name: string): string[] {
  if (document.has([...path, name])) return [name];
  const parts = name.split('.');
  for (let length = parts.length - 1; length > 0; length -= 1) {
    const head = parts.slice(0, length).join('.');
    if (document.has([...path, head])) {
      return [head, ...placeOf(document, [...path, head], parts.slice(length).join('.'))];
    }
  }
  return [name];
}

function hasFaultyPart(document: FormatDocument, path: Path): boolean {
  return (['body', 'path', 'query', 'headers', 'resource'] as const).some((part) =>
    document.isFaultyWithin([...path, part]),
  );
}
