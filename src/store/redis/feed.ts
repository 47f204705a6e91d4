import type { Redis } from 'ioredis';
import type { Elsewhere } from '../store.js';
import { factOf } from './origin.js';

/** Between the facts of an append, and between its parts: JSON has neither outside of its escapes. */
const FACT = '\u001e';
const PART = '\u001f';

/** What is published of all sessions, over a connection of its own. What goes by while it is broken is told as a gap. */
export class Feed {
  readonly #watchers = new Set<(done: Elsewhere) => void>();

  constructor(private readonly redis: Redis) {
    redis.on('error', () => {});
    redis.on('message', (_channel, message: string) => this.#tell(readMessage(message)));
    redis.on('close', () => this.#tell({ kind: 'gap' }));
  }

  /** @throws whatever the client does when it cannot be reached */
  async begin(channel: string): Promise<void> {
    await this.redis.subscribe(channel);
    this.redis.on('ready', () => {
      // What was read before it listened again may be of before.
      this.redis.subscribe(channel).then(
        () => this.#tell({ kind: 'gap' }),
        () => {},
      );
    });
  }

  watch(watcher: (done: Elsewhere) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  close(): void {
    this.#watchers.clear();
    this.redis.disconnect();
  }

  #tell(done: Elsewhere): void {
    for (const watcher of this.#watchers) watcher(done);
  }
}

/** What one server says to the others: no session has an empty name. */
export function saying(text: string): string {
  return ['', '', 0, text].join(PART);
}

function readMessage(message: string): Elsewhere {
  const [session = '', birth = '', after, facts = ''] = message.split(PART);
  if (session === '') return { kind: 'said', text: facts };
  if (birth === '') return { kind: 'ended', session };
  return {
    kind: 'appended',
    session,
    birth,
    after: Number(after),
    facts: facts.split(FACT).map(factOf),
  };
}
