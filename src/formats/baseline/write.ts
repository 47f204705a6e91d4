import { stringify } from 'yaml';
import { fingerprintOf, type KnownCause } from './known-cause.js';

/** The text of a baseline: sorted, an entry for each cause and operation, to be read and reviewed by people. */
export function writeBaseline(name: string, causes: readonly KnownCause[]): string {
  const entries = causes
    .toSorted((a, b) => compare(fingerprintOf(a), fingerprintOf(b)))
    .map(({ cause, rule, api, operation, title, note, scenarios }) => ({
      cause,
      ...(rule === undefined ? {} : { rule }),
      ...(api === undefined ? {} : { api }),
      ...(operation === undefined ? {} : { operation }),
      ...(title === undefined ? {} : { title }),
      ...(note === undefined ? {} : { note }),
      scenarios: [...new Set(scenarios)].sort(compare),
    }));
  return `${HEAD}${stringify({ baseline: name, causes: entries }, { lineWidth: 0 })}`;
}

const HEAD = `# Things to change in the client that are known: esoz-sandbox exec --baseline FILE is red for any other.
# --write-baseline writes this file anew; what is mended leaves it.
`;

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
