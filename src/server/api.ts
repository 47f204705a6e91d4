import type { Operation } from '../contract/operation.js';
import type { Stateless } from '../contract/stateless.js';
import { isJson, mediaTypeOf } from '../contract/validator.js';
import { renderReply } from '../sandbox/answer.js';
import { type ApiRequest, isRefusal } from '../sandbox/pack.js';
import { scheduleJob } from '../sandbox/schedule.js';
import { readAddress, readQuery } from './address.js';
import { admit, breachStatus, refuseRoute } from './admission.js';
import { type Exchange, finish, finishChecked, finishRefusal } from './exchange.js';
import { refuse, refuseBreaches } from './refuse.js';

/** Answers a request for an operation of the contract, or says why there is none. */
export async function answerApi(
  exchange: Exchange,
  text: string | undefined,
  stateless: Stateless,
): Promise<void> {
  const { session, req } = exchange;
  const { setup } = session;
  const { path, query } = readAddress(exchange.path);
  const route = setup.contract.route(req.method ?? 'GET', path);
  if (route.kind !== 'found') {
    const allow = route.kind === 'wrong method' ? { Allow: route.allow.join(', ') } : {};
    finishRefusal(
      exchange,
      refuseRoute(route, req.method ?? '', path),
      { requestBody: text },
      allow as Record<string, string>,
    );
    return;
  }
  const { operation, params } = route;
  const asked = readQuery(query);
  const remarks = { operation: operation.id, requestBody: text };
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
  if (setup.binding.schedules.has(operation.id)) schedule(exchange, request, text);
  else if (setup.pack && Object.hasOwn(setup.pack.reads, operation.id)) read(exchange, request);
  else await sample(exchange, operation, text, stateless);
}

function schedule(exchange: Exchange, request: ApiRequest, text: string | undefined): void {
  const { session, req, asker } = exchange;
  const wish = req.headers['x-sandbox-scenario'];
  const { answer, chosen, job, eta } = scheduleJob(session, {
    ...request,
    headers: req.headers,
    wish: wish === undefined ? undefined : String(wish),
    text,
    asker,
  });
  const scenario = chosen?.scenario;
  const remarks = {
    operation: request.operation.id,
    requestBody: text,
    job: job?.id,
    scenario: scenario?.name,
    eta,
    ...(chosen ? { note: `scenario chosen by ${chosen.by}` } : {}),
  };
  if (scenario) answer.headers['X-Sandbox-Scenario'] = scenario.name;
  const checked = job !== undefined || (scenario?.refuse && !scenario.offContract);
  if (checked) finishChecked(exchange, request.operation, answer, remarks);
  else finish(exchange, answer, remarks);
}

function read(exchange: Exchange, request: ApiRequest): void {
  const { session, asker } = exchange;
  const { binding, pack } = session.setup;
  const now = session.settled();
  const remarks = { operation: request.operation.id };
  const reply = pack?.reads[request.operation.id]?.(request, session.world(now));
  if (!reply) return;
  if (isRefusal(reply)) finishRefusal(exchange, reply, remarks);
  else {
    const answer = renderReply(binding, session.envelope, reply, asker);
    finishChecked(exchange, request.operation, answer, remarks);
  }
}

/** What has no state is answered by Prism, from the contract's examples and schemas. */
async function sample(
  exchange: Exchange,
  operation: Operation,
  text: string | undefined,
  stateless: Stateless,
): Promise<void> {
  const { req, session } = exchange;
  const remarks = { operation: operation.id, requestBody: text, note: 'answered by Prism' };
  const { path, query } = readAddress(exchange.path);
  const prefix = session.setup.binding.prefixes.find((p) => p !== '' && path.startsWith(`${p}/`));
  const answer = await stateless.answer({
    method: operation.method,
    path: path.slice(prefix?.length ?? 0),
    query: readQuery(query),
    headers: req.headers,
    body: text,
  });
  if ('problem' in answer) {
    finishRefusal(exchange, { status: answer.status, message: answer.problem }, remarks);
  } else finish(exchange, { ...answer, value: undefined, mediaType: '' }, remarks);
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
  const parsed = parseJson(text);
  if ('refusal' in parsed) return parsed;
  const breaches = session.setup.contract.validator.body(operation, mediaType, parsed.value);
  if (breaches === undefined) return wrongType;
  if (breaches.length === 0) return parsed;
  return { refusal: refuseBreaches(breachStatus(operation, 422), breaches) };
}

/** Deeper bodies are no document of any API, and recursion over them ends in a full stack. */
const DEEPEST = 100;

function parseJson(text: string): Body {
  if (nesting(text) > DEEPEST) {
    const where = { entry: '$', type: 'json_data_property', rule: 'depth' };
    return { refusal: refuse(400, `the body is nested deeper than ${DEEPEST} levels`, where) };
  }
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const what = `the body is not JSON: ${(error as Error).message}`;
    const where = { entry: '$', type: 'json_data_property', rule: 'json' };
    return { refusal: refuse(400, what, where) };
  }
}

function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of text.replace(/"(?:[^"\\]|\\.)*"/gs, '').matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
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
    const message = `The sandbox itself has failed: ${(error as Error).message}`;
    finishRefusal(exchange, refuse(500, message), { note: String((error as Error).stack) });
  }
}
