import { batch, type Signal, signal } from '@preact/signals';
import type { JobState, LightExchange, SessionView } from '../sandbox/control/views.js';
import { ask, ControlError, controlUrl, signedOut } from './control.js';

/** A session as the page knows it; it changes as events come. */
export interface LiveSession {
  name: string;
  view: Signal<SessionView>;
  /** When `view` came, by the page's own clock: from then on a clock that moves has moved on. */
  seenAt: number;
  /** By their ids, in the order of their scheduling. */
  jobs: Signal<ReadonlyMap<string, JobState>>;
  /** In the order of their numbers, without headers and bodies. */
  exchanges: Signal<readonly LightExchange[]>;
  /** What had happened before the page was opened has been asked for. */
  read?: Promise<void>;
}

/** All sessions by their names, oldest first. */
export const sessions = signal<ReadonlyMap<string, LiveSession>>(new Map());

/** Name of the file that is looked at here, in which nothing can be changed; undefined: sessions live. */
export const opened = signal<string | undefined>(undefined);

export const connection = signal<'connecting' | 'open' | 'lost'>('connecting');

/** So many exchanges of a session are held; older ones can be asked for. */
const MOST = 10_000;

/** Follows all sessions from now on; when the connection is lost it is taken up again by itself. */
export function watchSessions(): void {
  const source = new EventSource(controlUrl('events'));
  const on = <T>(kind: string, take: (data: T) => void) =>
    source.addEventListener(kind, (event) => batch(() => take(JSON.parse(event.data))));
  source.onopen = () => {
    connection.value = 'open';
  };
  source.onerror = () => {
    connection.value = 'lost';
    if (source.readyState === EventSource.CLOSED) void findOutWhy();
  };
  on<{ sessions: SessionView[]; opened?: string }>('sessions', (all) => {
    opened.value = all.opened;
    begin(all.sessions);
  });
  on<SessionView>('session', show);
  on<{ session: string; jobs: JobState[] }>('jobs', ({ session, jobs }) => takeJobs(session, jobs));
  on<{ session: string; exchanges: LightExchange[] }>('exchanges', ({ session, exchanges }) =>
    takeExchanges(session, exchanges),
  );
  on<{ session: string }>('ended', ({ session }) => {
    const rest = new Map(sessions.value);
    rest.delete(session);
    sessions.value = rest;
  });
}

/** Asks for what a session held before the page was opened; once. */
export function readSession(name: string): Promise<void> {
  const session = sessions.value.get(name);
  if (!session) return Promise.resolve();
  session.read ??= Promise.all([
    ask<{ jobs: JobState[] }>('GET', ['sessions', name, 'jobs'], undefined, { limit: '500' }),
    ask<{ exchanges: LightExchange[] }>('GET', ['sessions', name, 'journal'], undefined, {
      limit: '2000',
      bodies: 'false',
    }),
  ]).then(([{ jobs }, { exchanges }]) =>
    batch(() => {
      // What has come meanwhile is newer.
      const newer = session.jobs.value;
      session.jobs.value = new Map(jobs.map((job) => [job.id, newer.get(job.id) ?? job]));
      takeJobs(name, [...newer.values()]);
      takeExchanges(name, exchanges, true);
    }),
  );
  return session.read;
}

/** The present moment of a session's clock, in milliseconds since 1970. */
export function nowOf({ view, seenAt }: LiveSession): number {
  const { mode, rate = 1, now } = view.value.clock;
  const then = Date.parse(now);
  // In a file time stands as it was saved.
  const stands = mode === 'manual' || opened.value !== undefined;
  return stands ? then : then + (performance.now() - seenAt) * rate;
}

function begin(all: readonly SessionView[]): void {
  sessions.value = new Map(all.map((view) => [view.name, liveSession(view)]));
}

function liveSession(view: SessionView): LiveSession {
  return {
    name: view.name,
    view: signal(view),
    seenAt: performance.now(),
    jobs: signal(new Map()),
    exchanges: signal([]),
  };
}

function show(view: SessionView): void {
  const known = sessions.value.get(view.name);
  if (!known) {
    sessions.value = new Map(sessions.value).set(view.name, liveSession(view));
    return;
  }
  known.seenAt = performance.now();
  known.view.value = view;
}

function takeJobs(name: string, changed: readonly JobState[]): void {
  const session = sessions.value.get(name);
  if (!session || changed.length === 0) return;
  const jobs = new Map(session.jobs.value);
  for (const job of changed) jobs.set(job.id, job);
  session.jobs.value = jobs;
}

/** @param older they are no news: what is known already is newer */
function takeExchanges(name: string, fresh: readonly LightExchange[], older = false): void {
  const session = sessions.value.get(name);
  if (!session || fresh.length === 0) return;
  const known = session.exchanges.value;
  const first = fresh[0]?.seq ?? 0;
  if (first > (known.at(-1)?.seq ?? 0)) {
    session.exchanges.value = [...known, ...fresh].slice(-MOST);
    return;
  }
  const bySeq = new Map(
    (older ? [...fresh, ...known] : [...known, ...fresh]).map((e) => [e.seq, e]),
  );
  session.exchanges.value = [...bySeq.values()].sort((a, b) => a.seq - b.seq).slice(-MOST);
}

/** The stream does not say why it was refused; another question does. */
async function findOutWhy(): Promise<void> {
  try {
    await ask('GET', ['health']);
    watchSessions();
  } catch (error) {
    if (!(error instanceof ControlError)) setTimeout(findOutWhy, 2000);
    else if (!signedOut.value) throw error;
  }
}
