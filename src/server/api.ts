import type { Operation } from '../contract/operation.js';
import type { Stateless } from '../contract/stateless.js';
import { isJson, mediaTypeOf } from '../contract/validator.js';
import { renderReply } from '../sandbox/answer.js';
import { cut } from '../sandbox/journal.js';
import { type ApiRequest, isRefusal } from '../sandbox/pack.js';
import type { Packed } from '../sandbox/packed.js';
import { scheduleJob } from '../sandbox/schedule.js';
import type { Session } from '../sandbox/session.js';
import { prefixOf, readQuery } from './address.js';
import { admit, breachStatus, refuseRoute } from './admission.js';
import type { Exchange } from './exchange.js';
import { finish, finishChecked, finishRefusal } from './finish.js';
import { readJson } from './read-json.js';
import { refuse, refuseBreaches } from './refuse.js';
import { reportUnexpected } from './unexpected.js';

/** Answers a request for an operation of the contract, or says why there is none. */
export async function answerApi(
  exchange: Exchange,
  text: string | undefined,
  stateless: Stateless,
): Promise<void> {
  const { session, req, path, route } = exchange;
  const { setup } = session;
  const kept = text === undefined ? undefined : setup.packer.pack(cut(text));
  if (route.kind !== 'found') {
    const allow = route.kind === 'wrong method' ? { Allow: route.allow.join(', ') } : {};
    finishRefusal(
      exchange,
      refuseRoute(route, req.method ?? '', path, setup),
      { requestBody: kept },
      allow as Record<string, string>,
    );
    return;
  }
  const { operation, params } = route;
  const asked = readQuery(exchange.query);
  const remarks = { operation: operation.id, requestBody: kept };
  const refusal = admit(setup, operation, params, asked, req.headers);
  if (refusal) {
    finishRefusal(exchange, refusal, remarks);
    return;
  }
  const body = readBody(exchange, operation, text);
  if ('refusal' in body) {
    finishRefusal(exchange, body.refusal, remarks);
    return;
  }
  const request: ApiRequest = { operation, params, query: asked, body: body.value };
  if (setup.binding.schedules.has(operation.id)) {
    const missing = setup.pack?.prepare?.(operation.id);
    if (missing) await missing;
    schedule(exchange, request, text, kept);
  } else if (setup.pack && Object.hasOwn(setup.pack.reads, operation.id)) read(exchange, request);
  else await sample(exchange, operation, text, kept, stateless);
}

function schedule(
  exchange: Exchange,
  request: ApiRequest,
  text: string | undefined,
  kept: Packed | undefined,
): void {
  const { session, req, asker } = exchange;
  const wish = req.headers['x-sandbox-scenario'];
  const { answer, chosen, job, eta, notes } = scheduleJob(session, {
    ...request,
    headers: req.headers,
    wish: wish === undefined ? undefined : String(wish),
    packed: packForJob(session, request.body, text, kept),
    asker,
  });
  const scenario = chosen?.scenario;
  const remarks = {
    operation: request.operation.id,
    requestBody: kept,
    job: job?.id,
    scenario: scenario?.name,
    resource: job?.resource,
    eta,
    ...(chosen ? { note: [`scenario chosen by ${chosen.by}`, ...notes].join('; ') } : {}),
  };
  if (scenario) answer.headers['X-Sandbox-Scenario'] = scenario.name;
  const checked = job !== undefined || (scenario?.refuse && !scenario.offContract);
  if (checked) finishChecked(exchange, request.operation, answer, remarks);
  else finish(exchange, answer, remarks);
}

/**
 * The job reads its body as JSON when it ends; the operation may take none, or another format. The
 * journal's copy serves unless it had to be cut.
 */
function packForJob(
  session: Session,
  body: unknown,
  text: string | undefined,
  kept: Packed | undefined,
): Packed | undefined {
  if (body === undefined || text === undefined) return undefined;
  const { packer } = session.setup;
  if (typeof body === 'string') return packer.pack(JSON.stringify(body));
  return cut(text) === text ? kept : packer.pack(text);
}

