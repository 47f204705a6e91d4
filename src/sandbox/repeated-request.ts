import type { Idempotency, IdempotencyKey, Repeats } from '../contract/idempotency.js';
import { at } from '../contract/json.js';
import type { Draft } from './draft.js';
import { type Handled, type HandlerRequest, refusal } from './handled.js';
import type { Job } from './job.js';
import { contentOfText, type RequestContent } from './request-content.js';

/**
 * The job that the same request has scheduled before, or why this one is refused; undefined: it is none that the
 * session knows. IETF draft httpapi-idempotency-key-header §2.6, §2.7: 422 for a key that comes with another
 * request, 409 while the first is in progress, which only some APIs hold to.
 */
export function findRepeated(draft: Draft, request: HandlerRequest): Repeated | undefined {
  for (const one of draft.api.binding.idempotencies) {
    const found = knownBy(draft, request, one);
    if (found) return found;
  }
  return undefined;
}

type Repeated = { job: Job; again: Repeats['again'] } | { refused: Handled };

function knownBy(
  draft: Draft,
  request: HandlerRequest,
  { key, repeats }: Idempotency,
): Repeated | undefined {
  const name = nameOf(draft, request, key);
  const known = name === undefined ? undefined : draft.state.requests.get(name);
  const job = known && draft.job(known.job);
  if (!known || !job) return undefined;
  if ('content' in key && job.settled) return undefined;
  const journal = { operation: request.operation.id };
  if (known.content !== contentBits(request)) {
    const message = `${tellKey(key)} has come with another request before, which has scheduled job ${job.id}: take a new key for a new request`;
    const code = 'REQUEST_IDEMPOTENCY_KEY_REUSED';
    return { refused: refusal({ status: repeats.reused, code, message }, journal) };
  }
  if (repeats.inProgress === undefined || job.settled) return { job, again: repeats.again };
  const message = `the same request has scheduled job ${job.id}, which is still open: wait for its end`;
  const code = 'REQUEST_IDEMPOTENCY_IN_PROGRESS';
  return { refused: refusal({ status: repeats.inProgress, code, message }, journal) };
}

/** Notes by what the request is known when it comes again. */
export function rememberRequest(draft: Draft, request: HandlerRequest, job: Job): void {
  for (const { key } of draft.api.binding.idempotencies) {
    const name = nameOf(draft, request, key);
    if (name === undefined) continue;
    const content = contentBits(request);
    draft.changes.push({ kind: 'remembered', request: name, job: job.id, content });
  }
}

/** A key counts for one operation at one path, as `Idempotency-Key` of two orders may be the same. */
function nameOf({ api }: Draft, request: HandlerRequest, key: IdempotencyKey): string | undefined {
  const own = ownName(request, key);
  if (own === undefined) return undefined;
  return [api.name, request.operation.id, JSON.stringify(request.params), own].join('\n');
}

function ownName(request: HandlerRequest, key: IdempotencyKey): string | undefined {
  if ('content' in key) return `content ${contentBits(request)}`;
  const value =
    'field' in key ? at(request.body, key.field.join('.')) : request.headers[key.header];
  const names = typeof value === 'string' || typeof value === 'number';
  return (names && String(value)) || undefined;
}

function tellKey(key: IdempotencyKey): string {
  if ('content' in key) return 'this content';
  return 'field' in key
    ? `the key in ${key.field.join('.')}`
    : `the key in the header ${key.header}`;
}

/** All that a request asks for, without what belongs to one sending alone. */
function contentBits({ content, query }: HandlerRequest): number {
  return contentOfText(`${tellContent(content)}\n${JSON.stringify(query)}`).digest;
}

function tellContent(content: RequestContent | undefined): string {
  if (!content) return '';
  return [content.digest, ...content.fresh.map(({ place, value }) => `${place} ${value}`)].join(
    '\n',
  );
}
