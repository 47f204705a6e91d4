import type { Json } from '../../contract/json.js';
import type { Draft } from '../../sandbox/draft.js';
import type { Handler, HandlerRequest, JournalFields } from '../../sandbox/handled.js';
import type { Caller } from '../../sandbox/pack.js';
import { hasGateway, passGateway, withHeaders } from '../../sandbox/pass-gateway.js';
import type { RequestContext } from './request-context.js';

/** Decides what a request comes to, once it has been admitted or refused. */
export type Decide = (
  draft: Draft,
  requester: HandlerRequest['requester'],
  caller?: Caller,
) => ReturnType<Handler>;

/**
 * Lets a decision be asked for only once what stands in front of the API has let the request through, which looks at
 * its head alone.
 * @param journal what is to be known of a request that goes no further
 */
export function guardDecision(
  { session, route, req }: RequestContext,
  query: Json,
  journal: () => JournalFields,
  decide: Decide,
): Decide {
  if (route.kind !== 'found' || !hasGateway(session)) return decide;
  const { operation, params } = route;
  const request = { operation, params, query, body: undefined, headers: req.headers };
  return (draft, requester) => {
    const { refused, caller, headers } = passGateway(draft, request, journal());
    const handled = refused ?? decide(draft, requester, caller);
    return handled instanceof Promise
      ? handled.then((later) => withHeaders(later, headers))
      : withHeaders(handled, headers);
  };
}
