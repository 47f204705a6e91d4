import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import {
  getHttpOperationsFromSpec,
  type IHttpOperationConfig,
  type IHttpRequest,
  type IHttpResponse,
} from '@stoplight/prism-http';
import prismMock from '@stoplight/prism-http/dist/mocker/index.js';
import { getHttpConfigFromRequest } from '@stoplight/prism-http-server/dist/getHttpConfigFromRequest.js';
import { serialize } from '@stoplight/prism-http-server/dist/serialize.js';
import { answerOperation, type Made, type NotMade, type Way } from './answer-operation.js';
import { textOf } from './answer-text.js';
import type { OpenApiDocument } from './document.js';
import { excerptOf } from './excerpt.js';
import type { Operation } from './operation.js';
import { listOperations } from './operations.js';
import type { SampleOutcome, SampleRequest, ThreadMessage } from './stateless.js';
import { answerOf, Validator } from './validator.js';

const { default: mock } = prismMock;
type Resource = Parameters<typeof mock>[0]['resource'];
type Failure = Error & { status?: number; detail?: string };

/** The reader of operations that Prism itself has, of that very version. */
const ofPrism = createRequire(createRequire(import.meta.url).resolve('@stoplight/prism-http'));
const { OPERATION_CONFIG } = ofPrism('@stoplight/http-spec/oas');
const { transformOas3Operation } = ofPrism('@stoplight/http-spec/oas3/operation');

const { seed } = workerData as { seed: number | undefined };
const nothing = () => {};
const silent: Record<string, unknown> = { child: () => silent, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing, success: nothing }; // biome-ignore format: one line
// Prism's sampler writes its doubts about schemas there, and nobody has asked it.
console.warn = nothing;

/** A contract as this thread knows it; what an operation needs is made when it is first asked for. */
interface Known {
  document: OpenApiDocument;
  operations: ReadonlyMap<string, Operation>;
  validator: Validator;
  /** Operations as Prism has them, by `GET /path`; references stay, and lead into the document. */
  resources: Map<string, Resource>;
  /** The same with what they refer to in its place, which takes room. */
  whole: Map<string, Resource>;
}

/** Whole operations that are kept. */
const MOST_WHOLE = 16;

const contracts = new Map<number, Known>();

parentPort?.on('message', async (message: ThreadMessage) => {
  if ('text' in message) {
    contracts.set(message.contract, know(message.text));
    return;
  }
  const { id, contract, request } = message;
  const outcome = await answer(contracts.get(contract) as Known, request).catch(problemOf);
  parentPort?.postMessage({ id, outcome });
});

function know(text: string): Known {
  const document: OpenApiDocument = JSON.parse(text);
  const operations = new Map(listOperations(document).map((o) => [keyOf(o), o]));
  return {
    document,
    operations,
    validator: new Validator(document),
    resources: new Map(),
    whole: new Map(),
  };
}

function keyOf({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

async function answer(known: Known, request: SampleRequest): Promise<SampleOutcome> {
  const operation = known.operations.get(keyOf(request.operation)) as Operation;
  const input = {
    method: operation.method.toLowerCase(),
    url: { path: request.path, query: request.query },
    headers: { ...request.headers, accept: readableAccept(request.headers.accept) },
    body: request.body,
  } as IHttpRequest;
  const preferred = getHttpConfigFromRequest(input);
  if (preferred._tag === 'Left') return problemOf(preferred.left);
  const { dynamic = false, ...preferences } = preferred.right;
  const ours = seed === undefined ? {} : { seed: String(seed) };
  const asked = { ...ours, ...withoutUndefined(preferences) };
  const generate = makeGenerator(known, operation, input, asked);
  const place = { ...known, operation, seed: seed ?? 0 };
  const made = await answerOperation(place, generate, dynamic ? 'dynamic' : 'static');
  if ('problem' in made) {
    const status = made.status ?? 500;
    return { status, problem: made.problem };
  }
  const { status, contentType, headers, value, note } = made;
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
    resource = { ...document, ...read } as Resource;
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
  const [oldest] = whole.keys();
  if (whole.size >= MOST_WHOLE && oldest !== undefined) whole.delete(oldest);
  whole.set(key, resource as Resource);
  return resource as Resource;
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

function readableAccept(accept: string | string[] | undefined): string | undefined {
  const parts = String(accept ?? '')
    .split(',')
    .filter((part) => RANGE.test(part));
  return parts.length > 0 ? parts.join(',') : undefined;
}

function problemOf({ message, detail, status = 500 }: Failure): SampleOutcome {
  return { status, problem: `Prism: ${message} ${detail ?? ''}`.trim() };
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined));
}
