import type { Breach } from '../contract/operation.js';
import { MOST_BREACHES } from '../contract/validator.js';
import type { Invalid, Refusal } from '../sandbox/pack.js';

const PLACES: Record<Breach['in'], string> = {
  body: 'json_data_property',
  path: 'path_parameter',
  query: 'query_parameter',
  header: 'header',
  cookie: 'cookie',
};

/** A refusal that names every rule that the request breaks. */
export function refuseBreaches(status: number, breaches: readonly Breach[]): Refusal {
  const byEntry = new Map<string, Invalid>();
  for (const { in: place, at, rule, description, params } of breaches) {
    const entry = byEntry.get(`${place} ${at}`) ?? {
      entry: at,
      entry_type: PLACES[place],
      rules: [],
    };
    entry.rules.push({ rule, description, params });
    byEntry.set(`${place} ${at}`, entry);
  }
  const { length } = breaches;
  const number = length < MOST_BREACHES ? String(length) : `${length} or more`;
  const what = length === 1 ? '1 rule of the contract is' : `${number} rules of the contract are`;
  return { status, message: `${what} not kept; see invalid`, invalid: [...byEntry.values()] };
}

/** A refusal of one thing that is not a field of the body. */
export function refuse(
  status: number,
  message: string,
  where?: { entry: string; type: string; rule: string },
): Refusal {
  if (!where) return { status, message };
  const rules = [{ rule: where.rule, description: message, params: [] }];
  return { status, message, invalid: [{ entry: where.entry, entry_type: where.type, rules }] };
}
