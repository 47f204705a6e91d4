import type { Socket } from 'node:net';
import type { Answer } from '../../sandbox/answer.js';
import type { Fault } from '../../scenario/fault.js';
import { type Exchange, type Remarks, unanswered, write } from '../exchange.js';

/** An answer on its way, and the fault that it meets there. */
export interface Struck {
  exchange: Exchange;
  answer: Answer;
  fault: Fault;
  remarks: Remarks;
  socket: Socket;
}

/** Writes down what has been sent of the answer. */
export function sent({ exchange, answer, fault, remarks }: Struck, body: string): void {
  const { status, headers } = answer;
  write(exchange, remarks, { fault: fault.name, status, headers, body });
}

export function nothingSent({ exchange, fault, remarks }: Struck): void {
  write(exchange, remarks, unanswered(fault.name));
}

/** The client has not waited for all of the answer. */
export function leftAlone({ exchange, remarks }: Struck): void {
  write(exchange, remarks, unanswered(undefined));
}
