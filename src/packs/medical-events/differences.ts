import { isObject, textOf } from '../../contract/json.js';

/** What may differ: what an action changes, and what the service itself writes. */
const FREE = new Set([
  'status',
  'verification_status',
  'status_reason',
  'cancellation_reason',
  'explanatory_letter',
  'display_value',
  'display',
  'text',
  'unit',
  'subject',
  'requisition',
  'accession_identifier',
  'expiration_date',
  'dispense_valid_to',
  'status_history',
  'remaining_quantity',
  'inserted_at',
  'inserted_by',
  'updated_at',
  'updated_by',
]);

/**
 * Where a document that was signed again first differs from the one that is kept, as a path (`code.coding.0.code`);
 * undefined: it says the same. What one of them leaves out is not asked for.
 */
export function firstDifference(signed: unknown, kept: unknown, path = ''): string | undefined {
  if (isEmpty(signed) || isEmpty(kept)) return undefined;
  if (Array.isArray(signed)) {
    if (!Array.isArray(kept) || kept.length !== signed.length) return path;
    return first(signed.keys(), (i) => firstDifference(signed[i], kept[i], join(path, i)));
  }
  if (isObject(signed)) {
    if (!isObject(kept)) return path;
    const asked = Object.keys(signed).filter((key) => !FREE.has(key));
    return first(asked, (key) => firstDifference(signed[key], kept[key], join(path, key)));
  }
  return isSame(signed, kept) ? undefined : path;
}

function first<T>(items: Iterable<T>, look: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function join(path: string, key: string | number): string {
  return path === '' ? textOf(key) : `${path}.${key}`;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null;
}

/** The same text, id in any case, or moment in any spelling. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  if (one.toLowerCase() === other.toLowerCase()) return true;
  const moment = Date.parse(one);
  return /^\d{4}-\d\d-\d\dT/.test(one) && moment === Date.parse(other);
}
