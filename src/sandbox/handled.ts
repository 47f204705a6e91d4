import type { Operation } from '../contract/operation.js';
import type { Duration } from '../time/moments.js';
import type { Answer } from './answer.js';
import type { AnswerForm } from './answer-form.js';
import type { WaitingText } from './compressed-text.js';
import type { Draft } from './draft.js';
import type { NewExchange } from './journal.js';
import type { ApiRequest, Refusal } from './pack.js';
import type { Requester } from './render.js';

/** A request for an operation, admitted; what a handler may know of it. */
export interface HandlerRequest extends ApiRequest {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body's JSON as a job keeps it; undefined when none came. */
  keptBody: () => WaitingText | undefined;
  requester: Requester;
  /** What the contract itself shows for the operation, where neither binding nor pack has an answer. */
  sample: Handler;
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
    | 'again'
    | 'eta'
    | 'note'
    | 'chance'
    | 'requestBody'
    | 'content'
    | 'refused'
    | 'breaches'
    | 'listed'
    | 'forgotten'
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
}

/**
 * Decides what a request comes to. It knows no HTTP, changes nothing but its draft and sends nothing; it
 * may be run again when the session has gone on meanwhile.
 */
export type Handler = (draft: Draft, request: HandlerRequest) => Handled | Promise<Handled>;

export function refusal(refused: Refusal, journal: JournalFields): Handled {
  return { outcome: { kind: 'refusal', refusal: refused }, journal };
}
