import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox/sandbox.js';
import type { Session } from '../../sandbox/session.js';
import type { Duration } from '../../time/moments.js';
import { exchangeText, feedOf, type Reader } from './feed.js';

/** Proxies close a connection that says nothing for a minute. */
const HEARTBEAT: Duration = 15_000;

/**
 * Bytes that may wait for a reader, beyond what the system holds for it. One that leaves more lying is
 * cut off: it comes back with the last id that it has read, and loses nothing that the journal keeps.
 */
const MAX_WAITING = 1_048_576;

/** Exchanges that are read from the journal at a time for a reader that comes late. */
const PAGE = 100;

/** A reader that does not take the end of its stream in this time is cut off. */
const LAST_WORDS: Duration = 2000;

/**
 * Streams what happens in a session as server-sent events (WHATWG HTML §9.2), from when it begins. A
 * reader that comes back with `Last-Event-ID`, or asks with `after`, gets what it has missed, as far as
 * the journal goes back.
 */
export function streamEvents(
  req: IncomingMessage,
  res: ServerResponse,
  sandbox: Sandbox,
  name: string,
  after: number | undefined,
): void {
  res.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    // nginx would hold events back until its buffer is full.
    'X-Accel-Buffering': 'no',
  });
  // RFC 9110 §9.3.2: whoever asks for the headers alone has them.
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  res.write(': events of an esoz-sandbox session\n\n');
  const from = Number(req.headers['last-event-id'] ?? after ?? Number.NaN);
  let leave = () => {};
  let hasWaited = false;
  const stop = sandbox.whenBegun(name, (session) => {
    // One that has begun at another server may have exchanges already.
    const first = hasWaited && Number.isNaN(from) ? 0 : from;
    if (session && !session.ended) leave = follow(res, session, first);
    else end(res);
  });
  hasWaited = true;
  const beat = setInterval(() => {
    // What waits to be read keeps a connection open by itself.
    if (res.writableLength === 0) res.write(': still here\n\n');
  }, HEARTBEAT);
  beat.unref();
  res.on('close', () => {
    clearInterval(beat);
    stop();
    leave();
  });
}

/** @returns a function that ends it */
function follow(res: ServerResponse, session: Session, from: number): () => void {
  const feed = feedOf(session);
  const reader: Reader = {
    live: false,
    send: (events) => {
      if (res.writableLength > MAX_WAITING) res.destroy();
      else res.write(events);
    },
    end: () => end(res),
  };
  feed.join(reader);
  if (Number.isInteger(from)) void catchUp(res, session, from, () => feed.goLive(reader));
  else feed.goLive(reader);
  return () => feed.leave(reader);
}

/** Sends what a reader has missed as fast as it reads, then calls `done` in the same turn. */
async function catchUp(
  res: ServerResponse,
  session: Session,
  from: number,
  done: () => void,
): Promise<void> {
  const { journal, setup } = session;
  let last = from;
  for (;;) {
    const page = journal.read({ after: last, limit: PAGE });
    if (page.length === 0) break;
    // Where it cannot be kept, its session ends, or is read again: whoever comes back then is told.
    if (!(await isKept(session))) return end(res);
    for (const entry of page) {
      last = entry.seq;
      if (!res.write(exchangeText(entry, setup))) await drained(res);
      if (res.writableEnded || res.destroyed) return;
    }
    await nextTurn();
  }
  if (!res.writableEnded && !res.destroyed) done();
}

function isKept(session: Session): Promise<boolean> {
  return new Promise((done) => session.saved((error) => done(error === undefined)));
}

function drained(res: ServerResponse): Promise<void> {
  return new Promise((done) => {
    const go = () => {
      res.off('drain', go).off('close', go);
      done();
    };
    res.on('drain', go).on('close', go);
  });
}

function end(res: ServerResponse): void {
  res.end();
  const cut = setTimeout(() => res.destroy(), LAST_WORDS);
  res.once('close', () => clearTimeout(cut));
}
