import { showExchange } from '../../sandbox/control/views.js';
import type { Session, SessionEvent } from '../../sandbox/session.js';
import type { Duration, MachineMs } from '../../time/moments.js';

/** Who reads a session's events as they come. */
export interface Reader {
  /** False while it is still given what it has missed. */
  live: boolean;
  send(events: Buffer): void;
  end(): void;
}

/**
 * Events that come close together leave together, after this time for each reader: a write costs a
 * fiftieth of it, and one for each event and each of a hundred readers would be ten times the cost of a poll.
 */
const TIME_FOR_EACH: Duration = 2.5;

/** Longer no event waits, however many read. */
const MAX_WAIT: Duration = 250;

/** So many characters do not wait for more. */
const MUCH = 1_048_576;

const feeds = new WeakMap<Session, Feed>();

export function feedOf(session: Session): Feed {
  const known = feeds.get(session);
  if (known) return known;
  const feed = new Feed(session);
  feeds.set(session, feed);
  return feed;
}

/** One text for all who watch a session: an event is written down once, however many read it. */
export class Feed {
  readonly #readers = new Set<Reader>();
  #texts: string[] = [];
  #length = 0;
  #sentAt: MachineMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined;
  #unwatch = () => {};

  constructor(private readonly session: Session) {}

  join(reader: Reader): void {
    if (this.#readers.size === 0) this.#unwatch = this.session.watch((event) => this.#take(event));
    this.#readers.add(reader);
  }

  /** From now on the reader gets what comes; what has come until now it has. */
  goLive(reader: Reader): void {
    this.#send();
    reader.live = true;
  }

  leave(reader: Reader): void {
    if (!this.#readers.delete(reader) || this.#readers.size > 0) return;
    this.#unwatch();
    this.#forget();
  }

  #take(event: SessionEvent): void {
    if (event.kind === 'end') {
      this.#send();
      for (const reader of this.#readers) reader.end();
      return;
    }
    const text = textOf(event, this.session);
    if (text === undefined) return;
    this.#texts.push(text);
    this.#length += text.length;
    if (this.#length >= MUCH) this.#send();
    else if (this.#timer === undefined) this.#plan();
  }

  /** The first event after a pause leaves at once. */
  #plan(): void {
    const together = Math.min(MAX_WAIT, this.#readers.size * TIME_FOR_EACH);
    const wait = this.#sentAt + together - performance.now();
    const send = () => this.#send();
    this.#timer = wait > 0 ? setTimeout(send, wait) : setImmediate(send);
  }

  #send(): void {
    const text = this.#texts.join('');
    this.#forget();
    if (text === '') return;
    this.#sentAt = performance.now();
    const events = Buffer.from(text);
    for (const reader of this.#readers) if (reader.live) reader.send(events);
  }

  #forget(): void {
    clearTimeout(this.#timer as NodeJS.Timeout);
    clearImmediate(this.#timer as NodeJS.Immediate);
    this.#timer = undefined;
    this.#texts = [];
    this.#length = 0;
  }
}

/** An event as it goes over the wire (WHATWG HTML §9.2.5); undefined for what readers are not told. */
function textOf(event: SessionEvent, { setup }: Session): string | undefined {
  if (event.kind === 'exchange') return exchangeText(event.exchange, setup);
  if (event.kind !== 'dropped') return undefined;
  return `event: dropped\ndata: ${JSON.stringify({ what: event.what, id: event.id })}\n\n`;
}

export function exchangeText(...[entry, setup]: Parameters<typeof showExchange>): string {
  const data = JSON.stringify(showExchange(entry, setup));
  const kind = entry.delivery ? 'delivery' : 'exchange';
  return `event: ${kind}\nid: ${entry.seq}\ndata: ${data}\n\n`;
}
