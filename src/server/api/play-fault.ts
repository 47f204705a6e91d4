import type { Answer } from '../../sandbox/answer.js';
import type { JournalFields } from '../../sandbox/handled.js';
import type { Fault, FaultName } from '../../scenario/fault.js';
import type { RequestContext } from './context.js';
import { brokenGzip } from './faults/broken-gzip.js';
import {
  chunkedCutOff,
  resetAfterHeaders,
  truncatedBody,
  wrongContentLength,
} from './faults/cut-off.js';
import type { FaultContext } from './faults/fault-context.js';
import { hugeBody } from './faults/huge-body.js';
import { refused } from './faults/refused.js';
import { emptyReply, hang, reset } from './faults/silence.js';
import { slowBody, slowHeaders } from './faults/trickle.js';

/** Faults of the way to the client; the others are answers that are sent as any other. */
const ON_THE_WAY: Partial<Record<FaultName, (fault: FaultContext) => void>> = {
  hang,
  reset,
  refused,
  'empty-reply': emptyReply,
  'reset-after-headers': resetAfterHeaders,
  'truncated-body': truncatedBody,
  'chunked-cut-off': chunkedCutOff,
  'wrong-content-length': wrongContentLength,
  'broken-gzip': brokenGzip,
  'slow-headers': slowHeaders,
  'slow-body': slowBody,
  'huge-body': hugeBody,
};

/** RFC 8297: an answer before the answer. */
const EARLY_HINTS = 'HTTP/1.1 103 Early Hints\r\nLink: </>; rel=preconnect\r\n\r\n';

/** Lets an answer meet its fault and writes the exchange down; false: it is yet to be sent. */
export function playFault(
  context: RequestContext,
  answer: Answer,
  fault: Fault,
  journal: JournalFields,
): boolean {
  const { req, res } = context;
  if (fault.name === 'interim') req.socket.write(EARLY_HINTS);
  const play = ON_THE_WAY[fault.name];
  if (!play) return false;
  const go = () => play({ context, answer, fault, journal, socket: req.socket });
  // What goes over the wire waits until earlier answers on the same connection are through.
  if (res.socket || fault.name === 'hang') go();
  else res.once('socket', go);
  return true;
}
