import type { IncomingMessage, ServerResponse } from 'node:http';
import { newestJobs } from '../../sandbox/control/newest.js';
import { showJob, showLightly, showSession } from '../../sandbox/control/views.js';
import type { Job } from '../../sandbox/job.js';
import type { Exchange } from '../../sandbox/journal.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import type { Session } from '../../sandbox/session.js';
import type { Duration } from '../../time/moments.js';

/** So often sessions are looked through for what has changed, while somebody reads. */
const LOOK: Duration = 150;

/** Proxies close a connection that says nothing for a minute. */
const HEARTBEAT: Duration = 15_000;

/** Bytes that may wait for a reader; one that leaves more lying is cut off and begins anew. */
const MAX_WAITING = 4_194_304;

/** Of a session with more jobs only the newest are told. */
const MOST_JOBS = 500;

/** What readers have been told of a session. */
interface Told {
  session: Session;
  /** Changes that had been made when it was last looked at. */
  changes: number;
  /** Number of the last exchange. */
  seq: number;
  view: string;
  /** By their keys, as they were then: a job is a value. */
  jobs: Map<string, Job>;
  /** Exchanges that were told while they were open. */
  open: Set<Exchange>;
}

/**
 * What happens in all sessions, as server-sent events (WHATWG HTML §9.2) for a page that shows them. A reader first
 * gets all sessions as they are (`sessions`), then what changes: `session`, `jobs`, `exchanges`, `ended`. Sessions are
 * looked at in turn, so nothing on the way of a request knows of a reader.
 */
export class AllEvents {
  readonly #readers = new Set<ServerResponse>();
  /** Those of them that have been given all sessions. */
  readonly #begun = new Set<ServerResponse>();
  readonly #told = new Map<string, Told>();
  #timer: NodeJS.Timeout | undefined;
  #spokenAt = 0;

  /**
   * @param base the sandbox's own URL as readers call it
   * @param opened the file that is only looked at here
   */
  constructor(
    private readonly sandbox: Sandbox,
    private readonly base: string,
    private readonly opened?: string,
  ) {}

  stream(req: IncomingMessage, res: ServerResponse): void {
    res.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      // nginx would hold events back until its buffer is full.
      'X-Accel-Buffering': 'no',
    });
    if (req.method === 'HEAD') {
      res.end();
      return;
    }
    res.flushHeaders();
    if (this.#readers.size === 0) this.#told.clear();
    this.#look();
    // What was told last may be long ago, and clocks have gone on since.
    const sessions = [...this.#told.values()].map(({ session }) => showSession(session, this.base));
    const all = event('sessions', JSON.stringify({ sessions, opened: this.opened }));
    this.#readers.add(res);
    this.#onceKept(
      () => {
        if (!this.#readers.has(res)) return;
        res.write(all);
        this.#begun.add(res);
      },
      () => res.end(),
    );
    // Sessions of other servers on the same store are to be seen as well.
    this.sandbox.readersOfAll += 1;
    this.#timer ??= setInterval(() => this.#look(), LOOK).unref();
    res.on('close', () => {
      this.#readers.delete(res);
      this.#begun.delete(res);
      this.sandbox.readersOfAll -= 1;
      if (this.#readers.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
      this.#told.clear();
    });
  }

  /** Ends every stream. */
  close(): void {
    for (const res of this.#readers) res.end();
  }

  #look(): void {
    const texts: string[] = [];
    for (const session of this.sandbox.sessions()) this.#lookAt(session, texts);
    for (const [name, { session }] of this.#told) {
      if (this.sandbox.find(name) === session) continue;
      this.#told.delete(name);
      texts.push(event('ended', JSON.stringify({ session: name })));
    }
    const text = texts.join('');
    this.#onceKept(() => this.#send(text));
  }

  /** Nobody is told of what a crash could take back; what is lost is told anew, for its session is another one then. */
  #onceKept(then: () => void, lost: () => void = () => {}): void {
    const { store } = this.sandbox;
    if (store) store.saved((error) => (error ? lost() : then()));
    else then();
  }

  #lookAt(session: Session, texts: string[]): void {
    const { name, jobs, journal } = session;
    let told = this.#told.get(name);
    if (told && told.session !== session) {
      texts.push(event('ended', JSON.stringify({ session: name })));
      told = undefined;
    }
    const due = jobs.soonest();
    if (due !== undefined && due <= session.clock.now()) session.settle();
    const seq = journal.size + journal.dropped;
    if (told && told.changes === session.changes && told.seq === seq && told.open.size === 0)
      return;
    told ??= { session, changes: -1, seq: 0, view: '', jobs: new Map(), open: new Set() };
    this.#told.set(name, told);
    this.#tell(told, texts);
    told.changes = session.changes;
    told.seq = seq;
  }

  #tell(told: Told, texts: string[]): void {
    const { session } = told;
    const { name, setup, journal } = session;
    const several = setup.apis.length > 1;
    const view = JSON.stringify(showSession(session, this.base));
    if (view !== told.view) texts.push(event('session', view));
    told.view = view;
    const now = newestJobs(session.jobs, { limit: MOST_JOBS });
    const moved = now.filter((job) => told.jobs.get(job.key) !== job);
    told.jobs = new Map(now.map((job) => [job.key, job]));
    if (moved.length > 0) {
      const shown = moved.map((job) => showJob(session.viewJob(job)));
      texts.push(event('jobs', JSON.stringify({ session: name, several, jobs: shown })));
    }
    const ended = [...told.open].filter(({ endedAt }) => endedAt !== undefined);
    const fresh = journal.read({ after: told.seq });
    for (const one of ended) told.open.delete(one);
    for (const one of fresh) if (one.endedAt === undefined) told.open.add(one);
    const exchanges = [...ended, ...fresh].map((one) => showLightly(one, setup));
    if (exchanges.length > 0)
      texts.push(event('exchanges', JSON.stringify({ session: name, exchanges })));
  }

  #send(text: string): void {
    const now = performance.now();
    if (text === '' && now - this.#spokenAt < HEARTBEAT) return;
    this.#spokenAt = now;
    const events = text === '' ? ': still here\n\n' : Buffer.from(text);
    for (const res of this.#begun) {
      if (res.writableLength > MAX_WAITING) res.destroy();
      else res.write(events);
    }
  }
}

function event(kind: string, data: string): string {
  return `event: ${kind}\ndata: ${data}\n\n`;
}
