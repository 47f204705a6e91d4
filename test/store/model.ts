/** What a session is, as simply as it can be said: a list of facts, a map of records. */
export interface ModelSession {
  facts: string[];
  records: Map<string, string>;
  recorded: number;
  trimmed: number;
}

export class Model {
  readonly sessions = new Map<string, ModelSession>();

  append(name: string, expected: number, facts: readonly string[]) {
    const session = this.sessions.get(name);
    const position = session?.facts.length ?? 0;
    if (position !== expected) return { missed: this.read(name, expected) };
    if (facts.length === 0) return { position };
    if (session) session.facts.push(...facts);
    else
      this.sessions.set(name, {
        facts: [...facts],
        records: new Map(),
        recorded: 0,
        trimmed: 0,
      });
    return { position: position + facts.length };
  }

  read(name: string, after: number): string[] {
    const session = this.sessions.get(name);
    return session ? session.facts.slice(Math.max(after, session.trimmed)) : [];
  }

  find(name: string) {
    const session = this.sessions.get(name);
    if (!session) return undefined;
    const { facts, recorded, trimmed } = session;
    return { position: facts.length, recorded, trimmed };
  }

  record(name: string, records: Record<string, string | undefined>): void {
    const session = this.sessions.get(name);
    if (!session) return;
    for (const [key, value] of Object.entries(records))
      if (value === undefined) session.records.delete(key);
      else session.records.set(key, value);
    session.recorded = session.facts.length;
  }

  trim(name: string, position: number): void {
    const session = this.sessions.get(name);
    if (session) session.trimmed = Math.max(session.trimmed, Math.min(position, session.recorded));
  }

  range(name: string, from: string, before: string, limit: number) {
    const all = [...(this.sessions.get(name)?.records ?? [])].map(([key, value]) => ({
      key,
      value,
    }));
    return all
      .sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)))
      .filter(({ key }) => inOrder(from, key) && !inOrder(before, key))
      .slice(0, limit);
  }
}

const inOrder = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b)) <= 0;
