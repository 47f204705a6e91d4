import type { StoredRecord } from '../../store/store.js';
import type { Filed } from '../cold-jobs.js';
import type { Compressor } from '../compressed-text.js';
import type { JobFact } from '../facts/fact.js';
import { writeJob } from '../facts/job-fact.js';
import type { Job } from '../job.js';
import { bodyKeyOf, dueKeyOf, jobKeyOf, numberKeyOf } from './record-keys.js';

/** A job as its record has it; its request's body stands beside it, for it never changes. */
export interface JobRecord {
  number: number;
  due?: Filed['due'];
  body?: true | undefined;
  job: JobFact;
}

/** What the store is to have of a job that has changed; notes in `filed` that it has it. */
export function recordsOf(job: Job, filed: Filed, compressor: Compressor): StoredRecord[] {
  const { key } = job;
  const { number, due, storedDue } = filed;
  const { body, ...fact } = writeJob(job, compressor);
  const record: JobRecord = { number, due, body: body === undefined ? undefined : true, job: fact };
  const records: StoredRecord[] = [{ key: jobKeyOf(key), value: JSON.stringify(record) }];
  if (!filed.stored) records.push({ key: numberKeyOf(number), value: key });
  if ((body !== undefined) !== (filed.storedBody === true)) {
    records.push({ key: bodyKeyOf(key), value: body });
  }
  if (storedDue && storedDue.order !== due?.order) {
    records.push({ key: dueKeyOf(storedDue), value: undefined });
  }
  if (due && storedDue?.order !== due.order) records.push({ key: dueKeyOf(due), value: key });
  filed.stored = true;
  filed.storedBody = body !== undefined;
  filed.storedDue = due;
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
