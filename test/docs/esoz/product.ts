import type { Operation } from '../../../src/contract/operation.js';
import { loadSetup } from '../../../src/load/load-setup.js';
import { VALIDATION } from '../../../src/packs/compositions/validation-table.js';
import { ACTIONS } from '../../../src/packs/medical-events/actions.js';
import type { Api } from '../../../src/sandbox/api.js';
import { handlePoll } from '../../../src/sandbox/handle-poll.js';
import { handleRead } from '../../../src/sandbox/handle-read.js';
import { handleSchedule } from '../../../src/sandbox/handle-schedule.js';
import { handlerOf } from '../../../src/sandbox/handlers.js';
import { type Fact, placeOf } from './facts.js';

/** An operation as the product has it. */
export interface Served {
  api: Api;
  operation: Operation;
  plays: Plays;
}

/**
 * What stands behind an operation: a job that it schedules, the state of jobs, what the world keeps (to be asked
 * whether it changes that), something else that the engine keeps, or nothing but an example.
 */
type Plays = 'job' | 'state of jobs' | 'world' | 'engine' | 'example';

/** The platform as `npm start` serves it. */
export async function loadPlatform(): Promise<Served[]> {
  const { apis } = await loadSetup({ pack: 'esoz' });
  return apis.flatMap((api) =>
    [...api.contract.operations.values()].map((operation) => ({
      api,
      operation,
      plays: playsOf(api, operation.id),
    })),
  );
}

function playsOf(api: Api, id: string): Plays {
  const handler = handlerOf(api, id);
  if (handler === undefined) return 'example';
  if (handler === handleSchedule) return 'job';
  if (handler === handlePoll) return 'state of jobs';
  return handler === handleRead ? 'world' : 'engine';
}

/**
 * The operation of a fact: that of the same place; where a place has two (one for a code, one for a refresh token), the
 * one of the same name, else the first.
 */
export function servedOf(platform: readonly Served[], fact: Fact): Served | undefined {
  const place = placeOf(fact.method, fact.path);
  const there = platform.filter(
    ({ operation }) => placeOf(operation.method, operation.path) === place,
  );
  return there.find(({ operation }) => operation.id === fact.id) ?? there[0];
}

/** Scenarios that a request for the operation can choose: for every operation of its API, and for some alone. */
export function scenariosOf({ api, operation, plays }: Served): { all: string[]; some: string[] } {
  const all: string[] = [];
  const some: string[] = [];
  for (const { name, operations } of api.catalogue.values()) {
    if (operations?.includes(operation.id)) some.push(name);
    if (operations === undefined && plays === 'job') all.push(name);
  }
  return { all, some };
}

/** Statuses of refusals that the contract describes. */
export function refusalsOf({ operation }: Served): number[] {
  return Object.keys(operation.answers)
    .map(Number)
    .filter((status) => status >= 400)
    .sort((a, b) => a - b);
}

/** What the service says where the state of things does not allow an action. */
export function wordsOf({ api, operation }: Served): string[] {
  const action = api.name === 'medical-events' ? ACTIONS[operation.id] : undefined;
  return action ? [action.unknown, action.refused].filter((words) => words !== undefined) : [];
}

/** Codes with which its jobs fail: of its scenarios, and of the validation table. */
export function failuresOf({ api, operation, plays }: Served): string[] {
  if (plays !== 'job') return [];
  const scenarios = [...api.catalogue.values()].filter(
    ({ operations }) => operations?.includes(operation.id) ?? true,
  );
  const told = scenarios.flatMap(({ life }) =>
    life.flatMap(({ response }) =>
      'state' in response && response.error ? [response.error.code] : [],
    ),
  );
  const word = /^(create|sign|cancel)Composition$/.exec(operation.id)?.[1];
  const checked = VALIDATION.filter(({ checked: at, rule }) =>
    at.some((one) => rule !== undefined && one === word),
  );
  const table = api.name === 'compositions' ? checked.map(({ code }) => code) : [];
  return [...new Set([...told, ...table])].filter((code) => code !== '').sort();
}
