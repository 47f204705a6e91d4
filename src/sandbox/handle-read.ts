import type { Draft } from './draft.js';
import { type Handled, type HandlerRequest, refusal } from './handled.js';
import { isRefusal } from './pack.js';
import { Renderer } from './render.js';

/** Answers an operation that reads state, as the pack has it. */
export function handleRead(draft: Draft, request: HandlerRequest): Handled {
  const { operation, requester } = request;
  const { binding, pack } = draft.api;
  draft.settle();
  const notes: string[] = [];
  const reply = pack?.reads[operation.id]?.(
    request,
    draft.world((text) => notes.push(text)),
  );
  const journal = {
    operation: operation.id,
    ...(notes.length > 0 ? { note: notes.join('; ') } : {}),
  };
  if (!reply) throw new Error(`the pack ${pack?.name} reads ${operation.id} and gives no answer`);
  if (isRefusal(reply)) return refusal(reply, journal);
  const answer = new Renderer(binding, draft.envelope, requester).reply(reply);
  return { outcome: { kind: 'answer', answer, checkedBy: operation }, journal };
}
