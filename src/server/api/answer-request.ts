import { fieldsIn, jobOf } from '../../contract/job-place.js';
import type { Json } from '../../contract/json.js';
import { isJson, mediaTypeOf } from '../../contract/media-type.js';
import { emptyMessage } from '../../contract/message.js';
import type { Operation } from '../../contract/operation.js';
import type { Stateless } from '../../contract/stateless.js';
import type { Api } from '../../sandbox/api.js';
import type { Compressor, WaitingText } from '../../sandbox/compressed-text.js';
import type { Draft } from '../../sandbox/draft.js';
import { namesJob } from '../../sandbox/find-job.js';
import type { Handled, Hold, JournalFields } from '../../sandbox/handled.js';
import { handlerOf } from '../../sandbox/handlers.js';
import { cut } from '../../sandbox/journal.js';
import { type Asked as Place, Renderer } from '../../sandbox/render.js';
import type { Setup } from '../../sandbox/setup.js';
import type { Wants } from '../../sandbox/wants.js';
import { readQuery } from '../http/address.js';
import { type BodyProblem, type BodyText, hasBody, readText } from '../http/read-text.js';
import { reportUnexpected } from '../report-unexpected.js';
import { type Admission, admit } from './admit.js';
import { applyChaos } from './apply-chaos.js';
import { checkAgainstContract } from './check-against-contract.js';
import { contentOf } from './content-of.js';
import { type Decide, guardDecision } from './guard-decision.js';
import { handleStateless } from './handle-stateless.js';
import { holdAnswer } from './hold-answer.js';
import { unanswered, writeExchange } from './journal-line.js';
import { onceKept, unkept } from './once-kept.js';
import { failure, unreadable } from './refuse.js';
import {
  apiOfJob,
  ContextRequester,
  type RequestContext,
  reopenContext,
  wantedForApi,
} from './request-context.js';
import { type Response, respond, sendUnkept } from './respond.js';
import { ShortTurns } from './short-turns.js';

/** Of all requests: there is one event loop. */
const turns = new ShortTurns();

/**
 * The one road of a request: route → admit → handle → check against the contract → chaos → keep → delay →
 * fault or send → journal. The fault of chaos is drawn before the session keeps what was decided, so that
 * all the changes of a request are kept at once.
 */
export function answerRequest(context: RequestContext, stateless: Stateless): void {
  findApi(context, undefined, () => readRequest(context, stateless));
}

/** Goes on once it is known of which API the job is that a request names. */
function findApi(context: RequestContext, body: unknown, then: () => void): void {
  const wants = wantedForApi(context, body);
  if (!wants) then();
  else {
    context.session
      .fetch(wants)
      .then(() => {
        context.api = apiOfJob(context, body);
        findApi(context, body, then);
      })
      .catch((error: Error) => fail(context, error));
  }
}

function readRequest(context: RequestContext, stateless: Stateless): void {
  const begin = (sent?: BodyText) => turns.do(() => go(context, sent, stateless));
  if (!hasBody(context.req)) begin();
  else {
    readText(context.req, context.session.setup.maxBody, begin, (problem) =>
      finish(context, () => refuseUnreadable(problem)),
    );
  }
}

/** Once others have changed the session at the same time, or the store was away. */
function goAgain(context: RequestContext, sent: BodyText | undefined, stateless: Stateless): void {
  reopenContext(context).then(
    // In a turn of its own: whatever else is due comes in between, however often it is decided anew.
    () => setImmediate(go, context, sent, stateless),
    (error: Error) => sendUnkept(context)(unkept(context, error)),
  );
}

