import type { ResourceRole } from '../../contract/resource-binding.js';
import type { ResourceKind } from '../../contract/resource-kind.js';
import type { Api } from '../api.js';
import type { Draft } from '../draft.js';
import type { Handled, Handler, HandlerRequest } from '../handled.js';
import { handleList } from './handle-list.js';
import { handleReadOne } from './handle-read.js';
import { handleChange, handleCreate, handleDelete, handleReplace } from './handle-write.js';
import { kindsOf } from './kinds.js';

type Handle = (kind: ResourceKind, draft: Draft, request: HandlerRequest) => Handled;

const HANDLES: Readonly<Record<ResourceRole, Handle>> = {
  create: handleCreate,
  read: handleReadOne,
  list: handleList,
  replace: handleReplace,
  change: handleChange,
  delete: handleDelete,
};

/** What answers an operation that reads or changes resources of the binding at once; undefined: it does neither. */
export function resourceHandlerOf(api: Api, operation: string): Handler | undefined {
  const use = kindsOf(api)?.uses.get(operation);
  if (!use) return undefined;
  const handle = HANDLES[use.role];
  return (draft, request) => handle(use.kind, draft, request);
}
