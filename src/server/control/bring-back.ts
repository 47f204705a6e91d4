import type { Operation } from '../../contract/operation.js';
import { jobKey } from '../../sandbox/job-key.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import type { Session } from '../../sandbox/session.js';
import { nothingWanted, type Wants } from '../../sandbox/wants.js';

/** Operations that show every session. */
const ON_ALL: readonly string[] = ['listSessions', 'streamAllEvents'];

/** Operations that are answered whatever has become of the store. */
const OF_NONE: readonly string[] = ['getHealth', 'getReady', 'getMetrics'];

/** Operations that show what a session's journal has. */
const ON_JOURNAL: readonly string[] = ['readJournal', 'streamEvents', 'getVerdict', 'getReport'];

/** Operations that show the jobs of a session. */
const ON_JOBS: readonly string[] = ['listJobs'];

/** Takes out of the store what an operation shows or steers. */
export async function bringBack(
  sandbox: Sandbox,
  { id }: Operation,
  { session: name, job }: Readonly<Record<string, string>>,
): Promise<void> {
  if (!sandbox.store || OF_NONE.includes(id)) return;
  if (ON_ALL.includes(id)) await sandbox.bringAll();
  else await sandbox.caughtUp(name);
  const session = name === undefined ? undefined : sandbox.find(name);
  if (!session) return;
  const { apis } = sandbox.setup;
  const keys = job === undefined ? [] : apis.map((api) => jobKey(api, job));
  const wants: Wants = {
    jobs: missing(session, keys),
    due: true,
    all: ON_JOBS.includes(id),
    journal: ON_JOURNAL.includes(id),
  };
  await session.fetch(wants);
  if (wants.journal) await bringJobsOfJournal(session);
}

/**
 * Makes what has fallen due meanwhile of jobs that lie in the store.
 * @returns whether anything has
 */
export async function bringDue(sandbox: Sandbox, name: string): Promise<boolean> {
  const session = sandbox.find(name);
  const { cold } = session?.jobs ?? {};
  if (!session || !cold || cold.until > session.clock.now()) return false;
  await session.fetch({ ...nothingWanted(), due: true });
  return true;
}

/** A verdict looks at the lives of the jobs that it is about. */
async function bringJobsOfJournal(session: Session): Promise<void> {
  const { apis } = session.setup;
  const named = new Set(session.journal.read().flatMap(({ job }) => (job ? [job] : [])));
  const keys = [...named].flatMap((id) => apis.map((api) => jobKey(api, id)));
  await session.fetch({ ...nothingWanted(), jobs: missing(session, keys) });
}

function missing({ jobs }: Session, keys: readonly string[]): Set<string> {
  return new Set(keys.filter((key) => jobs.misses(key)));
}
