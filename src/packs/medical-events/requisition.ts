import type { Ids } from '../../sandbox/ids.js';

const LETTERS = { alphabet: '0123456789ABCDEFGHKMPTX', length: 4 };

/** A number for people, in the form of `1A4B-9C0D-E2F3-77AA`. */
export function makeRequisition(ids: Ids): string {
  return Array.from({ length: 4 }, () => ids.id(LETTERS)).join('-');
}
