import { type JobPlace, type NamedParts, namingJob } from '../contract/job-place.js';
import { isObject, type Json } from '../contract/json.js';
import type { Operation } from '../contract/operation.js';
import { SAMPLE_ID } from '../sandbox/sample-requester.js';

/**
 * Path parameters that the contract takes: those of the scheduling request, else its examples.
 * @param last what the last one names
 */
export function paramsOf(
  { path, parameters }: Operation,
  known: Readonly<Record<string, string>> = {},
  last?: string,
): Record<string, string> {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  const values = names.map((name, i) => {
    if (last !== undefined && i === names.length - 1) return [name, last];
    const { example, schema } = parameters.find((p) => p.in === 'path' && p.name === name) ?? {};
    return [name, known[name] ?? String(example ?? sampleOf(schema) ?? SAMPLE_ID)];
  });
  return Object.fromEntries(values);
}

/** What a request about a job says: where its id stands, and the rest of its path as the job's own request had it. */
export function partsNaming(
  operation: Operation,
  place: JobPlace,
  id: string | number,
  known: Readonly<Record<string, string>> | undefined,
): Omit<NamedParts, 'body'> & { body: unknown } {
  const named = namingJob({ job: place }, id);
  return { ...named, params: { ...paramsOf(operation, known), ...named.params } };
}

function sampleOf(schema: Json | undefined): unknown {
  if (!isObject(schema)) return undefined;
  const [first] = [schema.enum, schema.examples].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  return schema.example ?? schema.default ?? first;
}
