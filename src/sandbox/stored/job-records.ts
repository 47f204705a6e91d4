import type { StoredRecord } from '../../store/store.js';
import type { Filed } from '../cold-jobs.js';
import type { Compressor } from '../compressed-text.js';
import type { JobFact } from '../facts/fact.js';
import { writeBodiless } from '../facts/job-fact.js';
import type { Job } from '../job.js';
import { bodyKeyOf, dueKeyOf, jobKeyOf, numberKeyOf } from './record-keys.js';

/** A job as its record has it; its request's body stands beside it, for it never changes. */
export interface JobRecord {
  number: number;
  due?: Filed['due'];
  body?: true | undefined;
  job: JobFact;
}

/** A job that has changed, as it stood at one moment, and what the store had of it then. */
export interface ChangedJob {
  job: Job;
  filed: Readonly<Filed>;
}

/** What is to be written of a job, be it later; notes in `filed` that the store has it. */
export function changedJob(job: Job, filed: Filed): ChangedJob {
  const before = { ...filed };
  filed.stored = true;
  filed.storedBody = job.body !== undefined;
  filed.storedDue = filed.due;
  return { job, filed: before };
}

/** What the store is to have of a job that has changed. */
export function recordsOf({ job, filed }: ChangedJob, compressor: Compressor): StoredRecord[] {
  const { key, body } = job;
  const { number, due, storedDue } = filed;
  const hasBody = body !== undefined;
  const record: JobRecord = { number, due, body: hasBody || undefined, job: writeBodiless(job) };
  const records: StoredRecord[] = [{ key: jobKeyOf(key), value: JSON.stringify(record) }];
  if (!filed.stored) records.push({ key: numberKeyOf(number), value: key });
  if (hasBody !== (filed.storedBody === true)) {
    records.push({ key: bodyKeyOf(key), value: hasBody ? compressor.read(body) : undefined });
  }
  if (storedDue && storedDue.order !== due?.order) {
    records.push({ key: dueKeyOf(storedDue), value: undefined });
  }
  if (due && storedDue?.order !== due.order) records.push({ key: dueKeyOf(due), value: key });
  return records;
}

/** What the store is to forget of a job that is no more; undefined: nothing is known of it but its key. */
export function recordsOfGone(key: string, filed: Filed | undefined): StoredRecord[] {
  const gone = [jobKeyOf(key), bodyKeyOf(key)];
  if (filed) gone.push(numberKeyOf(filed.number));
  if (filed?.storedDue) gone.push(dueKeyOf(filed.storedDue));
  return gone.map((each) => ({ key: each, value: undefined }));
}

/** What is known of a job that comes from its record. */
export function filedOf({ number, due, body }: JobRecord): Filed {
  return { number, due, storedDue: due, stored: true, storedBody: body === true };
}
