import { parentPort } from 'node:worker_threads';
import {
  getHttpOperationsFromSpec,
  type IHttpOperationConfig,
  type IHttpRequest,
  type IHttpResponse,
} from '@stoplight/prism-http';
import prismMock from '@stoplight/prism-http/dist/mocker/index.js';
import { getHttpConfigFromRequest } from '@stoplight/prism-http-server/dist/getHttpConfigFromRequest.js';
import { serialize } from '@stoplight/prism-http-server/dist/serialize.js';
import type { ErrorCode } from '../error-codes.js';
import {
  answerOperation,
  type KeptAnswer,
  type Made,
  type NotMade,
  type Way,
} from './answer-operation.js';
import { textOf } from './answer-text.js';
import type { OpenApiDocument } from './document.js';
import { excerptOf } from './excerpt.js';
import { mediaTypeOf } from './media-type.js';
import type { Operation } from './operation.js';
import { listOperations } from './operations.js';
import { OPERATION_CONFIG, transformOas3Operation } from './prism-operations.cjs';
import { knownOf } from './schema-compiler.js';
import type { SampleOutcome, SampleRequest, ThreadMessage } from './stateless.js';
import { answerOf, Validator } from './validator.js';

const { default: mock } = prismMock;
type Resource = Parameters<typeof mock>[0]['resource'];
type Failure = Error & { status?: number; detail?: string };

const nothing = () => {};
const silent: Record<string, unknown> = { child: () => silent, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing, success: nothing }; // biome-ignore format: one line
// Prism's sampler writes its doubts about schemas there, and nobody has asked it.
console.warn = nothing;

/** A contract as this thread knows it; what an operation needs is made when it is first asked for. */
interface Known {
  /** Makes what is invented of it repeatable. */
  seed: number | undefined;
  document: OpenApiDocument;
  operations: ReadonlyMap<string, Operation>;
  validator: Validator;
  /** Operations as Prism has them, by `GET /path`; references stay, and lead into the document. */
  resources: Map<string, Resource>;
  /** The same with what they refer to in its place, which takes room. */
  whole: Map<string, Resource>;
  /** What had to be mended or could not be, which takes its time, by what was asked for. */
  mended: Map<string, KeptAnswer | NotMade>;
}

/** Whole operations that are kept. */
const MOST_WHOLE = 16;
/** Mended answers that are kept. */
const MOST_MENDED = 256;

const contracts = new Map<number, Known>();

parentPort?.on('message', async (message: ThreadMessage) => {
  if ('know' in message) {
    contracts.set(message.know, know(message.text, message.seed));
    return;
  }
  if ('forget' in message) {
    contracts.delete(message.forget);
    return;
  }
  const { id, contract, request } = message;
  const outcome = await answer(contracts.get(contract) as Known, request).catch(problemOf);
  parentPort?.postMessage({ id, outcome });
});

function know(text: string, seed: number | undefined): Known {
  const document: OpenApiDocument = JSON.parse(text);
  const operations = new Map(listOperations(document).map((o) => [keyOf(o), o]));
  return {
    seed,
    document,
    operations,
    validator: new Validator(document, { inherited: knownOf(text).inherited }),
    resources: new Map(),
    whole: new Map(),
    mended: new Map(),
  };
}

