import type { Operation } from './database.js';
import { type FactBytes, joined } from './fact-bytes.js';
import { headText } from './head.js';
import { CALLS, factsKey, goneKey, recordKey, sessionKey } from './keys.js';
import type { Taken } from './session.js';
import type { Batch } from './sessions.js';

/** Up to where calls are elsewhere by now, and the number of the next session. */
export interface Progress {
  /** The first call that is not. */
  call: number;
  ids: number;
}

/** Facts under one key, at least. */
const FACTS = 500;
/** Bytes at which there are fewer. */
const BYTES = 512 * 1024;

/**
 * What a batch is in the database: facts and records of each session under keys of their own.
 *
 * @param call the first call that is not in it
 * @param stale keys of calls, where a store has them from its first version
 */
export function* operations(
  batch: Batch,
  call: number,
  stale: readonly string[],
): Iterable<Operation> {
  for (const { id, name } of batch.ended) {
    yield { key: sessionKey(name), value: undefined };
    yield { key: goneKey(id), value: '1' };
  }
  for (const [{ name }, taken] of batch.sessions) {
    yield* operationsOf(taken);
    yield { key: sessionKey(name), value: headText(taken.head) };
  }
  for (const key of stale) yield { key, value: undefined };
  const progress: Progress = { call, ids: batch.ids };
  yield { key: CALLS, value: JSON.stringify(progress) };
}

function* operationsOf({ head: { id, position }, facts, records }: Taken): Iterable<Operation> {
  let last = position - facts.reduce((sum, { count }) => sum + count, 0);
  for (const parts of blocks(facts)) {
    last += parts.reduce((sum, { count }) => sum + count, 0);
    yield { key: factsKey(id, last), value: joined(parts) };
  }
  for (const [key, value] of records) yield { key: recordKey(id, key), value };
}

function* blocks(facts: readonly FactBytes[]): Iterable<FactBytes[]> {
  let block: FactBytes[] = [];
  let [count, size] = [0, 0];
  for (const part of facts) {
    block.push(part);
    count += part.count;
    size += part.to - part.from;
    if (count < FACTS && size < BYTES) continue;
    yield block;
    block = [];
    [count, size] = [0, 0];
  }
  if (block.length > 0) yield block;
}
