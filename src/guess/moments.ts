import type { Json } from '../contract/json.js';
import type { Outcome } from '../outcome.js';

const WHEN = '_?(at|on|time|date|datetime|timestamp)$';

interface MomentOf {
  form: RegExp;
  place: string;
  /** When it has come. */
  of: readonly Outcome[];
}

const ENDED = ['done', 'failed', 'cancelled'] as const;

/** What a field of a job's moments tells, by its name in the form of `plainWord`. */
const MOMENTS: readonly MomentOf[] = [
  {
    form: new RegExp(
      `^(created|submitted|requested|scheduled|inserted|create|creation|submission)${WHEN}`,
    ),
    place: 'createdAt',
    of: ['open', ...ENDED],
  },
  { form: new RegExp(`^(finished|ended|end|finish)${WHEN}`), place: 'endedAt', of: ENDED },
  {
    form: new RegExp(`^(completed|done|succeeded|completion)${WHEN}`),
    place: 'doneAt',
    of: ['done'],
  },
  { form: new RegExp(`^(failed|errored)${WHEN}`), place: 'endedAt', of: ['failed'] },
  { form: new RegExp(`^(cancell?ed)${WHEN}`), place: 'endedAt', of: ['cancelled'] },
];

/** The moment that a field tells; undefined: it tells none that is known. */
export function momentOf(plain: string): MomentOf | undefined {
  return MOMENTS.find(({ form }) => form.test(plain));
}

/** As what a moment stands in a field: a text, or a number of seconds or milliseconds since 1970. */
export function placeOfMoment(
  place: string,
  schema: Json,
  types: ReadonlySet<string>,
): string | undefined {
  if (types.has('string')) return schema.format === 'date' ? undefined : `{${place}}`;
  if (!types.has('integer') && !types.has('number')) return undefined;
  const said = `${schema.description ?? ''} ${schema.title ?? ''}`;
  const millis = /milli|\bms\b/i.test(said) || Number(schema.example ?? schema.minimum ?? 0) > 1e11;
  return `{${place}.${millis ? 'ms' : 'epoch'}}`;
}
