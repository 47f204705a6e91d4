/** A whole run: the product, its clients, who kills it, and what is counted. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { dump } from 'js-yaml';
import { APIS } from './apis.mjs';
import { Client } from './client.mjs';
import { Fleet } from './fleet.mjs';
import { freePort, Product } from './product.mjs';
import { Chance } from './random.mjs';
import { randomScenario, readScenario } from './scenarios.mjs';
import { Visitor } from './visitor.mjs';

const ORDERS = new URL('orders', import.meta.url).pathname;
/** Scenarios by chance for each API. */
const SCENARIOS = 40;
/** After so many differences the run is over. */
const ENOUGH = 20;
/** From one server that is there again to the next one that is killed, in milliseconds. */
const EVERY = 500;
/**
 * The machine's time at which the steady clock was 0, as it is at the ticks of the machine's milliseconds. Node's own
 * `performance.timeOrigin` is looked at once, and wrong where another program had the core just then.
 */
const ORIGIN = middleOf(Array.from({ length: 21 }, atTick));
/** How Redis goes away. */
const TROUBLES = ['frozen', 'stopped', 'killed'];

/**
 * @typedef {object} Options
 * @property {number} seed
 * @property {number} exchanges
 * @property {number} kills
 * @property {number} sessions
 * @property {number} clients  that may be at one session at the same time
 * @property {string} [store]
 * @property {boolean} [breaks]  connections break though nobody is killed
 * @property {number} [replicas]  servers on one Redis; left out: one server
 * @property {string} [faketime]  the library by which the clock of one of them is wrong
 * @property {number} [troubles]  times that Redis is frozen, stopped and killed
 * @property {number} [cuts]  share of batches that the store forgets
 * @property {boolean} [falsifies]  the proxy lies: differences are what is wanted
 * @property {(port: number) => Promise<import('./proxy.mjs').Proxy>} [between]
 */

export class Run {
  /** @param {Options} options */
  constructor(options) {
    Object.assign(this, options);
    this.wanted = options.exchanges;
    this.chance = new Chance(options.seed);
    this.apis = APIS;
    this.kills = 0;
    this.killsWanted = options.kills;
    this.counted = {
      exchanges: 0,
      control: 0,
      jobs: 0,
      lost: 0,
      twice: 0,
      unknown: 0,
      happened: 0,
      cuts: 0,
    };
    this.slack = options.replicas ? 5 : 0;
    this.differences = [];
    this.owners = new Map();
  }

  now = () => ORIGIN + performance.now();

  goesOn() {
    const isOver = this.counted.exchanges >= this.wanted && this.kills >= this.killsWanted;
    return !isOver && !this.hasEnough();
  }

  /** Where lies are told, differences are what is wanted. */
  hasEnough() {
    return !this.falsifies && this.differences.length >= ENOUGH;
  }

  /** @param {import('./client.mjs').Reply} [reply]  whoever was told that the store is away asks again in a moment */
  isUp(reply) {
    return reply?.status === 503 ? wait(200) : this.product.up;
  }

  /** How a session stands, where the store is to forget what comes to it next. */
  async mark({ name, world, chance, remembered }) {
    const redis = this.product.redis;
    if (!redis || this.isRedisAway || !chance.often(this.cuts ?? 0)) return undefined;
    const before = await redis.mark(name);
    const isSame = async () => {
      const { stands } = await redis.mark(name);
      return !this.isRedisAway && stands === before.stands;
    };
    const cut = async () => {
      this.counted.cuts += 1;
      await redis.forget(name, before);
    };
    return { world, remembered: new Map(remembered), isSame, cut };
  }

  /** Jobs that the store has forgotten: their ids are drawn again. */
  disown(jobs) {
    for (const [id, { resource }] of jobs)
      for (const one of [id, resource]) this.owners.delete(one);
    this.counted.jobs -= jobs.length;
  }

