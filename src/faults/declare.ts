import type { Contract } from '../contract/contract.js';
import type { Message } from '../contract/message.js';
import type { Moment } from '../time/moments.js';
import type { Delivery } from './delivery.js';
import type { FaultSettings, SETTING_KEYS } from './settings.js';

/** What an answer is about. */
export interface AnswerFacts {
  /** Where it was asked for. */
  url: string;
  now: Moment;
  /** The eta that it tells. */
  eta: Moment | undefined;
  /** The job's state that it names. */
  state: string | undefined;
  contract: Contract;
  /** By operationId. */
  operation: string;
}

/** Everything that there is to say of one fault; see the files beside this one. */
export interface FaultDeclaration<Name extends string = string> {
  name: Name;
  /** What happens, for people. */
  title: string;
  /** Whether its client can read what the answer says; `maybe` depends on how much it forgives. */
  read: 'yes' | 'maybe' | 'no';
  /** `damaged`: an answer stands behind it; `own`: it makes one up; `none`: there is none at all. */
  answer: 'damaged' | 'own' | 'none';
  /** Keys of a scenario that measure it. */
  settings: readonly (keyof typeof SETTING_KEYS)[];
  /** Statuses that the answer may have which it makes up. */
  statuses?: readonly number[];
  /** Chaos draws it unless other faults are named: the answer is lost, and nobody else is held up. */
  drawn?: true;
  /** The request stays open until its client leaves. */
  endless?: true;
  /** Changes what is said. */
  corrupt?(message: Message, settings: FaultSettings, facts: AnswerFacts): Message;
  /** How else than as a date-time in UTC the answer tells its eta; a client that reads it has to keep it. */
  spellEta?(eta: Moment): string;
  /** Sends something before the answer. */
  precede?(delivery: Delivery): void;
  /** Is played over the connection, in the place of sending the answer. */
  play?(delivery: Delivery): void;
}

export function declareFault<Name extends string>(
  declaration: FaultDeclaration<Name>,
): FaultDeclaration<Name> {
  return declaration;
}
