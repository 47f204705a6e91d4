import { nearest } from '../problem.js';
import { UsageError } from '../sandbox-error.js';

/** Where sessions are kept. */
export type StoreChoice =
  | { kind: 'memory' }
  | { kind: 'file'; folder: string; durability: Durability }
  /** `url`: of one server, or `redis+sentinel://…`; `prefix`: what all its keys begin with. */
  | { kind: 'redis'; url: string; prefix: string };

/** `strict`: what is answered outlives a power cut; `fast`: it outlives the process. */
type Durability = 'strict' | 'fast';

const DURABILITIES: readonly Durability[] = ['strict', 'fast'];

const PREFIX = 'esoz:';

/**
 * Reads `memory`, `file:FOLDER`, `file:FOLDER?durability=fast`, `redis://HOST:PORT/DATABASE`,
 * `redis+sentinel://HOST:PORT,HOST:PORT/NAME`, each with `?prefix=NAME`.
 * @throws UsageError
 */
export function readStoreOption(text: string): StoreChoice {
  if (text === 'memory') return { kind: 'memory' };
  if (/^redis\+sentinel:/i.test(text)) return readSentinel(text);
  if (/^rediss?:/i.test(text)) return readRedis(text);
  const [, folder = '', query] = /^file:([^?]*)(?:\?(.*))?$/s.exec(text) ?? [];
  if (folder === '') throw wrong(text);
  const asked = new URLSearchParams(query);
  checkSettings(asked, ['durability']);
  const durability = asked.get('durability') ?? 'strict';
  const known = DURABILITIES.find((each) => each === durability);
  if (!known) {
    const what = `"durability" of --store is "${durability}"`;
    throw new UsageError('STORE_WRONG_OPTION', what, nearest(durability, DURABILITIES));
  }
  return { kind: 'file', folder, durability: known };
}

/** The store of one team of several that share a server: apart from those of the others. */
export function storeOfTeam(text: string | undefined, team: string): string | undefined {
  const choice = text === undefined ? undefined : readStoreOption(text);
  if (choice === undefined || choice.kind === 'memory') return text;
  if (choice.kind === 'file') {
    return `file:${choice.folder}/@${team}?durability=${choice.durability}`;
  }
  return `${choice.url}?prefix=${encodeURIComponent(`${choice.prefix}@${team}`)}`;
}

function readRedis(text: string): StoreChoice {
  if (!URL.canParse(text) || new URL(text).hostname === '') throw wrong(text);
  const url = new URL(text);
  checkSettings(url.searchParams, ['prefix']);
  const prefix = url.searchParams.get('prefix');
  url.search = '';
  return { kind: 'redis', url: url.href, prefix: prefix === null ? PREFIX : `${prefix}:` };
}

/** `redis+sentinel://[USER:PASSWORD@]HOST[:PORT][,HOST[:PORT]…]/NAME[/DATABASE][?prefix=NAME]`. */
function readSentinel(text: string): StoreChoice {
  const [, url = '', query] =
    /^(redis\+sentinel:\/\/(?:[^@/?]*@)?[^@/?]+\/[^/?]+(?:\/\d+)?)(?:\?(.*))?$/i.exec(text) ?? [];
  if (url === '') throw wrong(text);
  const asked = new URLSearchParams(query);
  checkSettings(asked, ['prefix']);
  const prefix = asked.get('prefix');
  return { kind: 'redis', url, prefix: prefix === null ? PREFIX : `${prefix}:` };
}

function checkSettings(asked: URLSearchParams, known: readonly string[]): void {
  for (const name of asked.keys()) {
    if (known.includes(name)) continue;
    const what = `--store has no setting "${name}"`;
    throw new UsageError('STORE_WRONG_OPTION', what, nearest(name, known));
  }
}

function wrong(text: string): UsageError {
  const what = `--store cannot be ${JSON.stringify(text)}`;
  const hint = 'give memory, file:FOLDER, or redis://HOST:PORT';
  return new UsageError('STORE_WRONG_OPTION', what, hint);
}
