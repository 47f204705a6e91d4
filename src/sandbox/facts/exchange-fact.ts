import type { Compressor } from '../compressed-text.js';
import type { Exchange } from '../journal.js';
import type { Fact } from './fact.js';

/** An exchange as it is kept. */
export function exchangeFact(exchange: Exchange, compressor: Compressor): Fact {
  const { requestBody, ...said } = exchange;
  const body = requestBody && compressor.read(requestBody);
  return { k: 'exchange', exchange: { ...said, requestBody: body } };
}

/** The same as a text; a poll has no body, and is written as it is. */
export function exchangeText(exchange: Exchange, compressor: Compressor): string {
  if (exchange.requestBody) return JSON.stringify(exchangeFact(exchange, compressor));
  return `{"k":"exchange","exchange":${JSON.stringify(exchange)}}`;
}
