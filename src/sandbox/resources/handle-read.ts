import { type ResourceKind, shapeOf } from '../../contract/resource-kind.js';
import type { Draft } from '../draft.js';
import type { Handled, HandlerRequest } from '../handled.js';
import { absent, show } from './answer.js';
import { named } from './kept.js';
import { undescribed } from './undescribed.js';

/** Answers a request for one resource. */
export function handleReadOne(kind: ResourceKind, draft: Draft, request: HandlerRequest): Handled {
  draft.settle();
  const { id, resource } = named(draft.resources, kind, request);
  if (!resource) return absent(draft, request, kind, id);
  const shape = shapeOf(kind, 'read', request.operation);
  if (!shape) return undescribed(request);
  return show(draft, request, kind, shape, { documents: [resource.document] });
}
