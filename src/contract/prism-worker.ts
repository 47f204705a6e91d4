import { parentPort, workerData } from 'node:worker_threads';
import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpRequest,
} from '@stoplight/prism-http';
import { getHttpConfigFromRequest } from '@stoplight/prism-http-server/dist/getHttpConfigFromRequest.js';
import { serialize } from '@stoplight/prism-http-server/dist/serialize.js';
import type { SampleOutcome, SampleRequest } from './stateless.js';

const { file, seed } = workerData as { file: string; seed: number | undefined };
const nothing = () => {};
const silent: Record<string, unknown> = { child: () => silent, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing, success: nothing }; // biome-ignore format: one line
const mock = { dynamic: false as const, ...(seed === undefined ? {} : { seed: String(seed) }) };
const config = {
  mock,
  // The server has checked the request before it came here.
  validateRequest: false,
  validateResponse: false,
  checkSecurity: false,
  errors: false,
  upstreamProxy: undefined,
  isProxy: false as const,
};
const prism = createInstance(config, { logger: silent as never });
const operations = getHttpOperationsFromSpec(file);

parentPort?.on('message', async ({ id, request }: { id: number; request: SampleRequest }) => {
  parentPort?.postMessage({ id, outcome: await answer(request) });
});

async function answer(request: SampleRequest): Promise<SampleOutcome> {
  const input = {
    method: request.method.toLowerCase(),
    url: { path: request.path, query: request.query },
    headers: request.headers,
    body: request.body,
  } as IHttpRequest;
  try {
    const preferred = getHttpConfigFromRequest(input);
    if (preferred._tag === 'Left') return problemOf(preferred.left);
    const asked = { ...config, mock: { ...mock, ...withoutUndefined(preferred.right) } };
    const outcome = await prism.request(input, await operations, asked)();
    if (outcome._tag === 'Left') return problemOf(outcome.left);
    const { statusCode, headers = {}, body } = outcome.right.output;
    const type = Object.entries(headers).find(
      ([name]) => name.toLowerCase() === 'content-type',
    )?.[1];
    const text = serialize(body, type);
    return {
      status: statusCode,
      headers: { ...headers },
      body: text === undefined ? '' : String(text),
    };
  } catch (error) {
    return problemOf(error as Error);
  }
}

function problemOf(error: Error & { status?: number; detail?: string }): SampleOutcome {
  return {
    status: error.status ?? 500,
    problem: `Prism: ${error.message} ${error.detail ?? ''}`.trim(),
  };
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined));
}
