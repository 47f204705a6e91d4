import type { Contract } from '../contract/contract.js';
import { missingCredential, parameterBreaches } from '../contract/gate.js';
import { isJson } from '../contract/media-type.js';
import type { Breach, Operation } from '../contract/operation.js';
import { readBody } from '../contract/read-body.js';
import type { RequestHead } from '../contract/read-parameters.js';
import type { WallMoment } from '../time/moments.js';
import type { Masker } from './mask.js';
import { headerOf, type Seen } from './seen.js';

/** One way to depart from the contract, however often it was seen. */
export interface Departure {
  by: 'answer' | 'request';
  operation: string;
  /** Status of the answer. */
  status: number | undefined;
  /** JSON path in a body, else the place and name of a parameter. */
  at: string;
  what: string;
  count: number;
  /** Number and moment of the first exchange that did so. */
  seq: number;
  first: WallMoment;
}

/** A path that the contract does not know, without what identifies anybody. */
export interface UnknownJob {
  method: string;
  path: string;
  count: number;
}

/** Holds what goes through against the contract. */
export class Check {
  readonly #departures = new Map<string, Departure>();
  readonly #strangers = new Map<string, UnknownJob>();
  #checked = 0;

  constructor(
    private readonly masker: Masker,
    private readonly readQuery: (query: string) => Record<string, unknown>,
  ) {}

  take(seq: number, seen: Seen): void {
    const { route, method, target } = seen;
    const mark = target.indexOf('?');
    const path = mark === -1 ? target : target.slice(0, mark);
    const query = mark === -1 ? '' : target.slice(mark);
    if (route.kind !== 'found') {
      this.#stranger(method, path);
      return;
    }
    this.#checked += 1;
    const { operation, params } = route;
    const { contract } = seen.api;
    const sent = { params, path, search: query };
    for (const breach of this.#request(contract, operation, sent, seen)) {
      this.#note('request', operation, undefined, breach, seq, seen.at);
    }
    const { answer, failure } = seen;
    if (!answer || failure) return;
    for (const breach of this.#answer(contract, operation, answer)) {
      this.#note('answer', operation, answer.status, breach, seq, seen.at);
    }
  }

  /** Exchanges of operations of the contract. */
  get checked(): number {
    return this.#checked;
  }

  /** In the order in which they were first seen. */
  get departures(): readonly Departure[] {
    return [...this.#departures.values()];
  }

  get strangers(): readonly UnknownJob[] {
    return [...this.#strangers.values()];
  }

  #answer(
    { validator }: Contract,
    operation: Operation,
    { status, body }: NonNullable<Seen['answer']>,
  ): Breach[] {
    if (!body.whole) return [];
    const { mediaType, json, text } = body;
    const unread = isJson(mediaType) && json === undefined && text !== 'null';
    if (unread) return [unreadable];
    return validator.answer(operation, status, mediaType, json ?? text);
  }

  #request(
    contract: Contract,
    operation: Operation,
    sent: Pick<RequestHead, 'params' | 'path' | 'search'>,
    { request }: Seen,
  ): Breach[] {
    const headers: Record<string, string> = {};
    for (const [name, value] of request.headers) headers[name.toLowerCase()] = value;
    const asked = this.readQuery(sent.search);
    const missing = missingCredential(operation, headers, asked);
    const credential: Breach[] = missing
      ? [
          {
            ...said(`the ${missing.in} ${missing.name} is missing or empty`),
            in: missing.in,
            at: missing.name,
          },
        ]
      : [];
    const parameters = parameterBreaches(contract, operation, { ...sent, headers }, asked);
    return [...credential, ...parameters, ...this.#body(contract, operation, request)];
  }

  #body(contract: Contract, operation: Operation, { headers, body }: Seen['request']): Breach[] {
    const { mediaType, json, text, length, whole } = body;
    if (!operation.body || !whole) return [];
    if (length === 0) return operation.body.required ? [said('the request has no body')] : [];
    if (isJson(mediaType) && json === undefined) return [unreadable];
    const contentType = headerOf(headers, 'content-type') ?? '';
    const sent = { contentType, mediaType, text, bytes: Buffer.from(text) };
    const read = readBody(contract, operation, sent, () => ({ value: json, long: true }));
    if ('problem' in read) return [said(read.problem)];
    if (read.breaches) return read.breaches;
    return [said(`the contract takes no body of the type "${mediaType || 'none'}"`)];
  }

  #note(
    by: Departure['by'],
    { id: operation }: Operation,
    status: number | undefined,
    breach: Breach,
    seq: number,
    first: WallMoment,
  ): void {
    const where =
      breach.in === 'body' ? breach.at.replace(/\[\d+\]/g, '[*]') : `${breach.in} ${breach.at}`;
    const at = this.masker.text(where);
    const what = this.masker.text(breach.description);
    const key = JSON.stringify([by, operation, status, at, what]);
    const known = this.#departures.get(key);
    if (known) known.count += 1;
    else if (this.#departures.size < MOST) {
      this.#departures.set(key, { by, operation, status, at, what, count: 1, seq, first });
    }
  }

  #stranger(method: string, path: string): void {
    const shown = this.masker.text(path).slice(0, 200);
    const key = `${method} ${shown}`;
    const known = this.#strangers.get(key);
    if (known) known.count += 1;
    else if (this.#strangers.size < MOST)
      this.#strangers.set(key, { method, path: shown, count: 1 });
  }
}

/** Names of properties come from outside; a report of more lines is read by nobody. */
const MOST = 1000;

function said(description: string): Breach {
  return { in: 'body', at: '$', rule: 'required', description, params: [] };
}

const unreadable = said('the body is not readable as JSON');
