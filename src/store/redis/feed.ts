import type { Redis } from 'ioredis';
import type { Elsewhere } from '../store.js';
import { factOf } from './origin.js';

/** Between what one call has done to several sessions, the facts of an append, and its parts: JSON has none outside of its escapes. */
const EACH = '\u001d';
const FACT = '\u001e';
const PART = '\u001f';

/**
 * What is published of all sessions, over a connection of its own. What goes by while it is broken is told as a gap. What
 * this server has done itself is not told, as long as it knows what has become of it.
 */
export class Feed {
  readonly #watchers = new Set<(done: Elsewhere) => void>();
  #channel = '';
  /** Each time that something may have been done without its knowledge another one. */
  #epoch = 0;
  #own = '';

  /**
   * @param writer what no other server is called
   * @param isOneServer nobody listens to another server that repeats what this one is told
   */
  constructor(
    private readonly redis: Redis,
    private readonly writer: string,
    private readonly isOneServer: boolean,
  ) {
    redis.on('error', () => {});
    redis.on('message', (_channel, message: string) => this.#read(message));
    redis.on('close', () => {
      this.#epoch += 1;
      this.#own = '';
      this.#tell({ kind: 'gap' });
    });
  }

  /** What is published by this server begins with it, and is not told here then. */
  get tag(): string {
    return `${this.writer}.${this.#epoch.toString(36)}`;
  }

  /**
   * A channel that this connection alone listens to: who listens to the feed beside it, others do. Empty: nobody knows
   * who does.
   */
  get own(): string {
    return this.#own;
  }

  /** @throws whatever the client does when it cannot be reached */
  async begin(channel: string): Promise<void> {
    this.#channel = channel;
    await this.#listen();
    // What was read before it listened again may be of before.
    this.redis.on('ready', () => this.#thenGap(this.#listen()));
  }

  /** Something that was asked for may still be done, or have been done: whoever is told of it as of others' looks anew. */
  doubt(): void {
    const before = this.#own;
    this.#epoch += 1;
    this.#own = '';
    // Else it does not listen yet, and will do so by the new name.
    if (before === '') return;
    this.#thenGap(this.redis.unsubscribe(before).then(() => this.#listen()));
  }

  watch(watcher: (done: Elsewhere) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  close(): void {
    this.#watchers.clear();
    this.redis.disconnect();
  }

  async #listen(): Promise<void> {
    for (;;) {
      const own = `${this.#channel}:${this.tag}`;
      // Both at once: who listens to the second listens to the first.
      await this.redis.subscribe(this.#channel, own);
      if (own === `${this.#channel}:${this.tag}`) {
        this.#own = this.isOneServer ? own : '';
        return;
      }
      await this.redis.unsubscribe(own);
    }
  }

  #thenGap(listening: Promise<void>): void {
    listening.then(
      () => this.#tell({ kind: 'gap' }),
      () => {},
    );
  }

  #read(message: string): void {
    const tag = this.tag;
    if (message.startsWith(tag) && message[tag.length] === EACH) return;
    const [, ...all] = message.split(EACH);
    for (const done of all) this.#tell(readDone(done));
  }

  #tell(done: Elsewhere): void {
    for (const watcher of this.#watchers) watcher(done);
  }
}

/** What one server says to the others: no session has an empty name. */
export function saying(text: string): string {
  return EACH + ['', '', 0, text].join(PART);
}

function readDone(done: string): Elsewhere {
  const [session = '', birth = '', after, facts = ''] = done.split(PART);
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
