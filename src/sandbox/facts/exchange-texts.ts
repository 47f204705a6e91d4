import type { Compressor } from '../compressed-text.js';
import type { Exchange } from '../journal.js';
import { exchangeText } from './exchange-fact.js';
import type { ExchangeFact, Fact } from './fact.js';
import { LikeText } from './like-text.js';

/**
 * An exchange that says only in what it differs from one that was written whole before it: a client that polls asks and
 * is told the same again and again. What is left out is as it is there, or, of the moments, as `at`.
 */
interface LikeFact extends Partial<Pick<ExchangeFact, 'wall' | 'path' | 'job' | 'eta'>> {
  k: 'exchange';
  /** The number of the other. */
  as: number;
  seq: number;
  at: ExchangeFact['at'];
  mono: number;
  ended?: ExchangeFact['endedAt'];
  took: ExchangeFact['durationMs'];
  /** Its answer's body, where it is another text, or places of the other's with what stands there; 0: the job's id. */
  body?: string | (number | string)[];
}

/** What one begins with that is written by another. */
const LIKE = '{"k":"exchange","as":';

/** So many exchanges others are written by. */
const MOST = 8;

/** Exchanges of a session as texts, one after the other. */
export class ExchangeTexts {
  #whole: Whole[] = [];

  constructor(private readonly compressor: Compressor) {}

  /** Whoever reads may begin here: nothing that follows is written by what stands before. */
  beginAnew(): void {
    this.#whole = [];
  }

  textOf(exchange: Exchange): string {
    if (!isPlain(exchange)) return exchangeText(exchange, this.compressor);
    for (const whole of this.#whole) {
      const text = whole.isLike(exchange) && whole.textOf(exchange);
      if (text) return text;
    }
    this.#whole.unshift(new Whole(exchange));
    if (this.#whole.length > MOST) this.#whole.pop();
    return exchangeText(exchange, this.compressor);
  }
}

/** Reads facts of a session, one after the other, from where it began or was written anew. */
export class FactReader {
  /** Exchanges that others are written by, by their numbers. */
  readonly #whole = new Map<number, ExchangeFact | string>();

  /** Notes one that was written here, by which those of others may be written: it is read when one is. */
  note(seq: number, text: string): void {
    if (!text.startsWith(LIKE)) this.#whole.set(seq, text);
  }

  /** Nothing that follows is written by what was read. */
  beginAnew(): void {
    this.#whole.clear();
  }

  /** @throws UnreadBefore where an exchange is written by one that was not read */
  read(text: string): Fact {
    const fact = this.readBriefly(text);
    if (!isBrief(fact)) return fact;
    return { k: 'exchange', exchange: fact.exchange.read() };
  }

  /** The same, and an exchange that is told by another stays as it is told. @throws UnreadBefore */
  readBriefly(text: string): BriefFact {
    const fact = JSON.parse(text) as Fact | LikeFact;
    if (fact.k !== 'exchange') return fact;
    if (!('as' in fact)) {
      this.#whole.set(fact.exchange.seq, fact.exchange);
      return fact;
    }
    const known = this.#whole.get(fact.as);
    if (!known) throw new UnreadBefore(fact.seq, fact.as);
    const whole = typeof known === 'string' ? wholeIn(known) : known;
    this.#whole.set(fact.as, whole);
    return { k: 'exchange', exchange: new LikeExchange(fact, whole) };
  }
}

/** An exchange that is told by another: the most are never looked at. */
export class LikeExchange {
  readonly seq: number;
  readonly at: ExchangeFact['at'];
  readonly wall: ExchangeFact['wall'];
  readonly endedAt: ExchangeFact['endedAt'];

  constructor(
    private readonly fact: LikeFact,
    private readonly whole: ExchangeFact,
  ) {
    const { seq, at, wall, ended } = fact;
    this.seq = seq;
    this.at = at;
    this.wall = wall ?? (at as number);
    this.endedAt = ended ?? at;
  }

  read(): ExchangeFact {
    return readLike(this.fact, this.whole);
  }
}

/** A fact, of an exchange maybe no more than how it differs from another. */
export type BriefFact = Fact | { k: 'exchange'; exchange: LikeExchange };

function isBrief(fact: BriefFact): fact is { k: 'exchange'; exchange: LikeExchange } {
  return fact.k === 'exchange' && fact.exchange instanceof LikeExchange;
}

/** An exchange is written by one that stands before what was read. */
export class UnreadBefore extends Error {
  constructor(seq: number, as: number) {
    super(`exchange ${seq} is told by ${as}, which is not there`);
  }
}

function wholeIn(text: string): ExchangeFact {
  return (JSON.parse(text) as { exchange: ExchangeFact }).exchange;
}

/** It has nothing that an exchange of the next poll would not have as well. */
function isPlain({ requestBody, content, listed, delivery, breaches, endedAt }: Exchange): boolean {
  return !(requestBody || content || listed || delivery || breaches || endedAt === undefined);
}

/** An exchange that was written whole. */
class Whole {
  readonly #body: LikeText;
  readonly #before: string;
  readonly #behind: string;

