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
    const { binding, contract } = api;
    const answer = await stateless.answer(contract, {
      operation: { method: operation.method, path: operation.path },
      path: path.slice(prefixOf(path, binding.prefixes).length),
      query: readQuery(query),
      headers: req.headers,
      body: text,
    });
    const note = 'answered by Prism';
    if ('problem' in answer) {
      const { status, code, problem: message } = answer;
      const journal = { operation: operation.id, note };
      return { outcome: { kind: 'refusal', refusal: { status, code, message } }, journal };
    }
    const { note: more, ...message } = answer;
    const journal = { operation: operation.id, note: more ? `${note} ${more}` : note };
    // The thread that made it has held it to the contract.
    const said = { ...message, fault: undefined, source: undefined, mediaType: '' };
    return { outcome: { kind: 'answer', answer: said }, journal };
  };
}
