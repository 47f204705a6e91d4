import type { Compressor } from '../compressed-text.js';
import type { Exchange } from '../journal.js';
import type { Fact } from './fact.js';

/** An exchange as it is kept. */
export function exchangeFact(exchange: Exchange, compressor: Compressor): Fact {
  const { requestBody, ...said } = exchange;
  const body = requestBody && compressor.read(requestBody);
  return { k: 'exchange', exchange: { ...said, requestBody: body } };
}