  constructor(private readonly exchange: Exchange) {
    const { path, job = '', responseBody } = exchange;
    this.#body = new LikeText(responseBody);
    const at = job === '' ? -1 : path.indexOf(job);
    this.#before = at < 0 ? path : path.slice(0, at);
    this.#behind = at < 0 ? '' : path.slice(at + job.length);
  }

  isLike(other: Exchange): boolean {
    const { exchange } = this;
    return (
      other.state === exchange.state &&
      other.step === exchange.step &&
      other.status === exchange.status &&
      other.method === exchange.method &&
      other.operation === exchange.operation &&
      other.scenario === exchange.scenario &&
      other.reportedOutcome === exchange.reportedOutcome &&
      other.api === exchange.api &&
      other.answeredBy === exchange.answeredBy &&
      other.heldFrom === exchange.heldFrom &&
      other.resultPlace === exchange.resultPlace &&
      other.forgotten === exchange.forgotten &&
      other.resource === exchange.resource &&
      other.fault === exchange.fault &&
      other.chance === exchange.chance &&
      other.aborted === exchange.aborted &&
      other.calledAs === exchange.calledAs &&
      other.refused === exchange.refused &&
      other.note === exchange.note &&
      (other.job === undefined) === (exchange.job === undefined) &&
      (other.eta === undefined) === (exchange.eta === undefined) &&
      other.requestHeaders === exchange.requestHeaders &&
      isSame(other.responseHeaders, exchange.responseHeaders)
    );
  }

  textOf(other: Exchange): string {
    const { exchange } = this;
    // Field by field: what is left of an object without some costs a poll as much as its text.
    const { seq, at, wall, startedMono, endedAt, durationMs, path, job, eta, responseBody } = other;
    let text = `${LIKE}${exchange.seq},"seq":${seq},"at":${at},"mono":${startedMono},"took":${durationMs}`;
    if (wall !== at) text += `,"wall":${wall}`;
    if (endedAt !== at) text += `,"ended":${endedAt}`;
    if (job !== exchange.job) text += `,"job":${JSON.stringify(job)}`;
    if (path !== `${this.#before}${job ?? ''}${this.#behind}`)
      text += `,"path":${JSON.stringify(path)}`;
    if (eta !== exchange.eta) text += `,"eta":${eta}`;
    return `${text}${this.#bodyOf(responseBody, job)}}`;
  }

  #bodyOf(body: string, job: string | undefined): string {
    if (body === this.exchange.responseBody) return '';
    const gaps = this.#body.gapsOf(body);
    if (!gaps) return `,"body":${JSON.stringify(body)}`;
    let text = '';
    for (const [from, to] of gaps) {
      const here = body.slice(from, to);
      text += `${text === '' ? '' : ','}${from},${here === job ? '0' : JSON.stringify(here)}`;
    }
    return `,"body":[${text}]`;
  }
}

function readLike(fact: LikeFact, whole: ExchangeFact): ExchangeFact {
  const { seq, at, mono, took, ended = at, job = whole.job, eta = whole.eta } = fact;
  const wall = fact.wall ?? (at as number);
  const changed = { seq, at, wall, startedMono: mono, endedAt: ended, durationMs: took, job, eta };
  const path = fact.path ?? pathOf(whole, job);
  return { ...whole, ...changed, path, responseBody: bodyOf(fact, whole.responseBody, job) };
}

function pathOf({ path, job: other = '' }: ExchangeFact, job = ''): string {
  const at = other === '' ? -1 : path.indexOf(other);
  return at < 0 ? path + job : path.slice(0, at) + job + path.slice(at + other.length);
}

function bodyOf({ body }: LikeFact, other: string, job = ''): string {
  if (body === undefined) return other;
  if (typeof body === 'string') return body;
  let text = '';
  let end = 0;
  for (let i = 0; i < body.length; i += 2) {
    const at = body[i] as number;
    const here = body[i + 1] === 0 ? job : (body[i + 1] as string);
    text += other.slice(end, at) + here;
    end = at + here.length;
  }
  return text + other.slice(end);
}

function isSame(a: Exchange['responseHeaders'], b: Exchange['responseHeaders']): boolean {
  if (a === b) return true;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
