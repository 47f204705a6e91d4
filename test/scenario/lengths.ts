import { expect, it } from 'vitest';
import { fc } from '../support/seeded.js';
import { answer, DONE, parserTakes, schemaTakes, steps } from './takes.js';

const lengths = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    fc.constantFrom('0', '3', '12', '0.0', '1.5', '.5', '3.', '1e3', ''),
    fc.constantFrom('', ' ', '  '),
    fc.constantFrom(
      ...['ms', 's', 'sec', 'secs', 'second', 'seconds', 'm', 'min', 'mins', 'minute', 'minutes'],
      ...['h', 'hour', 'hours', 'd', 'day', 'days', 'w', 'S', 'poll', 'polls', 'Polls', ''],
      ...['until released', 'ever', 'never'],
    ),
    fc.constantFrom(
      ...['', '', '', ' from start', '  from start', ' from now'],
      ...[' as date', '  as date', ' as epoch seconds', ' as epoch milliseconds', ' as epoch'],
    ),
  )
  .map((parts) => parts.join('').trim());

/** Schema and parser take the same lengths, wherever one stands. @param runs texts that are tried at each place */
export function takeTheSameLengths(runs: number): void {
  it.each([
    ['for', (text: string) => steps(`{ state: PENDING, for: '${text}' }`, '{ state: DONE }')],
    ['eta', (text: string) => steps(`{ state: PENDING, eta: '${text}' }`)],
    ['retry_after', (text: string) => answer(`http: 429, retry_after: '${text}'`)],
    ['delay', (text: string) => steps(`{ state: DONE, delay: '${text}' }`)],
    ['within', (text: string) => `scenario: own\nexpect: { within: '${text}' }${DONE}`],
  ])('every text after "%s", or neither takes it', (_, write) => {
    const zeros = /^-0/; // -0s: a length of nothing for the parser, a sign too many for the schema
    fc.assert(
      fc.property(
        lengths.filter((text) => !zeros.test(text)),
        (text) => {
          expect(schemaTakes(write(text))).toBe(parserTakes(write(text)));
        },
      ),
      { numRuns: runs },
    );
  });
}
