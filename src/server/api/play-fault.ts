import type { Delivery } from '../../faults/delivery.js';
import { declarationOf, type Fault } from '../../faults/index.js';
import type { Answer } from '../../sandbox/answer.js';
import type { JournalFields } from '../../sandbox/handled.js';
import type { Ending, Exchange } from '../../sandbox/journal.js';
import { resetConnection } from '../http/reset-connection.js';
import { closePortFor } from './close-port.js';
import { delayAnswer } from './delay-answer.js';
import { endUntold, endWritten, unanswered, writeExchange } from './journal-line.js';
import type { RequestContext } from './request-context.js';

/** What has become of an answer, for the journal; one of these is called, once. */
type Told = Pick<Delivery, 'sent' | 'nothingSent' | 'clientAborted' | 'staysOpen'>;

/** Whether a fault goes over the wire by itself, in the place of sending the answer. */
export function isPlayed(fault: Fault): boolean {
  return declarationOf(fault).play !== undefined;
}

/** Sends what a fault has to say before the answer. */
export function precede(context: RequestContext, answer: Answer, fault: Fault): void {
  declarationOf(fault).precede?.(deliveryOf(context, answer, fault, NOTHING_TOLD));
}

/** Lets an answer meet its fault over the wire. */
export function playFault(context: RequestContext, answer: Answer, fault: Fault, told: Told): void {
  const { res } = context;
  const { play, endless } = declarationOf(fault);
  const delivery = deliveryOf(context, answer, fault, told);
  // What goes over the wire waits until earlier answers on the same connection are through.
  if (res.socket || endless) play?.(delivery);
  else res.once('socket', () => play?.(delivery));
}

const NOTHING_TOLD: Told = {
  sent: () => {},
  nothingSent: () => {},
  clientAborted: () => {},
  staysOpen: () => () => {},
};

/** Writes the exchange down as it ends. */
export function writtenAtItsEnd(
  context: RequestContext,
  { status, headers }: Answer,
  fault: Fault,
  journal: JournalFields,
): Told {
  const { session, startedMono } = context;
  return {
    sent: (body) => {
      writeExchange(context, journal, { fault: fault.name, status, headers, body });
    },
    nothingSent: () => {
      writeExchange(context, journal, unanswered(fault.name));
    },
    clientAborted: () => {
      writeExchange(context, journal, unanswered(undefined));
    },
    staysOpen: () => {
      const entry = writeExchange(context, journal, unanswered(fault.name));
      return (aborted) => {
        const durationMs = session.setup.steady() - startedMono;
        session.complete(entry, { endedAt: session.clock.now(), durationMs, aborted });
      };
    },
  };
}

/**
 * Completes an exchange as it ends that was written down before it is played, with what it has changed: a store has both or
 * neither, and the journal is in the order in which things were decided.
 */
export function writtenBefore(
  context: RequestContext,
  { status, headers }: Answer,
  written: Exchange,
): Told {
  const end = (more: Partial<Ending>) => endWritten(context, written, more);
  return {
    sent: (responseBody) => end({ sent: { status, responseHeaders: headers, responseBody } }),
    nothingSent: () => end({}),
    clientAborted: () => endUntold(context, written),
    staysOpen: () => (aborted) => end({ aborted }),
  };
}

function deliveryOf(context: RequestContext, answer: Answer, fault: Fault, told: Told): Delivery {
  const { req, res, session } = context;
  const { socket } = req;
  return {
    ...told,
    answer,
    settings: fault,
    socket,
    headers: res.getHeaders(),
    time: {
      now: () => session.clock.now(),
      pace: session.clock.pace,
      manual: session.clock.mode === 'manual',
    },
    reset: () => resetConnection(socket),
    ended: () => session.ended,
    wait: (delay, then) => delayAnswer(context, delay, then),
    onEnd: (call) =>
      session.watch(({ kind }) => {
        if (kind === 'end') call();
      }),
    closeElsewhere: (length) => context.closeElsewhere?.(length),
    closePort: (length) => {
      const { gate } = context;
      if (gate) closePortFor(session, gate, length);
    },
  };
}
