import { canonicalId } from '../contract/id-form.js';
import { isEnd } from '../outcome.js';
import type { Api } from '../sandbox/api.js';
import type { WallMoment } from '../time/moments.js';
import type { Observation } from './said.js';

/** A job that is being watched. */
export interface JobRecord {
  id: string;
  api: Api;
  /** Undefined when its scheduling was not seen. */
  operation: string | undefined;
  /** When it was scheduled, or first asked for. */
  start: WallMoment;
  /** Told by the answer that scheduled it. */
  eta: WallMoment | undefined;
  /** In the order of their times. */
  observations: Observation[];
  number: string;
  /** Name of its file as it stands. */
  file: string | undefined;
}

/** Jobs are held in memory so that their files can be written again: the oldest go. */
const MAX_JOBS = 10_000;
/** A poller that never stops must not fill the memory. */
const MAX_POLLS = 10_000;

/** The jobs that a recorder knows, by their ids. */
export class JobRecords {
  readonly #byId = new Map<string, JobRecord>();

  add(job: JobRecord): void {
    this.#byId.set(canonicalId(job.id), job);
    if (this.#byId.size <= MAX_JOBS) return;
    this.#byId.delete(this.#byId.keys().next().value as string);
  }

  get(id: string): JobRecord | undefined {
    return this.#byId.get(canonicalId(id));
  }
}

/** Puts an answer in its place in time; false when the job has had too many. */
export function remember({ observations }: JobRecord, seen: Observation): boolean {
  if (observations.length >= MAX_POLLS) return false;
  let place = observations.length;
  while (place > 0 && (observations[place - 1] as Observation).at > seen.at) place -= 1;
  observations.splice(place, 0, seen);
  return true;
}

/** How it ended, as far as was seen: for the file's name. */
export function outcomeOf({ observations }: JobRecord): string {
  const ended = observations.find(({ said }) => isEnd(said.outcome));
  if (ended) return ended.said.outcome;
  const last = observations.at(-1)?.said;
  if (!last || last.outcome === 'open') return 'open';
  return last.words === '404' ? 'lost' : 'broken';
}
