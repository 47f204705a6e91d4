import { setImmediate as nextTurn } from 'node:timers/promises';
import { isCredentialName } from '../../contract/credential-name.js';
import type { Secrets } from '../../contract/secrets.js';
import type { Apis } from '../../sandbox/api.js';
import type { ExchangeFact, Fact } from '../../sandbox/facts/fact.js';
import { CredentialMask } from './credential-mask.js';
import type { SessionFile } from './session-file.js';

/** So many facts are masked at a time: nobody else waits for long. */
const SLICE = 50;

/** Where another system hands out tokens, a long word of its answer may be one; a UUID only names something. */
const HANDS_OUT = /token|oauth|login|session|auth/i;
const LONG = /"([\w.~+/=-]{20,})"/g;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A file with stand-ins in the places of credentials: what holds of equal ones holds of their stand-ins. */
export async function maskFile(file: SessionFile, apis: Apis): Promise<SessionFile> {
  const mask = new CredentialMask(secretsOf(apis));
  leaveBeginnings(file.facts, mask);
  const seen = new Set<string>();
  await inSlices(file.facts, (fact) => noteIn(fact, mask, seen));
  const known = new Map<string, string>();
  const facts = await inSlices(file.facts, (fact) => maskFact(fact, mask, known));
  return { ...file, facts, verdict: mask.all(file.verdict) };
}

async function inSlices<T>(facts: readonly Fact[], each: (fact: Fact) => T): Promise<T[]> {
  const made: T[] = [];
  for (let from = 0; from < facts.length; from += SLICE) {
    for (const fact of facts.slice(from, from + SLICE)) made.push(each(fact));
    await nextTurn();
  }
  return made;
}

function secretsOf(apis: Apis): Secrets {
  const every = (of: (secrets: Secrets) => ReadonlySet<string>) =>
    new Set(apis.flatMap(({ contract }) => [...of(contract.secrets)]));
  return {
    headers: every(({ headers }) => headers),
    query: every(({ query }) => query),
    cookies: every(({ cookies }) => cookies),
  };
}

/** What packs have put there when a world began is the same in every sandbox, and stands in the docs. */
function leaveBeginnings(facts: readonly Fact[], mask: CredentialMask): void {
  const put = new Map<string, object[]>();
  for (const fact of facts) {
    if (fact.k === 'resource' && !isCredentialName(fact.resource.kind)) {
      put.set(fact.api, [
        ...(put.get(fact.api) ?? []).slice(0, MOST_BEGINNINGS),
        fact.resource.document,
      ]);
    }
    if (fact.k !== 'begun') continue;
    const { world, beginnings, size } = fact;
    const documents = put.get(world) ?? [];
    for (const document of documents.slice(0, size)) leaveIn(document, mask);
    leaveIn(beginnings, mask);
  }
}

/** No world begins with more. */
const MOST_BEGINNINGS = 1000;

function leaveIn(value: unknown, mask: CredentialMask): void {
  if (typeof value === 'string') mask.leave(value);
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) leaveIn(inner, mask);
}

function noteIn(fact: Fact, mask: CredentialMask, seen: Set<string>): void {
  switch (fact.k) {
    case 'exchange':
      noteExchange(fact.exchange, mask, seen);
      break;
    case 'scheduled':
      mask.noteIn(fact.job.body ?? '');
      mask.noteWithin([fact.job.params, fact.job.webhooks, fact.job.made]);
      noteDigest(fact.job.askedWith, mask);
      break;
    case 'moved':
      noteDigest(fact.askedWith, mask);
      break;
    case 'token ended':
      noteDigest(fact.credentials, mask);
      break;
    case 'asked':
      for (const [digest] of fact.key.matchAll(DIGESTS)) noteDigest(digest, mask);
      break;
    case 'resource':
      mask.noteWithin(fact.resource.document);
      break;
    case 'delivery':
      mask.noteIn(`${fact.delivery.url}\n${fact.delivery.said?.body ?? ''}`);
      mask.noteWithin(fact.delivery.said?.headers);
      break;
    case 'subscribed':
      mask.noteWithin(fact.webhooks);
      for (const { url } of fact.webhooks.subscriptions) mask.noteIn(url);
      break;
    case 'began':
      mask.noteWithin(fact.chosen.settings);
      break;
    case 'chosen':
      mask.noteWithin(fact.values.settings);
      break;
  }
}

/** SHA-256 in Base64. */
const DIGESTS = /[A-Za-z\d+/]{43}=/g;

/** It is noted with the request that has brought the credentials, where that is there. */
function noteDigest(digest: string | undefined, mask: CredentialMask): void {
  if (digest !== undefined && !mask.knows(digest)) mask.note(digest);
}

function noteExchange(exchange: ExchangeFact, mask: CredentialMask, seen: Set<string>): void {
  const { path, requestHeaders, requestBody = '', responseHeaders, responseBody } = exchange;
  if (!seen.has(requestHeaders)) {
    seen.add(requestHeaders);
    for (const [name, value] of pairs(requestHeaders)) {
      if (!mask.isSecret(name)) continue;
      mask.noteHeader(name, value);
      mask.noteDigest(name, value);
    }
  }
  for (const [name, value] of Object.entries(responseHeaders)) {
    if (mask.isSecret(name)) mask.noteHeader(name, value);
  }
  for (const text of [path, requestBody, responseBody]) mask.noteIn(text);
  if (exchange.answeredBy !== 'upstream' || !HANDS_OUT.test(path)) return;
  for (const [, word = ''] of responseBody.matchAll(LONG)) if (!UUID.test(word)) mask.note(word);
}

function maskFact(fact: Fact, mask: CredentialMask, known: Map<string, string>): Fact {
  if (fact.k !== 'exchange') return mask.all(fact, fact.k === 'resource' || fact.k === 'begun');
  const { requestHeaders, responseHeaders, ...said } = fact.exchange;
  const request = known.get(requestHeaders) ?? maskLines(requestHeaders, mask);
  known.set(requestHeaders, request);
  const answer = Object.entries(responseHeaders).map(([name, value]) => [
    name,
    mask.isSecret(name) ? mask.header(name, value) : mask.text(value),
  ]);
  const exchange = {
    ...mask.all(said),
    requestHeaders: request,
    responseHeaders: Object.fromEntries(answer),
  };
  return { k: 'exchange', exchange };
}

function maskLines(lines: string, mask: CredentialMask): string {
  return pairs(lines)
    .flatMap(([name, value]) => [
      name,
      mask.isSecret(name) ? mask.header(name, value) : mask.text(value),
    ])
    .join('\n');
}

/** Names and values in turn, a line each. */
function pairs(lines: string): [name: string, value: string][] {
  const all = lines === '' ? [] : lines.split('\n');
  return all.flatMap((name, i) => (i % 2 === 0 ? [[name, all[i + 1] ?? '']] : []));
}
