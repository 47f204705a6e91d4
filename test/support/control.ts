import { expect } from 'vitest';
import { type Contract, loadContract } from '../../src/contract/contract.js';
import { mediaTypeOf } from '../../src/contract/media-type.js';
import type { Operation } from '../../src/contract/operation.js';
import { ERROR_CODES } from '../../src/error-codes.js';
import { type Answered, send } from './client.js';

let loading: Promise<Contract> | undefined;

/** The contract of the control API, read by the test itself. */
export function controlContract(): Promise<Contract> {
  loading ??= loadContract('spec/control/openapi.yaml', ['/__sandbox']);
  return loading;
}

/** `operationId status` of every answer that {@link callControl} has got. */
export const seen = new Set<string>();

export interface ControlCall {
  body?: unknown;
  headers?: Record<string, string>;
}

/** Calls the control API; an answer that its contract does not allow fails the test. */
export async function callControl(
  base: string,
  method: string,
  path: string,
  call: ControlCall = {},
): Promise<Answered> {
  const contract = await controlContract();
  const target = `/__sandbox${path}`;
  const answer = await send(method, base + target, call);
  const route = contract.route(method, target.split('?', 1)[0] as string);
  if (route.kind !== 'found') throw new Error(`${method} ${target}: ${route.kind}`);
  expectKept(contract, route.operation, answer);
  return answer;
}

/** Fails the test unless the contract documents this answer of the operation. */
function expectKept(contract: Contract, operation: Operation, answer: Answered): void {
  const { status, headers, json, text } = answer;
  const type = mediaTypeOf(headers.get('content-type') ?? undefined);
  const breaches = contract.validator.answer(operation, status, type, json ?? text);
  expect(breaches, `${operation.id} ${status} ${text.slice(0, 300)}`).toEqual([]);
  if (status >= 400) expect(ERROR_CODES, text).toHaveProperty([json.error.code]);
  seen.add(`${operation.id} ${status}`);
}
