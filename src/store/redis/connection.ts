import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { StoreUnavailable } from '../store.js';
import * as scripts from './scripts.js';

type Script = keyof typeof scripts;

/** The form of what is kept: a version that does not know it leaves it alone. */
export const FORM = 1;

/** A store as it was found. */
export interface Opened {
  form: number;
  /** Since when there is this store, in milliseconds since 1970. */
  since: number;
  /** How many times it was opened. */
  opened: number;
}

/** So long, in milliseconds of the machine, a call waits for a server that is away before it gives up. */
export const PATIENCE = 5_000;

/** Between two tries, in milliseconds of the machine. */
const AGAIN = 20;

/** A server that has fallen silent is looked at anew after so many milliseconds. */
const SILENT = 2_000;

/**
 * Runs scripts, waits a little while the server is away, and sends again what it does not know the outcome of: each
 * script comes to the same when it is run twice, or tells that it was run.
 */
export class Connection {
  readonly #prefix: string;
  /** What the server knows, by its name: another one once it may have lost something. */
  generation = '';
  /** Told when that is another one than before. */
  onNew: () => void = () => {};
  /** Told when something was asked for whose outcome is unknown. */
  onDoubt: () => void = () => {};
  /** Has to be through before anything else is asked over a new connection. */
  #opening: Promise<void> | undefined;
  #opened = false;
  /** The same connection as it was then. */
  #isOpen = false;

  /** @param prefix what all keys begin with */
  constructor(
    private readonly redis: Redis,
    prefix: string,
    private readonly patience = PATIENCE,
  ) {
    this.#prefix = prefix;
    for (const [name, lua] of Object.entries(scripts)) {
      redis.defineCommand(name, { lua, numberOfKeys: 0 });
    }
    // As many as there are requests wait for it.
    redis.setMaxListeners(0);
    // Whoever waits for an answer is told; nobody else has to know.
    redis.on('error', () => {});
    redis.on('close', () => {
      this.#opening = undefined;
      this.#isOpen = false;
    });
  }

  /** Opens the store. @throws StoreUnavailable */
  async open(now: () => number): Promise<Opened> {
    const opened = await this.#open(Math.floor(now()), 1);
    this.#opened = true;
    this.#isOpen = this.redis.status === 'ready';
    return opened;
  }

  async #open(now: number, times: 0 | 1): Promise<Opened> {
    const [, process = ''] = /^run_id:(\S+)/m.exec(await this.redis.info('server')) ?? [];
    const name = randomBytes(9).toString('base64url');
    const answer = await this.#call('OPEN', [FORM, now, name, process, times]);
    const [form, since, opened, generation] = answer as [string, string, string, string];
    const isNew = this.generation !== '' && this.generation !== generation;
    this.generation = generation;
    if (isNew) this.onNew();
    return { form: Number(form), since: Number(since), opened: Number(opened) };
  }

  /** @throws StoreUnavailable when the server stayed away for too long, or has refused */
  run(script: Script, ...args: (string | number)[]): Promise<unknown> {
    return this.ask(() => this.#call(script, args));
  }

  /** The same, with what is right by the time that it is sent, be it again. @throws StoreUnavailable */
  runAnew(script: Script, args: () => readonly (string | number)[]): Promise<unknown> {
    return this.ask(() => this.#call(script, args()));
  }

  /** A command that can be asked again. @throws StoreUnavailable */
  async ask<T>(command: (redis: Redis) => Promise<T>, patience = this.patience): Promise<T> {
    const until = performance.now() + patience;
    for (;;) {
      try {
        if (!this.#isOpen) await this.#reopened(until);
        return await this.#heard(command(this.redis), until);
      } catch (error) {
        if (isAway(error)) this.onDoubt();
        if (!isAway(error) || performance.now() >= until) throw unavailable(error);
        await sleep(AGAIN);
      }
    }
  }

  /** Whether the server answers in a moment; nobody else is disturbed. @throws StoreUnavailable */
  async answers(moment: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new Error('it does not answer')), moment);
    });
    try {
      await Promise.race([this.#ready(performance.now() + moment), tooLong]);
      await Promise.race([this.redis.ping(), tooLong]);
    } catch (error) {
      throw unavailable(error);
    } finally {
      clearTimeout(timer);
    }
  }

  key(name: string): string {
    return this.#prefix + name;
  }

  close(): void {
    this.redis.disconnect();
  }

  #call(script: Script, args: readonly (string | number)[]): Promise<unknown> {
    const { redis } = this;
    const scripts = redis as unknown as Record<Script, (...all: unknown[]) => Promise<unknown>>;
    return scripts[script].call(redis, this.#prefix, ...args);
  }

  /** Over a new connection, asks first whether the server is still the one that it was. */
  async #reopened(until: number): Promise<void> {
    await this.#ready(until);
    if (!this.#opened) return;
    this.#opening ??= this.#open(Date.now(), 0).then(() => {});
    const opening = this.#opening;
    try {
      await this.#heard(opening, until);
      // It may have been closed meanwhile.
      this.#isOpen = this.#opening === opening;
    } catch (error) {
      if (this.#opening === opening) this.#opening = undefined;
      throw error;
    }
  }

  /** A server that answers nothing for long is taken for away: the connection is made anew. */
  #heard<T>(answer: Promise<T>, until: number): Promise<T> {
    return new Promise((done, fail) => {
      const wait = Math.max(SILENT, until - performance.now());
      const timer = setTimeout(() => {
        fail(new Error('it does not answer'));
        this.redis.disconnect(true);
      }, wait);
      answer.then(
        (told) => {
          clearTimeout(timer);
          done(told);
        },
        (error) => {
          clearTimeout(timer);
          fail(error);
        },
      );
    });
  }

  #ready(until: number): Promise<void> {
    const { redis } = this;
    if (redis.status === 'ready') return Promise.resolve();
    return new Promise((done, fail) => {
      const stop = () => {
        clearTimeout(timer);
        redis.off('ready', onReady);
        redis.off('error', onError);
      };
      let last: Error = new Error('it is away');
      const onReady = () => {
        stop();
        done();
      };
      const onError = (error: Error) => {
        last = error;
      };
      const timer = setTimeout(
        () => {
          stop();
          fail(last);
        },
        Math.max(0, until - performance.now()),
      );
      redis.once('ready', onReady);
      redis.on('error', onError);
    });
  }
}

/** What a server says that is there and will not do it. */
function isAway(error: unknown): boolean {
  const { name, message } = error as Error;
  if (name !== 'ReplyError') return true;
  // It is being started, has become a replica, or is being cut off from its own.
  return /^(LOADING|READONLY|MASTERDOWN|NOREPLICAS|CLUSTERDOWN|BUSY)\b/.test(message);
}

function unavailable(error: unknown): StoreUnavailable {
  const { name, message } = error as Error;
  if (name === 'ReplyError' && message.startsWith('OOM'))
    return new StoreUnavailable(
      'STORE_FULL',
      'Redis has no memory left (maxmemory)',
      'give it more, or delete sessions: it goes on by itself, and has lost nothing',
    );
  if (name === 'ReplyError' && message.startsWith('MISCONF'))
    return new StoreUnavailable(
      'STORE_FULL',
      'Redis cannot write to its disk',
      'free some room on it: it goes on by itself, and has lost nothing',
    );
  return new StoreUnavailable(
    'STORE_UNAVAILABLE',
    `Redis cannot be reached (${message})`,
    'look after it: the sandbox goes on by itself as soon as it is back',
  );
}
