import { isChosen } from '../contract/id-form.js';
import { idText, jobOf, valueAt } from '../contract/job-place.js';
import type { Json } from '../contract/json.js';
import type { Api } from '../sandbox/api.js';
import { stateFor } from '../sandbox/binding-words.js';
import { t } from '../texts/spoken.js';
import { formatDuration } from '../time/duration.js';
import type { Check } from './check.js';
import { exchangeOf } from './exchange-line.js';
import { clean, type Files } from './files.js';
import { type JobRecord, JobRecords, outcomeOf, remember } from './job-record.js';
import { type By, draftLife } from './life.js';
import type { Masker } from './mask.js';
import { readMoment } from './moment.js';
import { observe, sayRefusal } from './observe.js';
import { type Read, readScheduled, readStates } from './recognise.js';
import { partsOf } from './request-parts.js';
import type { Observation, Said } from './said.js';
import { scenarioText } from './scenario-text.js';
import type { Seen } from './seen.js';

export interface RecorderOptions {
  /** Host of the upstream, for the files' `about`. */
  host: string;
  files: Files;
  /** More than one API is recorded. */
  several: boolean;
  /** So many contracts are recorded; a contract may have several kinds of jobs, each an API. */
  documents: number;
  masker: Masker;
  by: By;
  check: Check | undefined;
  onNotice: (text: string) => void;
}

/** What an exchange turned out to be, for the log. */
export interface Noted {
  seq: number;
  file: string | undefined;
  /** A state or a status: what a poll was told. */
  words: string | undefined;
}

const NOTHING: Omit<Noted, 'seq'> = { file: undefined, words: undefined };

/** Turns exchanges into files, as they come. */
export class Recorder {
  readonly #jobs = new JobRecords();
  readonly #lines: string;
  #seq = 0;

  constructor(private readonly options: RecorderOptions) {
    this.#lines = `exchanges-${options.files.next()}.jsonl`;
  }

  /** Name of the file that holds every exchange. */
  get exchanges(): string {
    return this.#lines;
  }

  take(seen: Seen): Noted {
    const { files, masker, check } = this.options;
    this.#seq += 1;
    const seq = this.#seq;
    const { route, api } = seen;
    const { schedules, report } = api.binding;
    const operation = route.kind === 'found' ? route.operation.id : '';
    const ours = schedules.has(operation) || operation === report.operation;
    // First of all: it teaches the masker what the request gives away.
    const exchange = exchangeOf(masker, seq, seen, ours);
    check?.take(seq, seen);
    const noted = ours ? this.#job(operation, seen) : NOTHING;
    files.append(this.#lines, JSON.stringify({ ...exchange, file: noted.file }));
    return { seq, ...noted };
  }

  #job(operation: string, seen: Seen): Omit<Noted, 'seq'> {
    const { schedules, report } = seen.api.binding;
    if (schedules.has(operation)) return this.#schedule(operation, seen);
    return this.#poll(jobOf(report, partsOf(seen)) ?? '', seen);
  }

  #schedule(operation: string, seen: Seen): Omit<Noted, 'seq'> {
    const { files, masker, onNotice } = this.options;
    const { answer, at, api } = seen;
    const read =
      answer && !seen.failure ? readScheduled(api.binding, operation, answer) : undefined;
    const id = idOf(api, read, seen);
    const number = files.next();
    if (id !== undefined) {
      const eta = read && readMoment(read.places, 'eta', at).moment;
      const job: JobRecord = {
        id,
        api,
        operation,
        start: at,
        eta,
        observations: [],
        number,
        file: undefined,
      };
      this.#jobs.add(job);
      return { file: this.#write(job), words: openOf(api).words };
    }
    if (answer && answer.status < 300 && !seen.failure) {
      onNotice(
        `the answer of ${operation} is not the one that the binding describes (scheduled), so its job cannot be followed`,
      );
    }
    const said = sayRefusal(api.binding, masker, seen);
    const name = `recorded-${number}-${clean(operation)}-refused`;
    const about = t`Recorded from ${this.options.host} at ${new Date(at).toISOString()}.`;
    const content = { refuse: said };
    const file = this.#inFolder(api, `${name}.yaml`);
    files.write(file, scenarioText(api, { name: name.toLowerCase(), operation, about, content }));
    return { file, words: said.words };
  }

