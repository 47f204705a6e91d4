/**
 * A body for a scenario file: the job's id and eta become places again, and braces of its own are
 * doubled, since a scenario fills in what stands in braces.
 * @param job the id as it stands in the body
 * @param eta keys on the way to the eta
 */
export function putPlaces(
  body: unknown,
  job: string | undefined,
  eta: readonly string[] | undefined,
): unknown {
  return walk(body, job, eta);
}

function walk(
  value: unknown,
  job: string | undefined,
  eta: readonly string[] | undefined,
): unknown {
  if (eta?.length === 0) return '{eta}';
  const below = (key: string) => (eta?.[0] === key ? eta.slice(1) : undefined);
  if (typeof value === 'string') return putJob(value, job);
  if (Array.isArray(value)) return value.map((item, i) => walk(item, job, below(String(i))));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, walk(inner, job, below(key))]),
  );
}

function putJob(text: string, job: string | undefined): string {
  const parts = job ? text.split(job) : [text];
  return parts.map((part) => part.replace(/[{}]/g, '$&$&')).join('{job}');
}
