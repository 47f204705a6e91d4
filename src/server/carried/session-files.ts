import type { ServedFiles } from '../../load/pack-description.js';
import type { Fact } from '../../sandbox/facts/fact.js';
import { type Tape, tapeOf } from '../../sandbox/facts/tape.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import type { Session } from '../../sandbox/session.js';
import { StandingSessions } from '../../sandbox/standing-sessions.js';
import { ControlProblem } from '../../sandbox-error.js';
import { asProblem } from './as-problem.js';
import { readOnlyProblem } from './read-only-problem.js';
import type { SessionFile } from './session-file.js';

/** A tape, and for which moment of its session it was made. */
interface Known {
  session: Session;
  changes: number;
  exchanges: number;
  tape: Tape;
  standing: StandingSessions;
  /** Sessions as they stood, by the numbers of exchanges; the newest asked for come last. */
  shown: Map<number, Promise<Session>>;
}

/** A page asks for a few things at one moment. */
const MOST_SHOWN = 4;

/** Sessions as files, as branches, and as they stood. */
export class SessionFiles {
  /** That of the session that was asked last. */
  #known: Known | undefined;

  constructor(
    private readonly sandbox: Sandbox,
    private readonly served: ServedFiles,
    /** The file that is only looked at here. */
    readonly opened?: string,
  ) {}

  /** @throws ControlProblem where a file is only looked at */
  checkWritable(): void {
    if (this.opened !== undefined) throw readOnlyProblem(this.opened);
  }

  /** A session as it stood right after one of its exchanges. @throws ControlProblem */
  async at(name: string, seq: number): Promise<Session> {
    const session = this.sandbox.existing(name);
    const { tape, standing, shown } = await this.#tapeOf(session);
    const before = shown.get(seq);
    if (before) return before;
    const count = countUpTo(tape, seq, name);
    const now = seq === 0 ? beginOf(tape, session) : undefined;
    const made = standing.after(count, now).catch((error) => {
      shown.delete(seq);
      throw asProblem(name, error);
    });
    shown.set(seq, made);
    const [oldest] = shown.keys();
    if (oldest !== undefined && shown.size > MOST_SHOWN) shown.delete(oldest);
    return made;
  }

  /** A session of another name goes on from an exchange of this one; left out, from how it stands. @throws ControlProblem */
  async branch(
    name: string,
    { name: to, at, replace = false }: { name: string; at?: number; replace?: boolean },
  ): Promise<Session> {
    const session = this.sandbox.existing(name);
    session.settle();
    const { tape } = await this.#tapeOf(session);
    const facts = at === undefined ? tape.facts : tape.facts.slice(0, countUpTo(tape, at, name));
    if (to === name) {
      const what = `a branch of "${name}" cannot have its name`;
      throw new ControlProblem(422, 'SESSION_WRONG_NAME', what, 'give it another one');
    }
    await this.sandbox.ready(to);
    this.#checkFree(to, replace);
    return this.#goOn(to, facts);
  }

  /** The file of a session. @param secrets credentials stand in it as they came @throws ControlProblem */
  async save(name: string, secrets: boolean): Promise<Buffer> {
    const session = this.sandbox.existing(name);
    session.settle();
    const { tape } = await this.#tapeOf(session);
    const { fileOf } = await import('./file-of.js');
    const { writeSessionFile } = await import('./write-session-file.js');
    return writeSessionFile(await fileOf(session, tape, this.served, secrets));
  }

  /** A session of this name goes on from a file. @throws ControlProblem, and nothing has changed then */
  async load(name: string, bytes: Buffer, replace: boolean): Promise<Session> {
    this.#checkFree(name, replace);
    const { readSessionFile } = await import('./read-session-file.js');
    const { checkFile } = await import('./check-file.js');
    const { onThisMachine } = await import('./on-this-machine.js');
    const file: SessionFile = await readSessionFile(bytes, 'the file');
    await checkFile(file, name, this.sandbox.setup, 'the file');
    this.#checkFree(name, replace);
    return this.#goOn(name, onThisMachine(file.facts, this.sandbox.setup));
  }

  async #goOn(name: string, facts: readonly Fact[]): Promise<Session> {
    try {
      return await this.sandbox.goOn(name, facts);
    } catch (error) {
      throw asProblem(name, error);
    }
  }

  #checkFree(name: string, replace: boolean): void {
    const known = this.sandbox.find(name);
    if (!known || replace) return;
    const { journal, jobs, changes } = known;
    if (journal.size + journal.dropped + jobs.size + changes === 0) return;
    const what = `session "${name}" is in use`;
    const hint = 'take another name, or replace it (?replace=true, --replace)';
    throw new ControlProblem(409, 'SESSION_IN_USE', what, hint);
  }

  async #tapeOf(session: Session): Promise<Known> {
    const { changes, journal } = session;
    const exchanges = journal.size + journal.dropped;
    const known = this.#known;
    const isKnown =
      known?.session === session && known.changes === changes && known.exchanges === exchanges;
    if (isKnown) return known;
    const tape = await tapeOf(session.facts());
    const standing = new StandingSessions(session.name, session.setup, tape.facts);
    const made = { session, changes, exchanges, tape, standing, shown: new Map() };
    this.#known = made;
    return made;
  }
}

function countUpTo(tape: Tape, seq: number, name: string): number {
  const count = tape.upTo(seq);
  if (count !== undefined) return count;
  const { earliest, last, first } = tape;
  const isKept = seq >= first && seq < earliest;
  const what = isKept
    ? `how session "${name}" stood at exchange ${seq} is not kept any more`
    : `session "${name}" has no exchange ${seq} to stand at`;
  const there = last < earliest ? 'it has none yet' : `give one from ${earliest} to ${last}`;
  throw new ControlProblem(404, 'SESSION_NO_SUCH_EXCHANGE', what, there);
}

/** Before the first exchange nothing tells the time but that exchange. */
function beginOf(tape: Tape, session: Session) {
  const first = tape.facts.find((fact) => fact.k === 'exchange');
  return first?.k === 'exchange' ? first.exchange.at : session.clock.now();
}
