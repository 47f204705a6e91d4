import type { Exchange } from '../../sandbox/journal.js';
import type { Seen } from '../seen.js';
import { exchangeOf } from './exchange-of.js';
import { type Place, Spool } from './spool.js';

/** Exchanges in the order in which they began, and the bodies of their requests. */
export interface Traffic {
  exchanges: Exchange[];
  bodyOf(exchange: Exchange): string;
}

/** What stands in a file. @param several there are more APIs than one */
export function trafficOf(seen: readonly Seen[], several: boolean): Traffic {
  const bodies = new Map<Exchange, string>();
  const exchanges = seen.map((one) => {
    const exchange = exchangeOf(0, one, several);
    bodies.set(exchange, one.request.body.text);
    return exchange;
  });
  return { exchanges: inOrder(exchanges), bodyOf: (exchange) => bodies.get(exchange) ?? '' };
}

/** As they began, by the clock that nobody sets where it was looked at. */
function inOrder(exchanges: Exchange[]): Exchange[] {
  exchanges.sort((a, b) => a.startedMono - b.startedMono);
  exchanges.forEach((exchange, i) => {
    exchange.seq = i + 1;
  });
  return exchanges;
}

type Facts = Omit<Exchange, keyof Texts>;
type Texts = Pick<Exchange, 'requestHeaders' | 'responseHeaders' | 'responseBody'>;
interface Message extends Texts {
  requestBody: string;
}

/** What passes through: a few bytes of memory for each exchange, until they are read. */
export class Kept {
  readonly #spool = new Spool();
  readonly #places: (readonly [facts: Place, message: Place])[] = [];
  readonly #known = new Map<string, string>();
  #newest: { place: Place; message: Message } | undefined;

  /** @throws UsageError where no temporary file can be made */
  constructor(private readonly several: boolean) {}

  add(seen: Seen): void {
    const exchange = exchangeOf(0, seen, this.several);
    const { requestHeaders, responseHeaders, responseBody, ...facts } = exchange;
    const requestBody = seen.request.body.text;
    const message: Message = { requestHeaders, requestBody, responseHeaders, responseBody };
    const spool = this.#spool;
    this.#places.push([spool.put(JSON.stringify(facts)), spool.put(JSON.stringify(message))]);
  }

  /** Headers and bodies are fetched when they are asked for. */
  read(): Traffic {
    const exchanges = this.#places.map(([facts, message]) =>
      this.#exchange(JSON.parse(this.#spool.get(facts)) as Facts, message),
    );
    const places = new Map(exchanges.map((exchange, i) => [exchange, this.#places[i]?.[1]]));
    return {
      exchanges: inOrder(exchanges),
      bodyOf: (exchange) => {
        const place = places.get(exchange);
        return place === undefined ? '' : this.#message(place).requestBody;
      },
    };
  }

  /** Nothing of it can be read any more. */
  close(): void {
    this.#spool.close();
  }

  #exchange(facts: Facts, place: Place): Exchange {
    const message = () => this.#message(place);
    const same = (text: string) => this.#same(text);
    return Object.defineProperties(facts, {
      requestHeaders: { enumerable: true, get: () => same(message().requestHeaders) },
      responseHeaders: { enumerable: true, get: () => message().responseHeaders },
      responseBody: { enumerable: true, get: () => message().responseBody },
    }) as Exchange;
  }

  /** The parts of a message are asked for one after the other. */
  #message(place: Place): Message {
    if (this.#newest?.place === place) return this.#newest.message;
    const message = JSON.parse(this.#spool.get(place)) as Message;
    this.#newest = { place, message };
    return message;
  }

  /** Most requests of a client have the same headers. */
  #same(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (this.#known.size < MOST_KNOWN) this.#known.set(text, text);
    return text;
  }
}

const MOST_KNOWN = 1000;
