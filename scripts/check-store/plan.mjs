/** What clients ask next, by chance: requests about jobs that there are. */
import { orders } from './apis.mjs';
import { goOn, outcomeOf, waitsForRelease } from './life.mjs';
import * as ask from './requests.mjs';

const ITEMS = ['tea', 'coffee', 'salt', 'magic-5', 'magic-10', 'magic-15'];
const UNKNOWN = '11111111-1111-4111-8111-111111111111';

const WEIGHTS = {
  schedule: 16,
  poll: 48,
  cancel: 3,
  remove: 4,
  bill: 4,
  read: 6,
  list: 3,
  unknown: 1,
  getJob: 4,
  listJobs: 2,
  getSession: 2,
  getClock: 1,
  advance: 8,
  setClock: 1,
  choose: 2,
  queue: 5,
  clearQueue: 0.5,
  release: 4,
};

export class Plan {
  /**
   * @param {import('./random.mjs').Chance} chance
   * @param {import('./apis.mjs').Api[]} apis
   */
  constructor(chance, apis) {
    this.chance = chance;
    this.apis = apis;
    this.keys = 0;
  }

  /** Requests that are sent at once: a list for each client, who sends one after the other. */
  batch(world, clients) {
    const jobs = this.sample([...world.jobs.values()].map((job) => goOn(job, world.clock.now)));
    const many = this.chance.whole(1, clients);
    return Array.from({ length: many }, () =>
      Array.from({ length: this.chance.whole(1, 3) }, () => this.request(world, jobs)),
    );
  }

  /** A few jobs, open and new ones before others, so that clients meet. */
  sample(jobs) {
    const open = jobs.filter((job) => outcomeOf(job) === 'open').slice(-12);
    return [...open, ...jobs.slice(-3), ...(jobs.length ? [this.chance.one(jobs)] : [])];
  }

  request(world, jobs) {
    const isManual = world.clock.mode === 'manual';
    const kind = this.chance.weighed(jobs.length ? WEIGHTS : { schedule: 3, queue: 1, list: 1 });
    if (!isManual && (kind === 'advance' || kind === 'setClock') && this.chance.often(0.9))
      return this.poll(jobs);
    if (kind === 'setClock' && !isManual) return ask.getClock();
    return this[kind](jobs, world);
  }

  schedule() {
    const api =
      this.chance.weighed({ orders: 2, compositions: 1 }) === 'orders' ? orders : this.apis[1];
    const header = this.chance.often(0.4)
      ? `${api.name}/${this.chance.one([...api.scenarios.keys()])}`
      : undefined;
    return ask.schedule(api, {
      scenario: header,
      key: this.key(api),
      item: this.chance.one(ITEMS),
    });
  }

  /** Sometimes a key, and sometimes one that was sent before. */
  key(api) {
    if (api !== orders || this.chance.often(0.7)) return undefined;
    if (this.chance.often(0.6)) this.keys += 1;
    return `key-${this.keys}`;
  }

  order(jobs) {
    const all = jobs.filter(({ api }) => api === orders);
    return all.length ? this.chance.one(all).id : UNKNOWN;
  }

  poll(jobs) {
    const { api, id } = this.chance.one(jobs);
    return ask.poll(api, id);
  }

  unknown(_, world) {
    const gone = [...world.deleted];
    const id = gone.length && this.chance.often(0.7) ? this.chance.one(gone) : UNKNOWN;
    return this.chance.often(0.5) ? ask.poll(orders, id) : ask.bill(id);
  }

  read(jobs) {
    const { api, resource } = this.chance.one(jobs);
    return ask.read(api, resource);
  }

  list(jobs) {
    const query = {};
    if (this.chance.often(0.3)) query.status = this.chance.one(Object.keys(orders.outcomes));
    if (this.chance.often(0.7)) query.limit = this.chance.whole(1, 8);
    if (this.chance.often(0.3) && !query.status) query.after = this.order(jobs);
    if (query.after === UNKNOWN) delete query.after;
    return ask.list(query);
  }

  listJobs() {
    const limit = this.chance.whole(1, 10);
    return ask.listJobs(this.chance.often(0.5) ? { limit } : { limit, state: 'waiting' });
  }

  release(jobs) {
    const waiting = jobs.filter(waitsForRelease);
    return ask.release(this.chance.one(waiting.length ? waiting : jobs).id);
  }

  advance() {
    const long = this.chance.often(0.03);
    return ask.advance(long ? this.chance.whole(60_000, 700_000) : this.chance.whole(1, 50) * 100);
  }

  setClock(_, world) {
    return ask.setClock(world.clock.now + this.chance.whole(-2, 30) * 100);
  }

  choose() {
    return ask.choose(this.chance.often(0.3) ? null : this.anyScenario());
  }

  queue() {
    const entry = { scenario: this.anyScenario() };
    return ask.queue(this.chance.often(0.3) ? { ...entry, times: this.chance.whole(1, 3) } : entry);
  }

  anyScenario() {
    const api = this.chance.one(this.apis);
    return `${api.name}/${this.chance.one([...api.scenarios.keys()])}`;
  }

  cancel = (jobs) => ask.cancel(this.order(jobs));
  remove = (jobs) => ask.remove(this.order(jobs));
  bill = (jobs) => ask.bill(this.order(jobs));
  getJob = (jobs) => ask.getJob(this.chance.one(jobs).id);
  getSession = () => ask.getSession();
  getClock = () => ask.getClock();
  clearQueue = () => ask.clearQueue();
}