function keyOf({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

async function answer(known: Known, request: SampleRequest): Promise<SampleOutcome> {
  const { seed } = known;
  const operation = known.operations.get(keyOf(request.operation)) as Operation;
  const accept = readableAccept(request.headers.accept, operation);
  const input = {
    method: operation.method.toLowerCase(),
    url: { path: request.path, query: request.query },
    headers: { ...request.headers, accept },
    body: request.body,
  } as IHttpRequest;
  const preferred = getHttpConfigFromRequest(input);
  if (preferred._tag === 'Left') return problemOf(preferred.left);
  const { dynamic = false, ...preferences } = preferred.right;
  const ours = seed === undefined ? {} : { seed: String(seed) };
  const asked = { ...ours, ...withoutUndefined(preferences) };
  const generate = makeGenerator(known, operation, input, asked);
  const wanted = String(request.headers.accept ?? '');
  const place = { ...known, operation, accept: wanted, seed: seed ?? 0 };
  const key = dynamic ? '' : JSON.stringify([keyOf(operation), accept, asked]);
  const made =
    known.mended.get(key) ??
    (await answerOperation(place, generate, dynamic ? 'dynamic' : 'static'));
  const once = hasCallbacks(known, operation) || dynamic || known.mended.has(key);
  if ('problem' in made) {
    const { status = 500, problem } = made;
    if (status === 500 && !once) keep(known.mended, key, made, MOST_MENDED);
    return { status, code: codeOf(status), problem };
  }
  const { status, contentType, headers, value, mended, note } = made;
  if (mended && !once) keep(known.mended, key, made, MOST_MENDED);
  const type: Record<string, string> =
    contentType === undefined ? {} : { 'Content-Type': contentType };
  const body = textOf(value, contentType ?? '', (xml) => String(serialize(xml, 'application/xml')));
  return { status, headers: { ...headers, ...type }, body, note };
}

/** Prism's answers of one operation. It calls the client back if the contract says so, for the first one alone. */
function makeGenerator(
  known: Known,
  operation: Operation,
  data: IHttpRequest,
  preferences: object,
) {
  let asked = false;
  return async (way: Way): Promise<Made | NotMade> => {
    try {
      const found =
        way === 'dynamic' ? await wholeOf(known, operation) : resourceOf(known, operation);
      const shown = way === 'head' ? withoutContent(found) : found;
      const resource = asked ? (withoutCallbacks(shown) as Resource) : shown;
      asked = true;
      const config = { ...preferences, dynamic: way === 'dynamic' } as IHttpOperationConfig;
      const input = { data: { ...data }, validations: [] };
      const outcome = mock({ resource, input, config })(silent as never);
      return outcome._tag === 'Left'
        ? notMade(outcome.left, operation, data)
        : made(operation, outcome.right);
    } catch (error) {
      return notMade(error as Failure, operation, data);
    }
  };
}

function made(operation: Operation, { statusCode, headers = {}, body }: IHttpResponse): Made {
  const { 'Content-type': type, ...others } = headers as Record<string, string>;
  const status = Number.isNaN(statusCode) ? 200 : statusCode;
  const shown = Object.keys(answerOf(operation, status)?.content ?? {}).length > 0;
  return { status, mediaType: shown ? type : undefined, headers: others, value: body };
}

/** Errors that Prism has a name for bear a status; the others are its own failures. */
function notMade(
  { message, detail, status }: Failure,
  operation: Operation,
  { headers }: IHttpRequest,
): NotMade {
  if (status === 406) {
    const types = Object.values(operation.answers).flatMap(({ content }) => Object.keys(content));
    const has = [...new Set(types)].join(', ');
    return {
      status,
      problem: `no answer of ${operation.id} is of a type that Accept asks for (${headers?.accept}); there are: ${has}`,
    };
  }
  return { status, problem: `Prism: ${message} ${detail ?? ''}`.trim() };
}

function resourceOf({ document, resources }: Known, operation: Operation): Resource {
  const key = keyOf(operation);
  let resource = resources.get(key);
  if (!resource) {
    const config = OPERATION_CONFIG;
    const method = operation.method.toLowerCase();
    const read = transformOas3Operation({ document, name: operation.path, method, config });
    resource = { ...document, ...read } as object as Resource;
    resources.set(key, resource);
  }
  return resource;
}

/** Prism's inventor follows no reference into the document. */
async function wholeOf({ document, whole }: Known, operation: Operation): Promise<Resource> {
  const key = keyOf(operation);
  const kept = whole.get(key);
  if (kept) return kept;
  const { path, method } = operation;
  const read = await getHttpOperationsFromSpec(excerptOf(document, path, method));
  const resource = read.find((o) => o.path === path && o.method === method.toLowerCase());
  keep(whole, key, resource as Resource, MOST_WHOLE);
  return resource as Resource;
}

/** The oldest goes for one more than `most`. */
function keep<T>(kept: Map<string, T>, key: string, value: T, most: number): void {
  const [oldest] = kept.keys();
  if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
  kept.set(key, value);
}

function hasCallbacks(known: Known, operation: Operation): boolean {
  return (resourceOf(known, operation).callbacks ?? []).length > 0;
}

/** What is left is what a client may choose by Prefer and Accept. */
function withoutContent(resource: Resource): Resource {
  const responses = resource.responses.map((response) => ({
    ...response,
    contents: response.contents?.map(({ id, mediaType }) => ({ id, mediaType })),
  }));
  return { ...resource, responses } as Resource;
}

function withoutCallbacks({ callbacks: _, ...resource }: Resource): Omit<Resource, 'callbacks'> {
  return resource;
}

/** RFC 9110 §12.5.1; Prism ends with an error where a part is none. */
const RANGE = /^\s*[^\s/;,=]+\/[^\s/;,=]+(\s*;\s*[^\s/;,=]+=("[^"]*"|[^\s;,"]*))*\s*$/;

function readableAccept(
  accept: string | string[] | undefined,
  { answers }: Operation,
): string | undefined {
  const parts = String(accept ?? '')
    .split(',')
    .filter((part) => RANGE.test(part));
  const types = Object.values(answers).flatMap(({ content }) => Object.keys(content));
  // Prism holds a range of the contract (`image/*`) for the best that a client can mean by `*/*`.
  const any = parts.every((part) => part.trim() === '*/*') && types.some((t) => t.includes('*'));
  if (parts.length === 0 || any) return undefined;
  return parts.map((part) => asShown(part, types)).join(',');
}

/**
 * `image/webp` → `image/*`, where the contract shows that range alone: Prism compares letter by letter. Who takes
 * `application/vnd.github+json` reads what is shown as `application/json` (RFC 6839 §3.1).
 */
function asShown(part: string, types: readonly string[]): string {
  const type = mediaTypeOf(part);
  if (type.includes('*') || types.includes(type)) return part;
  const range = [`${type.split('/', 1)[0]}/*`, '*/*'].find((one) => types.includes(one));
  if (range !== undefined) return part.replace(/^[^;]*/, range);
  if (!type.endsWith('+json') || !types.includes('application/json')) return part;
  const [weight = ''] = /;\s*q=[\d.]+/i.exec(part) ?? [];
  return `application/json${weight}`;
}

function problemOf({ message, detail, status = 500 }: Failure): SampleOutcome {
  return { status, code: codeOf(status), problem: `Prism: ${message} ${detail ?? ''}`.trim() };
}

function codeOf(status: number): ErrorCode {
  if (status >= 500) return 'ANSWER_BREAKS_CONTRACT';
  return status === 406 ? 'REQUEST_NOT_ACCEPTABLE' : 'REQUEST_PREFERS_UNKNOWN';
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined));
}
