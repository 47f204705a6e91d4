import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Session } from '../../sandbox/session.js';
import { showExchange } from './views.js';

/** Proxies close a connection that says nothing for a minute. */
const HEARTBEAT = 15_000;

/**
 * Streams what happens in a session as server-sent events (WHATWG HTML §9.2). A reader that comes back
 * with `Last-Event-ID`, or asks with `after`, gets what it has missed, as far as the journal goes back.
 */
export function streamEvents(
  req: IncomingMessage,
  res: ServerResponse,
  session: Session,
  after: number | undefined,
): void {
  const { packer } = session.setup;
  res.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
  });
  // RFC 9110 §9.3.2: whoever asks for the headers alone has them.
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  res.write(': events of an esoz-sandbox session\n\n');
  const send = (name: string, data: unknown, id?: number) => {
    const line = id === undefined ? '' : `id: ${id}\n`;
    res.write(`event: ${name}\n${line}data: ${JSON.stringify(data)}\n\n`);
  };
  const from = Number(req.headers['last-event-id'] ?? after ?? Number.NaN);
  if (Number.isInteger(from)) {
    for (const entry of session.journal.read({ after: from })) {
      send('exchange', showExchange(entry, packer), entry.seq);
    }
  }
  const stop = session.watch((event) => {
    if (event.kind === 'exchange')
      send('exchange', showExchange(event.exchange, packer), event.exchange.seq);
    else if (event.kind === 'dropped') send('dropped', { what: event.what, id: event.id });
    else if (event.kind === 'end') res.end();
  });
  const beat = setInterval(() => res.write(': still here\n\n'), HEARTBEAT);
  beat.unref();
  res.on('close', () => {
    clearInterval(beat);
    stop();
  });
}
