import { machineTime } from '../../sandbox/clock.js';
import type { Session } from '../../sandbox/session.js';
import type { Delivery } from '../../sandbox/webhooks/delivery.js';
import type { Duration, MachineMs, Moment } from '../../time/moments.js';
import { reportUnexpected } from '../report-unexpected.js';
import { attempt } from './attempt.js';
import type { Way } from './send.js';
import { isOthers, type Sharing } from './share.js';

/** The one that sends what is due of the sessions' news. */
export interface Postman {
  /** Something is due in a session, or may be at another moment than before. */
  look(session: Session): void;
  /** The same, where another server has brought it about: that one looks first. */
  lookLater(session: Session): void;
  /** Sends what is due now of a job's news. @returns when it has been sent, taken or not */
  deliver(session: Session, job: string): Promise<void>;
  /** The same of all that is due in a session. */
  deliverAll(session: Session): Promise<void>;
  /** Sends nothing more. */
  close(): void;
}

/** Node sets a longer timer to a millisecond. */
const MAX_TIMER: Duration = 2 ** 31 - 1;

/** So long the server that has brought news about is left alone with them. */
const FIRST: MachineMs = 1000;

/** What a session has on its way. */
interface Round {
  /**
   * By job, what is on its way, each with what goes behind it. What is due at one moment goes one after the other; what
   * is due later does not wait for a slow receiver, unless the binding says so.
   */
  chains: Map<string, Set<Delivery[]>>;
  /** Ids of all that is in them, or is being sent. */
  underWay: Set<string>;
  /** Told when all that is due of a job has been sent. */
  done: Map<string, (() => void)[]>;
  abort: AbortController;
}

/**
 * Moments at which something is due follow from jobs and deliveries; here one timer waits for the soonest of all
 * sessions. None runs while nothing is to come, and none for a session whose clock is moved by hand.
 */
export class OnePostman implements Postman {
  readonly #rounds = new Map<Session, Round>();
  /** Those to look at in the next turn of the event loop. */
  readonly #looks = new Set<Session>();
  #turn: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  /** Sessions to whose newest news another server looks first. */
  readonly #later = new WeakSet<Session>();
  /** Those of them whose time has not come. */
  readonly #waiting = new WeakSet<Session>();
  /** Timers that wait for other servers. */
  readonly #waits = new Set<NodeJS.Timeout>();

  /** @param sharing where other servers have the same sessions */
  constructor(
    private readonly way: Way,
    private readonly sharing?: Sharing,
  ) {}

  look(session: Session): void {
    this.#later.delete(session);
    this.#look(session);
  }

  lookLater(session: Session): void {
    if (this.#closed) return;
    this.#later.add(session);
    if (this.#waiting.has(session)) return;
    this.#waiting.add(session);
    this.#wait(FIRST, () => {
      this.#waiting.delete(session);
      this.#look(session);
    });
  }