function read(exchange: Exchange, request: ApiRequest): void {
  const { session, asker } = exchange;
  const { setup } = session;
  const now = session.settled();
  const remarks = { operation: request.operation.id };
  const reply = setup.pack?.reads[request.operation.id]?.(request, session.world(now));
  if (!reply) return;
  if (isRefusal(reply)) finishRefusal(exchange, reply, remarks);
  else {
    const answer = renderReply(setup.binding, session.envelope, reply, asker);
    finishChecked(exchange, request.operation, answer, remarks);
  }
}

/** What has no state is answered by Prism, from the contract's examples and schemas. */
async function sample(
  exchange: Exchange,
  operation: Operation,
  text: string | undefined,
  kept: Packed | undefined,
  stateless: Stateless,
): Promise<void> {
  const { req, session, path, query } = exchange;
  const remarks = { operation: operation.id, requestBody: kept, note: 'answered by Prism' };
  const prefix = prefixOf(path, session.setup.binding.prefixes);
  const answer = await stateless.answer({
    method: operation.method,
    path: path.slice(prefix.length),
    query: readQuery(query),
    headers: req.headers,
    body: text,
  });
  if ('problem' in answer) {
    finishRefusal(exchange, { status: answer.status, message: answer.problem }, remarks);
  } else
    finish(exchange, { ...answer, fault: undefined, value: undefined, mediaType: '' }, remarks);
}

type Body = { value: unknown } | { refusal: ReturnType<typeof refuse> };

function readBody(exchange: Exchange, operation: Operation, text: string | undefined): Body {
  const { req, session } = exchange;
  if (!operation.body) return { value: undefined };
  if (text === undefined) {
    if (!operation.body.required) return { value: undefined };
    const where = { entry: '$', type: 'json_data_property', rule: 'required' };
    return { refusal: refuse(breachStatus(operation, 422), 'the request has no body', where) };
  }
  const mediaType = mediaTypeOf(req.headers['content-type']);
  const types = Object.keys(operation.body.content).join(', ');
  const wrongType = {
    refusal: refuse(415, `content type "${mediaType || 'none'}" is not taken here; send ${types}`, {
      entry: 'Content-Type',
      type: 'header',
      rule: 'inclusion',
    }),
  };
  if (!isJson(mediaType)) {
    const breaches = session.setup.contract.validator.body(operation, mediaType, text);
    return breaches === undefined ? wrongType : { value: text };
  }
  const parsed = readJson(text);
  if ('problem' in parsed) {
    const where = { entry: '$', type: 'json_data_property', rule: parsed.rule };
    return { refusal: refuse(400, parsed.problem, where) };
  }
  const breaches = session.setup.contract.validator.body(operation, mediaType, parsed.value);
  if (breaches === undefined) return wrongType;
  if (breaches.length === 0) return parsed;
  return { refusal: refuseBreaches(breachStatus(operation, 422), breaches) };
}

/** Answers a body that could not be read at all; the shapes are body-parser's errors. */
export function answerUnreadable(exchange: Exchange, error: unknown): void {
  const { type, status } = error as { type?: string; status?: number };
  if (type === 'entity.too.large') {
    const message = 'the body is longer than 1 MiB (1048576 bytes)';
    finishRefusal(exchange, refuse(413, message), {}, { Connection: 'close' });
  } else if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    const message = `${(error as Error).message}; send UTF-8, plain or with gzip, deflate or br`;
    finishRefusal(exchange, refuse(415, message), {});
  } else if (status !== undefined && status >= 400 && status < 500) {
    const message = `the body could not be read: ${(error as Error).message}`;
    finishRefusal(exchange, refuse(400, message), {}, { Connection: 'close' });
  } else {
    reportUnexpected(error);
    const message = `The sandbox itself has failed: ${(error as Error).message}`;
    finishRefusal(exchange, refuse(500, message), { note: String((error as Error).stack) });
  }
}
