import { at, type Json } from '../../contract/json.js';
import type { World } from '../../sandbox/pack.js';

/** The tax id of an employee that the session keeps; undefined: it keeps none of this id, or none with a tax id. */
export function taxIdOfEmployee(world: World, id: string): string | undefined {
  const found = world.find('employee', id);
  return found && taxIdIn(found.document);
}

/** Of an employee's document: its party's, or one beside its id. */
export function taxIdIn(document: Json): string | undefined {
  const taxId = at(document, 'party.tax_id') ?? document.tax_id;
  return typeof taxId === 'string' && taxId.trim() !== '' ? taxId : undefined;
}

/** A tax id, or the series and number of a passport where a person has none; written in any case. */
export function sameTaxId(a: string, b: string): boolean {
  const plain = (id: string) => id.replace(/\s/g, '').toUpperCase();
  return plain(a) === plain(b);
}
