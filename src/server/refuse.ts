import type { Place } from '../contract/binding.js';
import type { Breach } from '../contract/operation.js';
import type { Invalid, Refusal } from '../sandbox/pack.js';

/** A refusal that names every rule that the request breaks. */
export function refuseBreaches(status: number, breaches: readonly Breach[]): Refusal {
  const byEntry = new Map<string, Invalid>();
  for (const { in: place, at, rule, description, params } of breaches) {
    const entry = byEntry.get(`${place} ${at}`) ?? {
      entry: at,
      entry_type: place,
      rules: [],
    };
    entry.rules.push({ rule, description, params });
    byEntry.set(`${place} ${at}`, entry);
  }
  const { length } = breaches;
  const what = length === 1 ? '1 rule of the contract is' : `${length} rules of the contract are`;
  return { status, message: `${what} not kept; see invalid`, invalid: [...byEntry.values()] };
}

/** A refusal of one thing that is not a field of the body. */
export function refuse(
  status: number,
  message: string,
  where?: { entry: string; type: Place; rule: string },
): Refusal {
  if (!where) return { status, message };
  const rules = [{ rule: where.rule, description: message, params: [] }];
  return { status, message, invalid: [{ entry: where.entry, entry_type: where.type, rules }] };
}
