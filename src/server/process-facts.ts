import type { ProcessFacts, SaidParts } from '../audit/process/facts.js';
import { parseJson } from '../contract/json.js';
import { payloadKeys, payloadOf } from '../contract/payload.js';
import type { Api } from '../sandbox/api.js';
import { headersIn } from '../sandbox/headers-in.js';
import type { Exchange } from '../sandbox/journal.js';
import type { Session } from '../sandbox/session.js';
import type { Process } from '../scenario/process.js';
import { readQuery } from './http/address.js';

/** The process that a verdict is to hold a session to, and what has been seen of it besides its exchanges. */
export interface Held {
  /** Undefined: the one that the session plays. */
  process?: Process | undefined;
  output?: string | undefined;
  seen?: boolean | undefined;
}

/** What a verdict on a process is made from; undefined: the session is held to none. */
export function processFacts(
  session: Session,
  bodyOf: (exchange: Exchange) => string,
  { process = session.chosen.process, output, seen }: Held,
): ProcessFacts | undefined {
  if (!process) return undefined;
  const read = new Map<Exchange, SaidParts>();
  const saidIn = (exchange: Exchange) => {
    const known = read.get(exchange);
    if (known) return known;
    const said = partsOf(exchange, session, bodyOf(exchange));
    read.set(exchange, said);
    return said;
  };
  return { process, saidIn, output, seen };
}

/** Nothing of it is read before somebody asks. */
function partsOf(exchange: Exchange, { setup }: Session, text: string): SaidParts {
  const { method, path: target, operation = '', requestHeaders, responseBody } = exchange;
  const api = setup.apis.find(({ name }) => name === exchange.api) ?? setup.apis[0];
  const [path = '', search = ''] = target.split(/(?=\?)/, 2);
  const lazily = new Lazily();
  return {
    get path() {
      return lazily.get('path', () => {
        const route = setup.routes.find(method, path);
        return route.kind === 'found' ? route.params : {};
      });
    },
    get query() {
      return lazily.get('query', () => readQuery(search));
    },
    get headers() {
      return lazily.get('headers', () => headersIn(requestHeaders));
    },
    get body() {
      return lazily.get('body', () => parseJson(text));
    },
    get signed() {
      return lazily.get('signed', () => signedIn(api, operation, this.body));
    },
    get answer() {
      return lazily.get('answer', () =>
        payloadOf(parseJson(responseBody), payloadKeys(api.binding)),
      );
    },
  };
}

/** Makes each value once. */
class Lazily {
  readonly #made = new Map<string, unknown>();

  get<T>(name: string, make: () => T): T {
    if (!this.#made.has(name)) this.#made.set(name, make());
    return this.#made.get(name) as T;
  }
}

/** Where rules are off no library for containers may have been loaded, and a body may be anything. */
function signedIn({ pack }: Api, operation: string, body: unknown): unknown {
  try {
    return pack?.signedIn?.(operation, body);
  } catch {
    return undefined;
  }
}
