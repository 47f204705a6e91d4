import type { Operation } from './database.js';
import { headText } from './head.js';
import { CALLS, callKey, factsKey, goneKey, recordKey, sessionKey } from './keys.js';
import type { Taken } from './session.js';
import type { Batch } from './sessions.js';

/** Up to where calls are elsewhere by now, and the number of the next session. */
export interface Progress {
  /** The first call that is not. */
  call: number;
  ids: number;
}

/** Facts under one key at the most. */
const FACTS = 500;

/**
 * What a batch is in the database: facts and records of each session under keys of their own, and calls that were
 * written ahead no more.
 *
 * @param from the first call that was written ahead
 * @param before the one behind the last
 * @param unsure keys of calls that have failed and may be there all the same
 */
export function* operations(
  batch: Batch,
  from: number,
  before: number,
  unsure: readonly string[],
): Iterable<Operation> {
  for (const { id, name } of batch.ended) {
    yield { key: sessionKey(name), value: undefined };
    yield { key: goneKey(id), value: '1' };
  }
  for (const [{ name }, taken] of batch.sessions) {
    yield* operationsOf(taken);
    yield { key: sessionKey(name), value: headText(taken.head) };
  }
  for (let call = from; call < before; call++) yield { key: callKey(call), value: undefined };
  for (const key of unsure) yield { key, value: undefined };
  const progress: Progress = { call: before, ids: batch.ids };
  yield { key: CALLS, value: JSON.stringify(progress) };
}

function* operationsOf({ head: { id, position }, facts, records }: Taken): Iterable<Operation> {
  for (let i = 0; i < facts.length; i += FACTS) {
    const some = facts.slice(i, i + FACTS);
    const last = position - facts.length + i + some.length;
    yield { key: factsKey(id, last), value: some.join('\n') };
  }
  for (const [key, value] of records) yield { key: recordKey(id, key), value };
}
