import type { Outcome } from '../outcome.js';
import type { Problem } from '../problem.js';
import type { Duration } from '../time/moments.js';
import type { AnswerTemplate, ResultPlace } from './answer-template.js';
import type { Gateway } from './gateway.js';
import type { IdForm } from './id-form.js';
import type { Idempotency, IdempotencyKey } from './idempotency.js';
import type { JobOperations, OwnAnswer } from './job-operations.js';
import type { JobPlace } from './job-place.js';
import type { PollHint } from './poll-hint.js';
import type { ResourceBinding } from './resource-binding.js';
import type { Template } from './template.js';
import type { TokenBinding } from './token-binding.js';
import type { WaitRule } from './waiting.js';
import type { Webhook } from './webhook.js';

export type { AnswerTemplate } from './answer-template.js';

/** `again`: the job that has the id; `refused`: 409. */
export const TAKEN = ['again', 'refused'] as const;
type Taken = (typeof TAKEN)[number];

/** The parts of a request that a refusal can point at. */
export const PLACES = ['body', 'path', 'query', 'header', 'cookie'] as const;
export type Place = (typeof PLACES)[number];

/** A state that a job can report, and how it says so. */
export interface StateBinding {
  outcome: Outcome;
  /** Named forms of the answer; the first is the default. */
  shapes: ReadonlyMap<string, AnswerTemplate>;
  /** Whoever is told this state leaves so much more time between its polls from then on (RFC 8628 §3.5). */
  slower?: Duration | undefined;
}

/** An operation that schedules jobs. */
export interface Scheduling {
  /** Path parameter that names what a job changes. */
  resource: string | undefined;
  /** A job makes something new, where others change what is there. */
  createsResource: boolean;
  /** What `{link}` stands for: where a job of this operation leads to. */
  link: Template | undefined;
  /** Forms in which its jobs tell states, where a scenario names none; by state. */
  usual?: ReadonlyMap<string, string>;
  /** Path parameters that its templates name. */
  paths: readonly string[];
  acceptedAnswer: AnswerTemplate;
  /** All forms of that answer by name; it is the first of them. */
  shapes: ReadonlyMap<string, AnswerTemplate>;
  /** Its answer may be held until the job has come to its end. */
  wait?: WaitRule | undefined;
}

interface ErrorCode {
  name: string;
  message: string;
  /** Code as the client reads it; the key of `errors` where a code has two meanings. */
  code: string;
  /** `CODE: message`, as a client reads it. */
  text: string;
  /** Whatever else its answers tell. */
  details: unknown;
  /** The form in which a failed state tells it; undefined: the usual one. */
  shape?: string;
}

/** The eta that answers tell where a scenario names none. */
interface UsualEta {
  after: Duration;
  from: 'answer' | 'start';
  /** A setting of the pack that says it in seconds in its place; 0: the truth. */
  setting: string | undefined;
}

/**
 * How a binding came to be the one that plays: it was named, is that of the pack, lies beside the document, comes
 * with the package and its operations are those of the document, or is guessed from what the document says.
 */
type BindingOrigin = 'named' | 'pack' | 'beside' | 'shipped' | 'guessed';

/** What goes with a binding that was guessed. */
export interface Guessed {
  /** What only a person can say. */
  questions: readonly string[];
  /** Other operations that look like jobs: what schedules and what reports them. */
  others: readonly { schedules: readonly string[]; report: string }[];
  /** Texts of scenario files in its words. */
  scenarios: readonly { name: string; text: string }[];
}

/**
 * Which operations schedule a job, which one reports it, and where a job's fields stand in a body.
 * Kept beside the contract, so that an official document can be swapped in untouched.
 */
export interface Binding extends JobOperations {
  file: string;
  /** Hash of its text. */
  digest: string;
  name: string;
  /** Which kind of the jobs of its file it is about; undefined: the file has one. */
  kind: string | undefined;
  /** Domain behaviour; undefined: jobs run their scenarios and change nothing. */
  pack: string | undefined;
  prefixes: string[];
  /** Name of the scenario that plays when nothing else is chosen. */
  scenario: string | undefined;
  /** Other names that its operations have in documents and files, each with its own. */
  aliases: ReadonlyMap<string, string>;
  schedules: ReadonlyMap<string, Scheduling>;
  /** `job`: where a request says which job it is about, see `jobOf`; `ids`: the form of what stands there. */
  report: {
    operation: string;
    job: JobPlace;
    ids: IdForm;
    /** What a request comes to whose chosen id names a job that is there; undefined: by its method. */
    taken: Taken | undefined;
    /** Its answer may be held until the job's state changes. */
    wait?: WaitRule | undefined;
    /** What a request comes to that names a job nobody has been told of; undefined: 404. */
    unknown?: OwnAnswer | undefined;
    /**
     * Operations that read what jobs make, by its id, and are polled until it is there; the report is one of them.
     * Undefined: jobs are asked for by themselves.
     */
    reads?: readonly string[];
  };
  /** Operations that schedule nothing, and that a scenario may answer in their place. */
  refuses: readonly string[];
  /** Whether the platform keeps the etas that it tells. */
  eta: 'promise' | 'hint';
  /** What etas say where a scenario names none; undefined: the truth. */
  usualEta?: UsualEta;
  /**
   * Where the result of a job is: in the answer that says that it is done, behind exactly the link of that
   * answer, or in a resource that its client finds by its id. Undefined: by its id, if the job makes something.
   */
  result: ResultPlace | undefined;
  /** What the platform knows a request by that is sent again; undefined: it knows none. */
  idempotency: IdempotencyKey | undefined;
  /** All that it knows such a request by, the first of it first, and how it answers. */
  idempotencies: readonly Idempotency[];
  /** The API's own word for "come back then"; undefined: it has none but `Retry-After` and etas. */
  pollHint: PollHint | undefined;
  states: ReadonlyMap<string, StateBinding>;
  errors: ReadonlyMap<string, ErrorCode>;
  /** Key of the error of a failed job that names none. */
  failure: string | undefined;
  /** Envelopes of good answers by name; the first is the default. */
  envelopes: ReadonlyMap<string, Template>;
  /** Envelope of a refusal; undefined: the contract's own form of errors. */
  refusal: Template | undefined;
  /** Requests that the platform sends when a job changes; undefined: it sends none. */
  webhooks?: readonly Webhook[];
  /** What stands in front of it. */
  gateway: Gateway;
  /** How it hands out tokens; undefined: it does not. */
  tokens?: TokenBinding;
  /** How the API calls the parts of a request, as `entry_type` of `{invalid}`; each its own name unless said. */
  places: Readonly<Record<Place, string>>;
  /** `error.type` by HTTP status. */
  types: ReadonlyMap<number, string>;
  /** `error.message` by HTTP status. */
  messages: ReadonlyMap<number, string>;
  /** Resources that are kept without a pack, by their names; undefined: none. */
  resources: ReadonlyMap<string, ResourceBinding> | undefined;
  /** Where its keys stand: `report.operation`. */
  positions: Readonly<Record<string, { line: number; column: number }>>;
  /** What is found wrong in it although it is used. */
  problems: readonly Problem[];
  origin?: BindingOrigin;
  guessed?: Guessed;
}