/** The body is there: from here on a request changes nothing but by its draft. */
function go(context: RequestContext, sent: BodyText | undefined, stateless: Stateless): void {
  context.again = () => goAgain(context, sent, stateless);
  const { session, api, route, req } = context;
  const { compressor } = session.setup;
  try {
    const query = readQuery(context.query);
    const admitted = admit(context, query, sent);
    const text = sent?.text;
    // The steps of a process are held to all that was sent.
    const kept = text === undefined || session.chosen.process ? text : cut(text);
    const requestBody = kept === undefined ? undefined : compressor.keep(kept);
    const { breaches } = admitted;
    const asked = { requestBody, content: contentOf(context, text, admitted), breaches };
    const journal = () => fieldsOf(context, query, text);
    const guard = (decide: Decide) => guardDecision(context, query, journal, decide);
    if ('refusal' in admitted) {
      const refused = {
        outcome: { kind: 'refusal' as const, ...admitted },
        journal: journal(),
      };
      finish(
        context,
        guard(() => refused),
        asked,
      );
      return;
    }
    if (route.kind !== 'found') return;
    const { operation, params } = route;
    const { body } = admitted;
    const sample = handleStateless(context, text, stateless);
    const handler = handlerOf(api, operation.id) ?? sample;
    const packed = () =>
      keepForJob(compressor, body, text, requestBody, req.headers['content-type']);
    const decide: Decide = guard((draft, requester, caller) =>
      handler(draft, {
        operation,
        params,
        query,
        body,
        headers: req.headers,
        keptBody: packed,
        requester,
        sample,
        content: asked.content,
        caller,
      }),
    );
    const prepared = () => {
      const missing = api.pack?.prepare?.(operation.id, body);
      if (!missing) finish(context, decide, asked);
      else {
        missing.then(
          () => finish(context, decide, asked),
          (error: Error) => fail(context, error),
        );
      }
    };
    if (api.binding.report.job.in !== 'body') prepared();
    else {
      findApi(context, body, () => {
        context.api = apiOfJob(context, body);
        prepared();
      });
    }
  } catch (error) {
    fail(context, error as Error);
  }
}

/** What the journal keeps of the request's body. */
type Asked = Pick<JournalFields, 'requestBody' | 'content' | 'breaches'>;

/** Decides, and concludes what was decided; again from the start when the session went on meanwhile. */
function finish(context: RequestContext, decide: Decide, asked: Asked = {}): void {
  try {
    let done = false;
    context.session.settleAhead();
    while (!done) {
      const draft = context.session.draft(context.api);
      const requester = new ContextRequester(context, draft);
      const handled = decideOn(draft, () => decide(draft, requester));
      if (draft.wants) {
        decideLater(context, draft.wants, decide, asked);
        return;
      }
      if (handled instanceof Promise) {
        handled
          .then((later) => {
            if (draft.wants) decideLater(context, draft.wants, decide, asked);
            else if (!concluded(context, draft, requester, later, asked)) {
              finish(context, decide, asked);
            }
          })
          .catch((error: Error) => {
            if (draft.wants) decideLater(context, draft.wants, decide, asked);
            else fail(context, error);
          });
        return;
      }
      done = concluded(context, draft, requester, handled, asked);
    }
  } catch (error) {
    fail(context, error as Error);
  }
}

/** What a draft that lacks something comes to is of no account: it is made again. */
function decideOn(draft: Draft, decide: () => ReturnType<Decide>): ReturnType<Decide> {
  try {
    return decide();
  } catch (error) {
    if (!draft.wants) throw error;
    return new Promise(() => {});
  }
}

/** Decides once the session has out of its store what was looked for. */
function decideLater(context: RequestContext, wants: Wants, decide: Decide, asked: Asked): void {
  context.session.fetch(wants).then(
    () => finish(context, decide, asked),
    (error: Error) => fail(context, error),
  );
}

