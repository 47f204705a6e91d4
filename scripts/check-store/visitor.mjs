/** One session: its clients send, its journal is read, its model folds, batch after batch. */
import { differs } from './compare.mjs';
import { fold, told } from './order.mjs';
import { Plan } from './plan.mjs';
import * as ask from './requests.mjs';
import { newWorld } from './session.mjs';

const BEGIN = Date.parse('2026-01-01T00:00:00Z');
const CREDENTIALS = { authorization: 'Bearer demo', 'api-key': 'demo' };
/** So many of the latest requests of a session are remembered, to be told with a difference. */
const PAST = 400;
/** Batches after which a session begins anew, on the average. */
const LIFE = 150;

export class Visitor {
  /**
   * @param {string} name
   * @param {import('./run.mjs').Run} run
   */
  constructor(name, run) {
    this.name = name;
    this.run = run;
    this.chance = run.chance.branch(name);
    this.life = 0;
    this.sent = 0;
    this.remembered = new Map();
  }

  /** Goes on until the run has enough. */
  async go() {
    await this.beginAnew();
    while (this.run.goesOn()) {
      const before = await this.run.mark(this);
      await this.batch(this.plan.batch(this.world, this.run.clients));
      if (before && !this.hasDiffered) await this.forget(before);
      const isOver = this.chance.often(1 / LIFE);
      if (isOver) await this.audit();
      if (isOver || this.hasDiffered) await this.beginAnew();
    }
    await this.audit();
  }

  async beginAnew() {
    const mode = this.chance.weighed({ manual: 6, paced: 3, real: 1 });
    const pace = mode === 'paced' ? this.chance.one([2, 5, 10, 20]) : 1;
    const clock = mode === 'manual' ? { mode, now: new Date(BEGIN).toISOString() } : { mode };
    if (mode === 'paced') clock.pace = pace;
    await this.surely({ control: true, method: 'DELETE', path: '' });
    await this.surely({ control: true, method: 'PUT', path: '', body: { clock } });
    this.life += 1;
    this.hasDiffered = false;
    this.world = newWorld(this.name, { mode, pace, now: mode === 'manual' ? BEGIN : 0 });
    this.plan = new Plan(this.chance, this.run.apis);
    this.kept = new Map();
    this.past = [];
    this.remembered.clear();
  }

  /** Sends what may be sent again until it is answered. */
  async surely(request) {
    for (;;) {
      const reply = await this.run.client.send(this.message({ headers: {}, ...request }));
      if (reply.whole && !isAway(reply)) return reply.text ? JSON.parse(reply.text) : undefined;
      await this.run.isUp(reply);
    }
  }

  message({ control, method, path, headers, body, id }) {
    const before = control ? `/__sandbox/sessions/${this.name}` : `/~${this.name}`;
    const own = control ? {} : { ...CREDENTIALS, 'x-request-id': id };
    return { method, path: `${before}${path}`, headers: { ...headers, ...own }, body };
  }

  /** @returns {Promise<import('./order.mjs').Sent>} */
  async send(request) {
    this.sent += 1;
    const id = `${this.name}-${this.life}-${this.sent}`;
    const url = `${this.run.url}/~${this.name}${request.path}`;
    const whole = { headers: {}, ...request, id, url, session: this.name };
    const message = this.message(whole);
    const hangs = request.kind === 'poll' ? () => this.hangs(id) : undefined;
    const start = this.run.kills;
    const wasDown = this.run.isDown;
    const sent = this.run.now();
    const reply = await this.run.client.send(message, hangs);
    const received = this.run.now();
    const isBroken = !reply.whole && !reply.left && !reply.unsent;
    const mayBreak = this.run.breaks || wasDown || this.run.isDown || this.run.kills !== start;
    const unknown = (isBroken && mayBreak) || isAway(reply);
    return { request: whole, sent, received, reply, unknown, slack: this.run.slack };
  }

  async hangs(id) {
    const reply = await this.run.client.send(
      this.message({
        control: true,
        method: 'GET',
        path: `/journal?after=${this.world.seq}`,
        headers: {},
      }),
    );
    if (!reply.whole || reply.status !== 200) return false;
    const line = JSON.parse(reply.text).exchanges.find((one) => idOf(one) === id);
    return line?.fault === 'hang';
  }

  /** @param {import('./requests.mjs').Request[][]} clients */
  async batch(clients) {
    const before = this.world;
    const rows = await Promise.all(clients.map((requests) => this.inTurn(requests)));
    const all = rows.flat();
    const lines = await this.linesAfter(before.seq);
    const views = await this.views(all, lines);
    await this.settle(all, lines, views);
  }

  /** One client: it stops when the process is killed. */
  async inTurn(requests) {
    const all = [];
    for (const request of requests) {
      const one = await this.send(request);
      if (one.reply.unsent) {
        await this.run.isUp();
        return all;
      }
      all.push(one);
      if (one.unknown) return all;
    }
    return all;
  }

