import type { Answer } from '../sandbox/answer.js';
import type { Fault, FaultName } from '../scenario/fault.js';
import type { Exchange, Remarks } from './exchange.js';
import { brokenGzip } from './faults/broken-gzip.js';
import {
  chunkedCutOff,
  resetAfterHeaders,
  truncatedBody,
  wrongContentLength,
} from './faults/cut-off.js';
import { hugeBody } from './faults/huge-body.js';
import { refused } from './faults/refused.js';
import { emptyReply, hang, reset } from './faults/silence.js';
import type { Struck } from './faults/struck.js';
import { slowBody, slowHeaders } from './faults/trickle.js';

/** Faults of the way to the client; the others are answers that are sent as any other. */
const ON_THE_WAY: Partial<Record<FaultName, (struck: Struck) => void>> = {
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
  exchange: Exchange,
  answer: Answer,
  fault: Fault,
  remarks: Remarks,
): boolean {
  const { req, res } = exchange;
  if (fault.name === 'interim') req.socket.write(EARLY_HINTS);
  const play = ON_THE_WAY[fault.name];
  if (!play) return false;
  const go = () => play({ exchange, answer, fault, remarks, socket: req.socket });
  // What goes over the wire waits until earlier answers on the same connection are through.
  if (res.socket || fault.name === 'hang') go();
  else res.once('socket', go);
  return true;
}
