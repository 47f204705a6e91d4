// What the benchmarks send.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export const headers = { Authorization: 'Bearer bench', 'api-key': 'bench' };
const spec = parse(
  readFileSync(new URL('../spec/compositions/openapi.yaml', import.meta.url), 'utf8'),
);
export const example = spec.components.examples.CreateSickness.value;

/** A conclusion of 1.5 KB; the generator gives each its own subject. */
export const body = JSON.stringify(example, null, 1).replaceAll(
  example.subject.value,
  '11111111-1111-4111-8111-111111111111',
);
export const creation = {
  method: 'POST',
  headers: { ...headers, 'Content-Type': 'application/json' },
  body: JSON.stringify(example),
};
