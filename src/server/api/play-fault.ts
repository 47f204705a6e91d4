import type { Delivery } from '../../faults/delivery.js';
import { declarationOf, type Fault } from '../../faults/index.js';
import type { Answer } from '../../sandbox/answer.js';
import type { JournalFields } from '../../sandbox/handled.js';
import type { Session } from '../../sandbox/session.js';
import type { Duration } from '../../time/moments.js';
import { portGateOf } from '../http/port-gate.js';
import { resetConnection } from '../http/reset-connection.js';
import { delayAnswer, delayUntil } from './delay-answer.js';
import { unanswered, writeExchange } from './journal-line.js';
import type { RequestContext } from './request-context.js';

/** Lets an answer meet its fault and writes the exchange down; false: it is yet to be sent. */
export function playFault(
  context: RequestContext,
  answer: Answer,
  fault: Fault,
  journal: JournalFields,
): boolean {
  const { res } = context;
  const { precede, play, endless } = declarationOf(fault);
  if (!precede && !play) return false;
  const delivery = deliveryOf(context, answer, fault, journal);
  precede?.(delivery);
  if (!play) return false;
  // What goes over the wire waits until earlier answers on the same connection are through.
  if (res.socket || endless) play(delivery);
  else res.once('socket', () => play(delivery));
  return true;
}

function deliveryOf(
  context: RequestContext,
  answer: Answer,
  fault: Fault,
  journal: JournalFields,
): Delivery {
  const { req, res, session, startedMono } = context;
  const { socket } = req;
  return {
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
    closePort: (length) => closePort(session, socket, length),
    sent: (body) => {
      const { status, headers } = answer;
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
        const durationMs = performance.now() - startedMono;
        session.complete(entry, { endedAt: session.clock.now(), durationMs, aborted });
      };
    },
  };
}

/**
 * Nobody but this process can move a manual clock while nobody listens: there the machine's time counts
 * too, whichever is first.
 */
function closePort(session: Session, socket: RequestContext['req']['socket'], length: Duration) {
  const reopen = portGateOf(socket)?.close(session);
  if (!reopen) return;
  const stop = delayUntil(session, length, reopen);
  if (session.clock.mode !== 'manual') return;
  setTimeout(() => {
    stop();
    reopen();
  }, length).unref();
}
