import { nearest } from '../problem.js';
import { UsageError } from '../sandbox-error.js';

/** Where sessions are kept. */
export type StoreChoice =
  | { kind: 'memory' }
  | { kind: 'file'; folder: string; durability: Durability };

/** `strict`: what is answered outlives a power cut; `fast`: it outlives the process. */
type Durability = 'strict' | 'fast';

const DURABILITIES: readonly Durability[] = ['strict', 'fast'];

/** Reads `memory`, `file:FOLDER` or `file:FOLDER?durability=fast`. @throws UsageError */
export function readStoreOption(text: string): StoreChoice {
  if (text === 'memory') return { kind: 'memory' };
  const [, folder = '', query] = /^file:([^?]*)(?:\?(.*))?$/s.exec(text) ?? [];
  if (folder === '') {
    const what = `--store cannot be ${JSON.stringify(text)}`;
    throw new UsageError('STORE_WRONG_OPTION', what, 'give memory, or file:FOLDER');
  }
  const asked = new URLSearchParams(query);
  for (const name of asked.keys()) {
    if (name === 'durability') continue;
    const what = `--store has no setting "${name}"`;
    throw new UsageError('STORE_WRONG_OPTION', what, nearest(name, ['durability']));
  }
  const durability = asked.get('durability') ?? 'strict';
  const known = DURABILITIES.find((each) => each === durability);
  if (!known) {
    const what = `"durability" of --store is "${durability}"`;
    throw new UsageError('STORE_WRONG_OPTION', what, nearest(durability, DURABILITIES));
  }
  return { kind: 'file', folder, durability: known };
}
