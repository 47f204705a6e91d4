import type { Socket } from 'node:net';
import type { Answer } from '../../../sandbox/answer.js';
import type { JournalFields } from '../../../sandbox/handled.js';
import type { Fault } from '../../../scenario/fault.js';
import type { RequestContext } from '../context.js';
import { unanswered, writeExchange } from '../journal-line.js';

/** An answer on its way, and the fault that it meets there. */
export interface FaultContext {
  context: RequestContext;
  answer: Answer;
  fault: Fault;
  journal: JournalFields;
  socket: Socket;
}

/** Writes down what has been sent of the answer. */
export function sent({ context, answer, fault, journal }: FaultContext, body: string): void {
  const { status, headers } = answer;
  writeExchange(context, journal, { fault: fault.name, status, headers, body });
}

export function nothingSent({ context, fault, journal }: FaultContext): void {
  writeExchange(context, journal, unanswered(fault.name));
}

/** The client has not waited for all of the answer. */
export function clientAborted({ context, journal }: FaultContext): void {
  writeExchange(context, journal, unanswered(undefined));
}