  #wait(length: MachineMs, then: () => void): void {
    const timer = setTimeout(() => {
      this.#waits.delete(timer);
      then();
    }, length).unref();
    this.#waits.add(timer);
  }

  #look(session: Session): void {
    if (this.#closed) return;
    this.#looks.add(session);
    // Behind the answer to the request that has brought the news.
    this.#turn ??= setImmediate(() => this.#takeTurn());
  }

  deliver(session: Session, job: string): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((done) => {
      const round = this.#roundOf(session);
      this.#serve(session);
      if (!round.chains.has(job)) done();
      else round.done.set(job, [...(round.done.get(job) ?? []), done]);
    });
  }

  async deliverAll(session: Session): Promise<void> {
    for (;;) {
      if (this.#closed || session.ended) return;
      this.#serve(session);
      const jobs = [...(this.#rounds.get(session)?.chains.keys() ?? [])];
      if (jobs.length === 0) return;
      await Promise.all(jobs.map((job) => this.deliver(session, job)));
    }
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#waits) clearTimeout(timer);
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
    for (const session of this.#rounds.keys()) this.#forget(session);
  }

  #takeTurn(): void {
    this.#turn = undefined;
    const sessions = [...this.#looks];
    this.#looks.clear();
    for (const session of sessions) {
      try {
        if (session.stale && this.sharing) this.#readAgain(session, this.sharing);
        else this.#serve(session);
      } catch (error) {
        reportUnexpected(error);
      }
    }
    this.#plan();
  }

  /** Others have changed the session: what is due is known once it has been read again. */
  #readAgain(session: Session, { ready }: Sharing): void {
    ready(session.name).then(
      () => this.#look(session),
      () => this.#wait(FIRST, () => this.#look(session)),
    );
  }

  /** Sends what is due in a session. */
  #serve(session: Session): void {
    if (session.ended) {
      this.#forget(session);
      return;
    }
    const round = this.#roundOf(session);
    this.#sendDue(session, round, new Map());
    if (round.chains.size === 0 && session.nextNews() === undefined) this.#rounds.delete(session);
  }

  #roundOf(session: Session): Round {
    const known = this.#rounds.get(session);
    if (known) return known;
    const round: Round = {
      chains: new Map(),
      underWay: new Set(),
      done: new Map(),
      abort: new AbortController(),
    };
    this.#rounds.set(session, round);
    return round;
  }

  /** @param behind chains that what is due of the same job goes behind */
  #sendDue(session: Session, round: Round, behind: Map<string, Delivery[]>): void {
    const begun: [job: string, chain: Delivery[]][] = [];
    for (const delivery of session.deliveries.takeDue(session.settle())) {
      const { id, job } = delivery;
      if (round.underWay.has(id) || this.#isOthers(session, delivery)) continue;
      round.underWay.add(id);
      const chain = behind.get(job) ?? this.#chainInOrder(session, round, delivery);
      if (chain) {
        chain.push(delivery);
        continue;
      }
      const own = [delivery];
      behind.set(job, own);
      begun.push([job, own]);
    }
    for (const [job, chain] of begun) this.#begin(session, round, job, chain);
  }

  /** Another server sends it; if that one dies, it is for the others to send. */
  #isOthers(session: Session, delivery: Delivery): boolean {
    const { sharing } = this;
    const { claim, id } = delivery;
    const now = session.setup.wall();
    if (!sharing || !claim || !isOthers(delivery, sharing, now)) return false;
    this.#wait(claim.until - now, () => {
      session.deliveries.again(id);
      this.#look(session);
    });
    return true;
  }

  #begin(session: Session, round: Round, job: string, chain: Delivery[]): void {
    const others = round.chains.get(job);
    if (others) others.add(chain);
    else round.chains.set(job, new Set([chain]));
    void this.#send(session, round, job, chain);
  }

  /** What a delivery has to go behind; undefined: it waits for none. */
  #chainInOrder(session: Session, round: Round, { job, webhook }: Delivery) {
    const [first] = round.chains.get(job) ?? [];
    const binding = session.jobs.at(job)?.api.binding;
    return binding?.webhooks?.[webhook]?.inOrder ? first : undefined;
  }

  /** One delivery after the other, and what they bring about: copies, the true one behind a forged one. */
  async #send(session: Session, round: Round, job: string, chain: Delivery[]): Promise<void> {
    for (let next = chain.shift(); next; next = chain.shift()) {
      try {
        await this.#try(session, round, next);
      } catch (error) {
        reportUnexpected(error);
        if (!session.ended) session.deliver(next.id, undefined);
      }
      round.underWay.delete(next.id);
      if (session.ended) return;
      this.#sendDue(session, round, new Map([[job, chain]]));
    }
    const chains = round.chains.get(job);
    chains?.delete(chain);
    if (chains && chains.size > 0) return;
    round.chains.delete(job);
    for (const done of round.done.get(job) ?? []) done();
    round.done.delete(job);
    this.#look(session);
  }

  async #try(session: Session, { abort }: Round, delivery: Delivery): Promise<void> {
    const sharing = session.shared ? this.sharing : undefined;
    const job = session.jobs.at(delivery.job);
    const webhook = job?.api.binding.webhooks?.[delivery.webhook];
    // Its job has been let go, or a binding that was read again has no such webhook any more.
    if (!job || !webhook) session.deliver(delivery.id, undefined);
    else {
      const addressed = { job, webhook, delivery };
      const isDone = await attempt(session, addressed, this.way, abort.signal, sharing);
      // Another server has claimed it, which may die.
      if (!isDone) session.deliveries.again(delivery.id);
    }
  }

  #forget(session: Session): void {
    const round = this.#rounds.get(session);
    this.#rounds.delete(session);
    round?.abort.abort();
    for (const waiting of round?.done.values() ?? []) for (const done of waiting) done();
  }

  /** Sets the timer to the soonest moment of all sessions whose clock moves by itself. */
  #plan(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    let soonest: { ahead: MachineMs; sessions: Session[] } | undefined;
    for (const session of this.#rounds.keys()) {
      const own = aheadOf(session);
      if (own === undefined) continue;
      const ahead = this.#later.has(session) ? Math.max(0, own) + FIRST : own;
      if (!soonest || ahead < soonest.ahead) soonest = { ahead, sessions: [session] };
      else if (ahead === soonest.ahead) soonest.sessions.push(session);
    }
    if (!soonest) return;
    const { ahead, sessions } = soonest;
    this.#timer = setTimeout(
      () => {
        for (const session of sessions) this.#look(session);
      },
      Math.min(Math.max(0, ahead), MAX_TIMER),
    ).unref();
  }
}

function aheadOf(session: Session): MachineMs | undefined {
  if (session.ended || session.clock.mode === 'manual') return undefined;
  const next: Moment | undefined = session.nextNews();
  if (next === undefined) return undefined;
  return machineTime(session.clock, next - session.clock.now());
}
