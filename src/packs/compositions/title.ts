import type { Ids } from '../../sandbox/ids.js';

const GROUP = 36 ** 4;

/** A number for people, in the form of `8910-33K4-EB46-KA3A`. */
export function makeTitle(ids: Ids): string {
  const group = () => (ids.number() % GROUP).toString(36).padStart(4, '0').toUpperCase();
  return [group(), group(), group(), group()].join('-');
}
