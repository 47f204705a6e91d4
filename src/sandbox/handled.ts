import type { Operation } from '../contract/operation.js';
import type { Duration, Moment } from '../time/moments.js';
import type { Answer } from './answer.js';
import type { AnswerForm } from './answer-form.js';
import type { WaitingText } from './compressed-text.js';
import type { Draft } from './draft.js';
import type { Job } from './job.js';
import type { NewExchange } from './journal.js';
import type { ApiRequest, Refusal } from './pack.js';
import type { Requester } from './render.js';
import type { RequestContent } from './request-content.js';

/** A request for an operation, admitted; what a handler may know of it. */
export interface HandlerRequest extends ApiRequest {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body's JSON as a job keeps it; undefined when none came. */
  keptBody: () => WaitingText | undefined;
  requester: Requester;
  /** What the contract itself shows for the operation, where neither binding nor pack has an answer. */
  sample: Handler;
  /** What a request that schedules asks for; undefined when it has no body. */
  content?: RequestContent | undefined;
}

/** What the journal wants to know of an exchange besides request and answer. */
export type JournalFields = Partial<
  Pick<
    NewExchange,
    | 'operation'
    | 'job'
    | 'scenario'
    | 'step'
    | 'state'
    | 'reportedOutcome'
    | 'resource'
    | 'eta'
    | 'note'
    | 'chance'
    | 'requestBody'
    | 'content'
    | 'refused'
    | 'breaches'
    | 'listed'
    | 'forgotten'
    | 'resultPlace'
    | 'heldFrom'
  >
>;

/** What a request comes to: an answer, or a refusal in the platform's error envelope. */
type Outcome =
  | {
      kind: 'answer';
      answer: Answer;
      /** The operation whose contract it has to keep; undefined: it may break any. */
      checkedBy?: Operation | undefined;
      /** Undefined: it is checked by itself, whatever was checked before. */
      form?: AnswerForm | undefined;
    }
  | { kind: 'refusal'; refusal: Refusal; headers?: Readonly<Record<string, string>> };

/** What a handler has decided; the changes stand in its draft. */
export interface Handled {
  outcome: Outcome;
  journal: JournalFields;
  /** The answer is to be sent so much later, by the session's clock. */
  delay?: Duration;
  /** The answer waits until what is to be sent of this job's news has been sent. */
  newsFirst?: string;
  /** The changes are kept now; the answer is decided anew when it is sent. */
  hold?: Hold;
}

/** An answer that waits for its job. */
export interface Hold {
  /** The job's key. */
  job: string;
  /** At this moment it is sent, whatever has become of the job. */
  until: Moment;
  /** Has the job come to be what it waits for? */
  isOver(job: Job): boolean;
  /** Decides what is sent, with the session as it is then. */
  resume(draft: Draft, requester: Requester): Handled;
}

/**
 * Decides what a request comes to. It knows no HTTP, changes nothing but its draft and sends nothing; it
 * may be run again when the session has gone on meanwhile.
 */
export type Handler = (draft: Draft, request: HandlerRequest) => Handled | Promise<Handled>;

export function refusal(refused: Refusal, journal: JournalFields): Handled {
  return { outcome: { kind: 'refusal', refusal: refused }, journal };
}