  #poll(id: string, seen: Seen): Omit<Noted, 'seq'> {
    const { files, masker, onNotice } = this.options;
    const job = this.#jobs.get(id) ?? this.#stranger(id, seen);
    // One operation may report jobs of several kinds: the job says whose it is.
    const { binding } = job?.api ?? seen.api;
    const seenOf = observe(binding, masker, job?.id ?? id, seen);
    const { words } = seenOf.said;
    if (!job) return { file: undefined, words };
    if (job.file === undefined) {
      job.number = files.next();
      onNotice(`job ${masker.id(id)} was scheduled before the recording began`);
    }
    if (!remember(job, seenOf)) return { file: job.file, words };
    return { file: this.#write(job), words };
  }

  /** A job that was scheduled before the recording began; an id that no state answers is none. */
  #stranger(id: string, seen: Seen): JobRecord | undefined {
    const { answer, failure, at, api } = seen;
    if (!answer || failure || readStates(api.binding, answer).length === 0) {
      return undefined;
    }
    const job = { id, api, operation: undefined, start: at, eta: undefined, observations: [] };
    const stranger: JobRecord = { ...job, number: '', file: undefined };
    this.#jobs.add(stranger);
    return stranger;
  }

  /** Writes a job's scenario as far as it has been seen. */
  #write(job: JobRecord): string {
    const { files, by } = this.options;
    const { api, start, eta, observations, number, operation } = job;
    const beginning = { at: start, eta, open: openOf(api) };
    const life = draftLife(beginning, observations, by);
    const name = `recorded-${number}-${clean(operation ?? 'job')}-${outcomeOf(job)}`;
    const text = scenarioText(api, {
      name: name.toLowerCase(),
      operation,
      about: this.#about(job),
      content: { life },
    });
    const file = this.#inFolder(api, `${name}.yaml`);
    files.write(file, text, job.file);
    job.file = file;
    return file;
  }

  /** Where several APIs are recorded, scenarios of each have a folder, as `--scenarios` reads them. */
  #inFolder({ name, home, binding }: Api, file: string): string {
    const { several, documents } = this.options;
    if (!several) return file;
    return documents > 1 && binding.kind !== undefined
      ? `${home}/${binding.kind}/${file}`
      : `${name}/${file}`;
  }

  #about({ start, observations, operation }: JobRecord): string {
    const polls = observations.length;
    const last = observations.at(-1) as Observation | undefined;
    const asked = `${polls} ${polls === 1 ? 'poll' : 'polls'}`;
    const told =
      last && last.at > start ? t`${asked} within ${formatDuration(last.at - start)}` : t(asked);
    const when = new Date(start).toISOString();
    const about = t`Recorded from ${this.options.host} at ${when}: ${told}.`;
    return operation === undefined ? `${about} ${t('Its scheduling was not seen.')}` : about;
  }
}

/** The id that an answer tells; where it tells none, the one that its request has chosen. */
function idOf({ binding }: Api, read: Read | undefined, seen: Seen): string | undefined {
  if (!read) return undefined;
  const { ids } = binding.report;
  if (read.places.has('job') || !isChosen(ids)) return idText(read.places.get('job'));
  return idText(valueAt(ids.chosen, partsOf(seen)));
}

/** What a job of an API says before anything else is seen of it. */
function openOf({ binding }: Api): Said {
  const state = stateFor(binding, 'open');
  const step: Json = { state };
  return { key: JSON.stringify(step), outcome: 'open', step, strange: false, words: state };
}
