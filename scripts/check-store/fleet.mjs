/**
 * Several servers on one Redis, behind a proxy that leads each request to the next of them. One is killed every second and
 * started again; Redis is frozen, stopped and killed for a while.
 */
import { createServer, request as send } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort, Product } from './product.mjs';
import { RedisServer } from './redis.mjs';

/** So long Redis is away, in milliseconds: less than requests wait for it. */
const AWAY = 3_000;

/** Longer than Redis is away nobody waits for a server to begin, in milliseconds. */
const PATIENCE = 60_000;

/** Its clock is that many seconds behind those of the others. */
const BEHIND = 5;

export class Fleet {
  /**
   * @param {{ folder: string, size: number, args: string[], faketime?: string }} options  `faketime`: the library by
   *   which the clock of one server is wrong
   */
  constructor({ folder, size, args, faketime }) {
    this.redis = new RedisServer(join(folder, 'redis'));
    this.size = size;
    this.args = args;
    this.faketime = faketime;
    this.products = [];
    this.next = 0;
    /** What has broken on the way, by the paths of requests. */
    this.broken = new Map();
    this.away = { frozen: 0, stopped: 0, killed: 0 };
  }

  async start() {
    await this.redis.start();
    for (let i = 0; i < this.size; i += 1) {
      const port = await freePort();
      const args = [...this.args, '--port', String(port), '--store', this.redis.store];
      const product = new Product(args, i === 0 ? this.#wrongClock() : {});
      product.port = port;
      this.products.push(product);
      await product.start();
    }
    this.proxy = createServer((asked, reply) => this.#lead(asked, reply));
    // A connection that it closed under a request would look as if a server had died.
    this.proxy.keepAliveTimeout = 0;
    await new Promise((resolve) => this.proxy.listen(0, '127.0.0.1', resolve));
    this.port = this.proxy.address().port;
  }

  #wrongClock() {
    if (!this.faketime) return {};
    return { LD_PRELOAD: this.faketime, FAKETIME: `-${BEHIND}s`, DONT_FAKE_MONOTONIC: '1' };
  }

  /** Nobody waits for all of them: there is always one that answers. */
  get up() {
    return Promise.resolve();
  }

  /** Leads a request to the next server; to the one behind it when nobody listens there. */
  async #lead(asked, reply) {
    const parts = [];
    for await (const part of asked) parts.push(part);
    const body = Buffer.concat(parts);
    for (let tries = 0; ; tries += 1) {
      this.next = (this.next + 1) % this.size;
      const { port } = this.products[this.next];
      const outcome = await pass(asked, body, port, reply);
      if (outcome === 'done') return;
      if (outcome !== 'nobody') {
        this.broken.set(
          asked.url,
          `${outcome} of server ${this.products.findIndex((one) => one.port === port)}`,
        );
        return;
      }
      if (tries >= this.size) await wait(20);
      if (tries > 500) return reply.destroy();
    }
  }

  /** Kills one server and starts it again. */
  async killOne(chance) {
    const product = chance.one(this.products);
    await product.kill();
    const until = performance.now() + PATIENCE;
    for (;;) {
      try {
        await product.start();
        return;
      } catch (error) {
        // It does not begin while Redis is away.
        if (performance.now() > until || !product.errors.includes('STORE_UNAVAILABLE')) throw error;
        await wait(200);
      }
    }
  }

  /** @param {'frozen' | 'stopped' | 'killed'} how */
  async takeRedisAway(how) {
    const { redis } = this;
    this.away[how] += 1;
    if (how === 'frozen') {
      redis.signal('SIGSTOP');
      await wait(AWAY);
      redis.signal('SIGCONT');
      return;
    }
    redis.signal(how === 'stopped' ? 'SIGTERM' : 'SIGKILL');
    await redis.ended;
    await wait(AWAY);
    await redis.start();
  }

  async close() {
    this.proxy?.close();
    this.proxy?.closeAllConnections();
    await Promise.all(this.products.map((product) => product.kill()));
    await this.redis.stop();
  }
}

/** @returns {Promise<string>}  `nobody`: nothing was sent; else how it broke, or `done` */
function pass({ method, url, headers }, body, port, reply) {
  return new Promise((resolve) => {
    const passed = send({ host: '127.0.0.1', port, method, path: url, headers, agent: false });
    const left = () => reply.writableFinished || passed.destroy();
    reply.on('close', left);
    let answered = false;
    passed.on('error', ({ code }) => {
      reply.off('close', left);
      if (code === 'ECONNREFUSED' && !answered) resolve('nobody');
      else {
        reply.destroy();
        resolve(code ?? 'broken');
      }
    });
    passed.on('response', (response) => {
      answered = true;
      reply.writeHead(response.statusCode, headersOf(response));
      response.on('data', (part) => reply.write(part));
      response.on('error', () => {});
      response.on('close', () => {
        if (response.complete) reply.end();
        else reply.destroy();
        resolve('done');
      });
    });
    passed.end(body);
  });
}

/** As they came, but for what is between two neighbours alone. */
function headersOf({ rawHeaders }) {
  const kept = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i].toLowerCase();
    if (name !== 'connection' && name !== 'keep-alive') kept.push(rawHeaders[i], rawHeaders[i + 1]);
  }
  return kept;
}
