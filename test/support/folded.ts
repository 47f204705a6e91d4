import { exchangeFact } from '../../src/sandbox/facts/exchange-fact.js';
import type { Fact } from '../../src/sandbox/facts/fact.js';
import { Fold } from '../../src/sandbox/facts/fold.js';
import { Session } from '../../src/sandbox/session.js';
import { beginParts } from '../../src/sandbox/session-parts.js';

/** A session as its facts alone make it, each of them written down as JSON and read again. */
export async function folded(session: Session): Promise<Session> {
  const parts = beginParts(session.name, session.setup);
  const fold = new Fold(parts);
  for await (const slice of session.facts()) {
    for (const fact of slice) fold.add(JSON.parse(JSON.stringify(fact)) as Fact);
  }
  return new Session(session.name, session.setup, () => {}, parts);
}

/** All that there is to know of a session, line by line. */
export function linesOf(session: Session): string[] {
  const { compressor } = session.setup;
  const exchanges = session.journal.read().map((one) => exchangeFact(one, compressor));
  return [...session.standing(), ...exchanges].map((fact) => JSON.stringify(sorted(fact)));
}

/** The order of keys says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]),
  );
}
