import type { Stateless } from '../../contract/stateless.js';
import type { Handler } from '../../sandbox/handled.js';
import { prefixOf, readQuery } from '../http/address.js';
import type { RequestContext } from './request-context.js';

/** What has no state is answered by Prism, from the contract's examples and schemas. */
export function handleStateless(
  { req, api, path, query }: RequestContext,
  text: string | undefined,
  stateless: Stateless,
): Handler {
  return async (_, { operation }) => {
    const journal = { operation: operation.id, note: 'answered by Prism' };
    const prefix = prefixOf(path, api.binding.prefixes);
    const answer = await stateless.answer({
      method: operation.method,
      path: path.slice(prefix.length),
      query: readQuery(query),
      headers: req.headers,
      body: text,
    });
    if ('problem' in answer) {
      const { status, problem: message } = answer;
      return { outcome: { kind: 'refusal', refusal: { status, message } }, journal };
    }
    const said = { ...answer, fault: undefined, value: undefined, mediaType: '' };
    return { outcome: { kind: 'answer', answer: said }, journal };
  };
}
