import { emptyMessage } from '../../contract/message.js';
import type { Stateless } from '../../contract/stateless.js';
import type { Draft } from '../../sandbox/draft.js';
import type { Handled, Handler, HandlerRequest, JournalFields } from '../../sandbox/handled.js';
import { cut } from '../../sandbox/journal.js';
import type { Packed } from '../../sandbox/packed.js';
import { handlePoll } from '../../sandbox/poll.js';
import { handleRead } from '../../sandbox/read.js';
import { Renderer } from '../../sandbox/render.js';
import { handleSchedule } from '../../sandbox/schedule.js';
import type { Setup } from '../../sandbox/setup.js';
import { readQuery } from '../address.js';
import { reportUnexpected } from '../unexpected.js';
import { type Admission, admit } from './admit.js';
import { applyChaos } from './apply-chaos.js';
import { checkAgainstContract } from './check-against-contract.js';
import { ContextRequester, type RequestContext } from './context.js';
import { type BodyProblem, hasBody, readText } from './read-text.js';
import { failure, unreadable } from './refuse.js';
import { type Response, respond } from './respond.js';
import { handleStateless } from './stateless.js';

/**
 * The one road of a request: route → admit → handle → check against the contract → chaos → keep → delay →
 * fault or send → journal. The fault of chaos is drawn before the session keeps what was decided, so that
 * all the changes of a request are kept at once.
 */
export function answerRequest(context: RequestContext, stateless: Stateless): void {
  if (!hasBody(context.req)) go(context, undefined, stateless);
  else {
    readText(
      context.req,
      (text) => go(context, text, stateless),
      (problem) => finish(context, () => refuseUnreadable(problem)),
    );
  }
}

/** The body is there: from here on a request changes nothing but by its draft. */
function go(context: RequestContext, text: string | undefined, stateless: Stateless): void {
  const { session, route } = context;
  const { setup } = session;
  const requestBody = compressOnce(setup, text);
  const query = readQuery(context.query);
  const admitted = guard(context, () => admit(context, query, text));
  if (!admitted) return;
  const journal: JournalFields = { ...fieldsOf(context), requestBody: requestBody?.() };
  if ('refusal' in admitted) {
    finish(context, () => ({ outcome: { kind: 'refusal', ...admitted }, journal }));
    return;
  }
  if (route.kind !== 'found') return;
  const { operation, params } = route;
  const missing = setup.pack?.prepare?.(operation.id);
  const handler = handlerOf(setup, operation.id) ?? handleStateless(context, text, stateless);
  const run = () =>
    finish(
      context,
      (draft, requester) =>
        handler(draft, {
          operation,
          params,
          query,
          body: admitted.body,
          headers: context.req.headers,
          packed: () => packForJob(setup, admitted.body, text, requestBody),
          requester,
        }),
      { requestBody: journal.requestBody },
    );
  if (missing) missing.then(run, (error: Error) => fail(context, error));
  else run();
}

type Decide = (draft: Draft, requester: HandlerRequest['requester']) => ReturnType<Handler>;

/** Decides, and concludes what was decided; again from the start when the session went on meanwhile. */
function finish(context: RequestContext, decide: Decide, more: JournalFields = {}): void {
  const attempt = (): void => {
    const draft = context.session.draft();
    const requester = new ContextRequester(context, draft);
    const conclude = (handled: Handled) => {
      const journal = { ...handled.journal, ...more };
      if (!concluded(context, draft, requester, { ...handled, journal })) attempt();
    };
    const handled = decide(draft, requester);
    if (handled instanceof Promise) {
      handled.then(conclude).catch((error: Error) => fail(context, error));
    } else conclude(handled);
  };
  guard(context, attempt);
}

/** Checks, keeps and sends; false, and nothing has happened, when the session has gone on meanwhile. */
function concluded(
  context: RequestContext,
  draft: Draft,
  requester: ContextRequester,
  handled: Handled,
): boolean {
  const { session } = context;
  const { setup } = session;
  const renderer = new Renderer(setup.binding, draft.state.chosen.envelope, requester);
  const checked = checkAgainstContract(setup, renderer, handled);
  // What cannot be answered has not happened.
  const kept = checked.broken ? session.draft() : draft;
  const response = applyChaos(kept, checked.response, requester.url);
  if (!context.headOnly && !session.keep(kept)) return false;
  respond(context, response);
  return true;
}

function handlerOf({ binding, pack }: Setup, operation: string): Handler | undefined {
  if (binding.report.operation === operation) return handlePoll;
  if (binding.schedules.has(operation)) return handleSchedule;
  return pack && Object.hasOwn(pack.reads, operation) ? handleRead : undefined;
}

/** What the journal knows of a request whatever it comes to. */
function fieldsOf({ route, session }: RequestContext): JournalFields {
  if (route.kind !== 'found') return {};
  const { operation, params } = route;
  const { report } = session.setup.binding;
  const job = operation.id === report.operation ? params[report.job] : undefined;
  return { operation: operation.id, ...(job === undefined ? {} : { job }) };
}

/** An error of the sandbox itself: the request is answered 500, and nothing of it is kept. */
function guard<T>(context: RequestContext, run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    fail(context, error as Error);
    return undefined;
  }
}

function fail(context: RequestContext, error: Error): void {
  reportUnexpected(error);
  const { refusal, journal } = failure(error);
  const { binding } = context.session.setup;
  const draft = context.session.draft();
  const renderer = new Renderer(binding, '', new ContextRequester(context, draft));
  const answer = context.res.headersSent ? emptyMessage(500) : renderer.refusal(refusal);
  const response: Response = {
    answer,
    journal: { ...fieldsOf(context), ...journal, refused: refusal.message },
  };
  respond(context, response);
}

function refuseUnreadable(problem: BodyProblem): Handled {
  const { refusal, headers } = unreadable(problem);
  return { outcome: { kind: 'refusal', refusal, headers }, journal: {} };
}

/** The body as the journal keeps it, compressed when it is first asked for. */
function compressOnce({ packer }: Setup, text: string | undefined): (() => Packed) | undefined {
  if (text === undefined) return undefined;
  let kept: Packed | undefined;
  return () => {
    kept ??= packer.pack(cut(text));
    return kept;
  };
}

/**
 * The job reads its body as JSON when it ends; the operation may take none, or another format. The
 * journal's copy serves unless it had to be cut.
 */
function packForJob(
  { packer }: Setup,
  body: Extract<Admission, { body: unknown }>['body'],
  text: string | undefined,
  journaled: (() => Packed) | undefined,
): Packed | undefined {
  if (body === undefined || text === undefined) return undefined;
  if (typeof body === 'string') return packer.pack(JSON.stringify(body));
  return cut(text) === text ? journaled?.() : packer.pack(text);
}
