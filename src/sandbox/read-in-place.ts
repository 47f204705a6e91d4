import type { Answer } from './answer.js';
import type { Draft } from './draft.js';
import type { HandlerRequest } from './handled.js';
import { isRefusal } from './pack.js';
import { rendererFor } from './renderer-for.js';

/**
 * What the pack says in the place of a state's answer, where an operation reads what jobs make.
 * @returns undefined: states have words of their own there
 */
export function readInPlace(
  draft: Draft,
  request: HandlerRequest,
): { answer: Answer; isRefusal: boolean } | undefined {
  const { binding, pack } = draft.api;
  const { id } = request.operation;
  if (!binding.report.reads?.includes(id)) return undefined;
  const reply = pack?.reads[id]?.(request, draft.world());
  if (!reply) return undefined;
  const renderer = rendererFor(draft, request);
  return isRefusal(reply)
    ? { answer: renderer.refusal(reply), isRefusal: true }
    : { answer: renderer.reply(reply), isRefusal: false };
}
