import type { ResourceRole } from '../../contract/resource-binding.js';
import type { ResourceKind } from '../../contract/resource-kind.js';
import type { Api } from '../api.js';
import type { Draft } from '../draft.js';
import type { Handled, Handler, HandlerRequest } from '../handled.js';
import { handleList } from './handle-list.js';
import { handleReadOne } from './handle-read.js';
import { handleChange, handleCreate, handleDelete, handleReplace } from './handle-write.js';
import { kindsOf } from './kinds.js';
import { hasTags, refuseCondition, unlessUnchanged } from './tags.js';

type Handle = (kind: ResourceKind, draft: Draft, request: HandlerRequest) => Handled;

const HANDLES: Readonly<Record<ResourceRole, Handle>> = {
  create: handleCreate,
  read: handleReadOne,
  list: handleList,
  replace: handleReplace,
  change: handleChange,
  delete: handleDelete,
};

/** What answers the operations that read or change resources of the binding at once. */
export function resourceHandlers(api: Api): [operation: string, Handler][] {
  return [...(kindsOf(api)?.uses ?? [])].map(([operation, { kind, role }]) => {
    const handle = HANDLES[role];
    if (!hasTags(kind)) return [operation, (draft, request) => handle(kind, draft, request)];
    return [
      operation,
      (draft, request) => {
        const refused = refuseCondition(kind, role, draft, request);
        if (refused) return refused;
        const handled = handle(kind, draft, request);
        return role === 'read' ? unlessUnchanged(handled, request) : handled;
      },
    ];
  });
}