  async go() {
    this.folder = mkdtempSync(join(tmpdir(), 'check-store-'));
    try {
      await this.start();
      const visitors = Array.from(
        { length: this.sessions },
        (_, i) => new Visitor(`s${i + 1}`, this),
      );
      this.began = performance.now();
      const troubles = [this.killer(), this.troubler()];
      await Promise.all([...visitors.map((visitor) => visitor.go()), ...troubles]);
      this.seconds = (performance.now() - this.began) / 1000;
    } finally {
      this.proxy?.close();
      this.client?.forget();
      await (this.replicas ? this.product?.close() : this.product?.kill());
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  async start() {
    this.writeScenarios();
    const apis = ['--pack', ORDERS, '--pack', 'compositions', '--rules', 'off'];
    const scenarios = ['--scenarios', join(this.folder, 'scenarios')];
    const same = [...apis, ...scenarios, '--seed', String(this.seed), '--json', '--quiet'];
    const port = await (this.replicas ? this.startFleet(same) : this.startOne(same));
    this.proxy = await this.between?.(port);
    this.client = new Client({ port: this.proxy?.port ?? port });
    this.url = `http://127.0.0.1:${this.proxy?.port ?? port}`;
  }

  async startFleet(args) {
    const { folder, replicas: size, faketime } = this;
    this.product = new Fleet({ folder, size, args, faketime });
    await this.product.start();
    return this.product.port;
  }

  async startOne(args) {
    const port = await freePort();
    const store = this.store
      ? ['--store', this.store.replace('FOLDER', join(this.folder, 'store'))]
      : [];
    this.product = new Product([...args, '--port', String(port), ...store]);
    await this.product.start();
    return port;
  }

  writeScenarios() {
    for (const api of this.apis) {
      const folder = join(this.folder, 'scenarios', api.name);
      mkdirSync(folder, { recursive: true });
      for (let i = 1; i <= SCENARIOS; i += 1) {
        const file = randomScenario(this.chance, api.name, i);
        writeFileSync(join(folder, `${file.scenario}.yaml`), dump(file));
        api.scenarios.set(file.scenario, readScenario(file));
      }
    }
  }

  /** Kills the process at moments by chance, spread over the whole run; of several servers one every second. */
  async killer() {
    const share = this.wanted / (this.killsWanted + 1);
    while (this.kills < this.killsWanted && !this.hasEnough()) {
      while (this.isEarly(share * (this.kills + 1)) && this.goesOn()) await wait(2);
      await wait(this.chance.next() * 40);
      this.kills += 1;
      this.isDown = true;
      if (this.replicas) await this.product.killOne(this.chance);
      else {
        await this.product.kill();
        this.client.forget();
        await this.product.start();
      }
      this.isDown = false;
      if (this.replicas) await wait(EVERY);
    }
  }

  isEarly(exchanges) {
    return !this.replicas && this.counted.exchanges < exchanges;
  }

  /** Takes Redis away, now in one way and now in the other, spread over the whole run. */
  async troubler() {
    const all = Array.from({ length: this.troubles ?? 0 }, () => TROUBLES).flat();
    for (const [i, how] of all.entries()) {
      const share = (this.wanted * (i + 1)) / (all.length + 1);
      while (this.counted.exchanges < share && this.goesOn()) await wait(20);
      if (this.hasEnough()) return;
      this.isRedisAway = true;
      await this.product.takeRedisAway(how);
      await wait(500);
      this.isRedisAway = false;
    }
  }

  count(all, asked) {
    const { counted } = this;
    counted.exchanges += all.filter(({ line }) => line).length;
    counted.control += all.filter(({ request }) => request.control).length;
    counted.unknown += all.filter(({ unknown }) => unknown).length;
    counted.happened += asked.filter(({ unknown, line }) => unknown && line).length;
  }

  /** Every new job has an id that no other one has had. */
  meet(visitor, before, jobs) {
    for (const [id, job] of jobs) {
      if (before.has(id)) continue;
      this.counted.jobs += 1;
      for (const drawn of [id, job.resource]) this.draw(visitor, drawn);
    }
  }

  /** With a seed a session that begins anew draws the same ids again, as it did at first. */
  draw(visitor, id) {
    const owner = this.owners.get(id);
    const isSame = owner?.name === visitor.name && owner.life !== visitor.life;
    if (owner && !isSame)
      this.differ(visitor, `id ${id} is given twice, to ${owner.name} at first`, { twice: 1 });
    this.owners.set(id, { name: visitor.name, life: visitor.life });
  }

  differ(visitor, text, { lost = 0, twice = 0 } = {}, others = []) {
    for (const lie of this.proxy?.told ?? []) if (lie.session === visitor.name) lie.found = true;
    this.counted.lost += lost;
    this.counted.twice += twice;
    const where = `session ${visitor.name}, life ${visitor.life}, ${this.counted.exchanges} exchanges`;
    this.differences.push({ where, text, others });
    this.say?.(
      `${where}: ${text}${others.map((one) => `\n    at the same time: ${one}`).join('')}`,
    );
    visitor.hasDiffered = true;
  }
}

function atTick() {
  const before = Date.now();
  for (;;) {
    const steady = performance.now();
    const now = Date.now();
    if (now > before) return now - steady;
  }
}

function middleOf(values) {
  return values.sort((a, b) => a - b)[(values.length - 1) / 2];
}
