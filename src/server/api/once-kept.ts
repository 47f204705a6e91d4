import type { Answer } from '../../sandbox/answer.js';
import { MovedOn } from '../../sandbox/moved-on.js';
import { Renderer } from '../../sandbox/render.js';
import { RETRY_AFTER } from '../store-problem.js';
import type { RequestContext } from './request-context.js';

/**
 * Goes on once the session has kept what it has gained: no client is told what a crash could take back. Where others have
 * changed the session meanwhile, the request is decided anew.
 * @param refuse sends that it could not be kept
 */
export function onceKept(
  context: RequestContext,
  then: () => void,
  refuse: (answer: Answer) => void,
): void {
  context.session.saved((error) => {
    if (error instanceof MovedOn) context.again();
    else if (error) refuse(unkept(context, error));
    else then();
  });
}

export function unkept(context: RequestContext, error: Error): Answer {
  const { api, base, path, query, called } = context;
  const url = base + path + query;
  const where = () => ({ origin: called.origin, api: '' });
  const renderer = new Renderer(api.binding, '', { url, request: context.requestId ?? '', where });
  const message = `nothing of this request was kept: ${error.message}`;
  const answer = renderer.refusal({ status: 503, message });
  return { ...answer, headers: { ...answer.headers, 'Retry-After': RETRY_AFTER } };
}
