import type { Masker } from './mask.js';
import { maskBody, maskHeaders, maskTarget } from './mask-message.js';
import type { Body, HeaderLines, Seen } from './seen.js';

/** One exchange as it is written down, without what identifies anybody. */
export function exchangeOf(
  masker: Masker,
  seq: number,
  { at, until, method, target, route, request, answer, failure }: Seen,
  messages: boolean,
) {
  const found = route.kind === 'found' ? route : undefined;
  // What the request gives away is looked for in the answer's texts too.
  const asked = message(masker, request, false);
  return {
    seq,
    at: new Date(at).toISOString(),
    took: until - at,
    method,
    path: maskTarget(masker, target, Object.values(found?.params ?? {})),
    operation: found?.operation.id,
    request: asked,
    answer: answer && {
      status: answer.status,
      ...message(masker, answer, messages || answer.status >= 400),
    },
    failure,
  };
}

function message(
  masker: Masker,
  { headers, body }: { headers: HeaderLines; body: Body },
  messages: boolean,
) {
  return {
    headers: maskHeaders(masker, headers),
    body: body.length === 0 ? undefined : maskBody(masker, body, messages),
    ...(body.whole ? {} : { cut: `${body.length} bytes on the wire` }),
  };
}