/** Checks, keeps and sends, or holds what waits for its job; false, and nothing has happened, when the session has gone on meanwhile. */
function concluded(
  context: RequestContext,
  draft: Draft,
  requester: ContextRequester,
  handled: Handled,
  asked: Asked,
): boolean {
  const { session, api } = context;
  const { requestBody, content, breaches } = asked;
  handled.journal.requestBody = requestBody;
  handled.journal.content = content;
  handled.journal.breaches = breaches;
  const renderer = () => new Renderer(api.binding, draft.envelope, requester, placeOf(context));
  const checked = checkAgainstContract(api, renderer, handled);
  const { hold } = handled;
  if (hold && !checked.broken && !context.headOnly) {
    if (!session.keep(draft)) return false;
    const begin = () =>
      holdAnswer(context, hold, {
        due: () => resume(context, hold, asked),
        left: () => writeExchange(context, givenUp(handled.journal), unanswered(undefined)),
      });
    onceKept(context, begin, sendUnkept(context));
    return true;
  }
  // What cannot be answered has not happened.
  const kept = checked.broken ? session.draft(api) : draft;
  const response = applyChaos(kept, checked.response, requester.url);
  if (!context.headOnly && !session.keep(kept)) return false;
  const { newsFirst } = handled;
  if (newsFirst === undefined || checked.broken) respond(context, response);
  else {
    const { deliver } = context.postman;
    deliver(session, newsFirst).then(
      () => respond(context, response),
      (error: Error) => fail(context, error),
    );
  }
  return true;
}

/** What was scheduled before the answer was held stays: where others have changed the session, only the rest is decided anew. */
function resume(context: RequestContext, hold: Hold, asked: Asked): void {
  const { at } = context;
  const go = () => finish(context, (later, who) => hold.resume(later, who), asked);
  context.again = () => {
    reopenContext(context).then(
      () => {
        context.at = at;
        go();
      },
      (error: Error) => sendUnkept(context)(unkept(context, error)),
    );
  };
  go();
}

/** Its client has left before there was something to tell. */
function givenUp(journal: JournalFields): JournalFields {
  const note = 'held until its client left';
  return { ...journal, note: journal.note === undefined ? note : `${journal.note}; ${note}` };
}

/** Are there operations that nobody but Prism answers, be it only once a job is done? */
export function needsStateless(api: Api, { routes }: Setup): boolean {
  if (api.binding.results.some(({ data }) => !data)) return true;
  const { operations } = api.contract;
  return [...operations.keys()].some(
    (id) => !handlerOf(api, id) && routes.apiOf(operations.get(id) as Operation) === api,
  );
}

/** What refusals go by where the binding has no form of its own for them. */
function placeOf({ route, api }: RequestContext): Place {
  const operation = route.kind === 'found' ? route.operation : undefined;
  return { contract: api.contract, operation };
}

/** What the journal knows of a request whatever it comes to. */
function fieldsOf(
  { route, api, req: { headers } }: RequestContext,
  query: Json = {},
  text?: string,
): JournalFields {
  if (route.kind !== 'found') return {};
  const { operation, params } = route;
  const place = namesJob(api.binding, operation);
  if (place === undefined) return { operation: operation.id };
  const body = place.in === 'body' ? fieldsIn(text, headers['content-type']) : undefined;
  const job = jobOf({ job: place }, { params, query, headers, body });
  return { operation: operation.id, ...(job === undefined ? {} : { job }) };
}

/** An error of the sandbox itself: the request is answered 500, and nothing of it is kept. */
function fail(context: RequestContext, error: Error): void {
  reportUnexpected(error);
  const { refusal, journal } = failure(error);
  const { binding } = context.api;
  const draft = context.session.draft(context.api);
  const requester = new ContextRequester(context, draft);
  const renderer = new Renderer(binding, '', requester, placeOf(context));
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

/**
 * The job reads its body as JSON when it ends; the operation may take none, or another format. The
 * journal's copy serves unless it had to be cut.
 */
function keepForJob(
  compressor: Compressor,
  body: Extract<Admission, { body: unknown }>['body'],
  text: string | undefined,
  journaled: WaitingText | undefined,
  contentType: string | undefined,
): WaitingText | undefined {
  if (body === undefined || text === undefined) return undefined;
  // A text, or the fields of a form.
  if (!isJson(mediaTypeOf(contentType))) return compressor.keep(JSON.stringify(body));
  return cut(text) === text ? journaled : compressor.keep(text);
}
