import type { Binding } from '../contract/binding.js';
import type { Contract } from '../contract/contract.js';
import type { Api } from './api.js';
import { appearing, handleAppearing } from './handle-appearing.js';
import { cancelHandler } from './handle-cancel.js';
import { deleteHandler } from './handle-delete.js';
import { listHandler } from './handle-list.js';
import { handlePoll } from './handle-poll.js';
import { handleRead } from './handle-read.js';
import { refusableHandler } from './handle-refusable.js';
import { resultHandler } from './handle-result.js';
import { handleSchedule } from './handle-schedule.js';
import type { Handler } from './handled.js';
import type { Pack } from './pack.js';
import { resourceHandlers } from './resources/handlers.js';

/** Handlers by operation; what stands here no longer holds once a part of its API has been replaced. */
interface Known {
  contract: Contract;
  binding: Binding;
  pack: Pack | undefined;
  handlers: ReadonlyMap<string, Handler>;
}

const known = new WeakMap<Api, Known>();

/** What answers an operation of an API; undefined where it has no state of which anybody knows. */
export function handlerOf(api: Api, operation: string): Handler | undefined {
  return handlersOf(api).get(operation);
}

/** By operation; made once for an API as it stands. */
function handlersOf(api: Api): ReadonlyMap<string, Handler> {
  const { contract, binding, pack } = api;
  const there = known.get(api);
  if (there?.binding === binding && there.pack === pack && there.contract === contract) {
    return there.handlers;
  }
  const handlers = new Map(listHandlers(api));
  for (const id of binding.refuses) handlers.set(id, refusableHandler(handlers.get(id)));
  known.set(api, { contract, binding, pack, handlers });
  return handlers;
}

/** Of two for one operation the later one holds. */
function* listHandlers(api: Api): Iterable<[operation: string, Handler]> {
  const { binding, pack } = api;
  const { cancel, delete: deletes, list, results } = binding;
  yield* resourceHandlers(api);
  for (const operation of Object.keys(pack?.reads ?? {})) yield [operation, handleRead];
  for (const result of results) yield [result.operation, resultHandler(api, result)];
  if (list) yield [list.operation, listHandler(api, list)];
  if (deletes) yield [deletes.operation, deleteHandler(api, deletes)];
  if (cancel) yield [cancel.operation, cancelHandler(api, cancel)];
  for (const operation of binding.schedules.keys()) yield [operation, handleSchedule];
  yield [binding.report.operation, handlePoll];
  for (const operation of appearing(api)) yield [operation, handleAppearing];
}
