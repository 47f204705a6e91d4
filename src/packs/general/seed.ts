import { type Json, textOf } from '../../contract/json.js';
import type { World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const EXAMPLE = '{"kind": "person", "id": "UUID", "first_name": "…"}';

/** Puts something in by hand. It needs `kind` and `id`. */
export function seed({ kind, ...document }: Json, world: World): Resource | string {
  if (typeof kind !== 'string' || kind === '') return `kind is missing; give ${EXAMPLE}`;
  const { id } = document;
  if (!UUID.test(textOf(id ?? ''))) return `id is no UUID; give ${EXAMPLE}`;
  return world.keep({ kind, id: textOf(id).toLowerCase(), document });
}
