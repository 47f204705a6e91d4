/** Where a body tells its eta: the place's name, and keys on the way there. */
export interface EtaPlace {
  name: string;
  path: readonly string[];
}

/**
 * A body for a scenario file: the job's id and eta become places again, and braces of its own are
 * doubled, since a scenario fills in what stands in braces.
 * @param job the id as it stands in the body
 */
export function putPlaces(
  body: unknown,
  job: string | undefined,
  eta: EtaPlace | undefined,
): unknown {
  return walk(body, job, eta);
}

function walk(value: unknown, job: string | undefined, eta: EtaPlace | undefined): unknown {
  if (eta?.path.length === 0) return `{${eta.name}}`;
  const below = (key: string) =>
    eta?.path[0] === key ? { ...eta, path: eta.path.slice(1) } : undefined;
  if (typeof value === 'string') return putJob(value, job);
  if (typeof value === 'number' && String(value) === job && job.length >= SHORTEST) return '{job}';
  if (Array.isArray(value)) return value.map((item, i) => walk(item, job, below(String(i))));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, walk(inner, job, below(key))]),
  );
}

/** A shorter id stands in other texts and numbers by chance. */
const SHORTEST = 6;

function putJob(text: string, job: string | undefined): string {
  if (job && job.length < SHORTEST) return text === job ? '{job}' : text.replace(/[{}]/g, '$&$&');
  const parts = job ? text.split(job) : [text];
  return parts.map((part) => part.replace(/[{}]/g, '$&$&')).join('{job}');
}
