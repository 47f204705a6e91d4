import { at, textOf } from '../../contract/json.js';
import type { ApiRequest, BusinessError, FinishedJob, Pack, World } from '../../sandbox/pack.js';
import { prepareContainers, readSignedContent } from '../signature/signed-content.js';
import { admit } from './admit.js';
import { begin } from './begin.js';
import { inTodaysForm, isShortCancel } from './former.js';
import { SIGNED, WRITES } from './operations.js';
import { placesIn } from './path-places.js';
import { READS } from './reads.js';
import { seed } from './seed.js';
import { namedId } from './signed.js';
import { breachesOfSigned } from './signed-schema.js';
import { type Task, taskOf } from './task.js';
import { tour } from './tour.js';

/** The job, with what was signed in today's form. */
function readTask(job: FinishedJob, world: World): Task {
  const task = taskOf(job, world);
  return { ...task, said: inTodaysForm(job.operation, task.said) };
}

function judge(job: FinishedJob, world: World): BusinessError | undefined {
  const write = WRITES.get(job.operation);
  if (!write) return undefined;
  const task = readTask(job, world);
  const short = job.operation === 'cancelEncounterPackage' && isShortCancel(task.said);
  if (short) world.note('the real service wants the whole encounter signed again');
  const breach = short ? undefined : breachesOfSigned(job.operation, task.said, world);
  return breach ?? write.judge(task);
}

/** Medical events of ESOZ, after the public description of its API, its pages and its source of 2019. */
export const medicalEvents: Pack = {
  name: 'medical-events',
  begin,
  settings: [
    {
      name: 'JOB_ETA',
      type: 'number',
      default: 60_000,
      about: 'How many seconds after its scheduling the eta of a job lies; 0 tells the truth.',
    },
  ],
  names: (request, world) => {
    const write = WRITES.get(request.operation.id);
    if (!write) return undefined;
    return write.id === undefined ? changedBy(request, world) : namedId(request.body, write.id);
  },
  prepare: (operation, body) =>
    SIGNED.has(operation) ? prepareContainers(at(body, 'signed_data')) : undefined,
  signedIn: (operation, body) => {
    const read = SIGNED.has(operation)
      ? readSignedContent(textOf(at(body, 'signed_data')))
      : undefined;
    return read && 'content' in read ? read.content : undefined;
  },
  admit,
  judge,
  complete: (job, world) => {
    WRITES.get(job.operation)?.make(readTask(job, world));
    return undefined;
  },
  reads: READS,
  seed,
  tour,
};

/** What an action changes: the path names it. */
function changedBy(request: ApiRequest, world: World): string | undefined {
  return placesIn(request, world).own?.toLowerCase();
}