  async linesAfter(seq) {
    const path = `/journal?after=${seq}&limit=100000`;
    const answer = await this.surely({ control: true, method: 'GET', path });
    if (!answer.exchanges)
      this.run.differ(this, `the journal cannot be read: ${JSON.stringify(answer)}`);
    return answer.exchanges ?? [];
  }

  /**
   * How things stand behind the batch: it tells in which order they have come there, where their answers would be the same in
   * another one. Jobs are looked at that were met while the clock moved, and the session where it was steered.
   */
  async views(all, lines) {
    const moves = this.world.clock.mode !== 'manual';
    const met = lines.filter(({ at, until }) => moves || at !== until).map(({ job }) => job);
    const asked = all.filter(({ unknown }) => moves || unknown).map(({ request }) => request.job);
    const jobs = [...new Set([...met, ...asked])].filter((job) => job !== undefined);
    const isSteered = all.some(({ request }) => request.control && request.method !== 'GET');
    const views = [];
    for (const job of jobs) views.push(await this.look(ask.getJob(job)));
    if (isSteered) views.push(await this.look(ask.getSession()));
    return views;
  }

  /** Sends what changes nothing until it is answered. */
  async look(request) {
    for (;;) {
      const one = await this.send(request);
      if (one.reply.whole && !one.unknown) return one;
      await this.run.isUp(one.reply);
    }
  }

  async settle(all, lines, views) {
    const sent = new Map(all.map((one) => [one.request.id, one]));
    for (const line of lines) {
      const one = sent.get(idOf(line));
      if (!one)
        return this.run.differ(this, `the journal has exchange ${line.seq}, which nobody sent`);
      one.line = line;
      this.kept.set(line.seq, line);
    }
    const asked = all.filter(({ request, line, unknown }) => request.control || line || !unknown);
    this.run.count(all, asked);
    const lost = asked.find(({ request, line }) => !request.control && !line);
    if (lost) {
      const broken = this.run.product.broken?.get(`/~${this.name}${lost.request.path}`);
      const text = `${told(lost)} is not in the journal${broken ? ` (${broken})` : ''}${this.before(lost)}`;
      return this.run.differ(this, text, { lost: 1 });
    }
    const before = this.world;
    const folded = await fold(before, [...asked, ...views], this.remembered);
    if (!folded.world) {
      const others = [...asked, ...views].filter((one) => one !== folded.one).map(told);
      const text = `${told(folded.one)}\n  ${folded.difference}${this.before(folded.one)}`;
      return this.run.differ(this, text, {}, others);
    }
    this.world = folded.world;
    for (const one of asked) this.remember(one);
    this.past = [...this.past, ...asked, ...views].slice(-PAST);
    this.run.meet(this, before.jobs, this.world.jobs);
  }

  /** What was asked about the same job before, as far as it is remembered. */
  before({ request, line }) {
    const job = line?.job ?? request.job;
    const same = this.past.filter(
      (one) => job !== undefined && (one.line?.job ?? one.request.job) === job,
    );
    return same
      .slice(-12)
      .map((one) => `\n    before: ${told(one)}`)
      .join('');
  }

  /** Documents that were read. */
  remember({ request, reply }) {
    if (request.kind !== 'read' || reply.status !== 200) return;
    this.remembered.set(request.resource, JSON.parse(reply.text).data);
  }

  /** The store forgets what has come to the session since: it goes on as if it had never happened. */
  async forget({ world, remembered, isSame, cut }) {
    if (!(await isSame())) return;
    const gone = [...this.world.jobs].filter(([id]) => !world.jobs.has(id));
    await cut();
    this.run.disown(gone);
    for (const seq of this.kept.keys()) if (seq > world.seq) this.kept.delete(seq);
    this.world = world;
    this.remembered = remembered;
  }

  /** Every exchange is in the journal as it was, and every job as the model says. */
  async audit() {
    const lines = await this.linesAfter(0);
    const now = new Map(lines.map((line) => [line.seq, line]));
    for (const [seq, line] of this.kept) {
      const isOpen = line.until === undefined;
      const came = now.get(seq) ?? {};
      const difference = differs(forEver(line, isOpen), forEver(came, isOpen), `exchange ${seq}`);
      if (difference) return this.run.differ(this, `the journal has changed: ${difference}`);
    }
    await this.batch([[ask.listJobs({})]]);
  }
}

/** The product says that its store was away: the request may have happened, or not. */
const isAway = ({ status, text = '', headers }) =>
  status === 503 &&
  headers['retry-after'] === '1' &&
  /STORE_UNAVAILABLE|nothing of this request was kept|session cannot be read/.test(text);

const idOf = ({ request }) => request.headers['x-request-id'];

/**
 * What of a line never changes: all but its end, which comes later. Of one that is open the answer is what is to be sent; how
 * much of it a fault lets through, its end tells.
 */
function forEver({ until, took, left, ...line }, isOpen) {
  const { response, ...rest } = line;
  return isOpen ? rest : line;
}
