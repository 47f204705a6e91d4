import type { Draft } from './draft.js';
import type { HandlerRequest } from './handled.js';
import { Renderer } from './render.js';

/** What answers a request in the words of its API and the envelope of its session. */
export function rendererFor(
  { api, envelope }: Draft,
  { requester, operation }: HandlerRequest,
): Renderer {
  const { binding, contract } = api;
  return new Renderer(binding, envelope, requester, { contract, operation });
}
