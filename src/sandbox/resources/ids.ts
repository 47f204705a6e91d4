import type { ResourceKind } from '../../contract/resource-kind.js';
import { flat, type Ids } from '../ids.js';
import { isOfServer, saidOf } from './fields.js';

/** The id that a body gives to what it makes; undefined: it leaves that to the server. */
export function chosenId(kind: ResourceKind, body: unknown): string | undefined {
  const { field } = kind.model?.place ?? {};
  return field === undefined || isOfServer(kind, field) ? undefined : idIn(kind, body);
}

/** The id that a body names. */
export function idIn(kind: ResourceKind, body: unknown): string | undefined {
  const { field } = kind.model?.place ?? {};
  const id = field === undefined ? undefined : saidOf(kind, body)[field];
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** An id as the contract takes them. */
export function newId(kind: ResourceKind, ids: Ids): string {
  return flat(ids.id(kind.ids));
}
