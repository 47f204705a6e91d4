import type { Session } from '../../sandbox/session.js';
import type { Delivery } from '../../sandbox/webhooks/delivery.js';
import type { Duration, Moment } from '../../time/moments.js';
import { reportUnexpected } from '../report-unexpected.js';
import { attempt } from './attempt.js';
import type { Way } from './send.js';

/** The one that sends what is due of the sessions' news. */
export interface Postman {
  /** Something is due in a session, or may be at another moment than before. */
  look(session: Session): void;
  /** Sends what is due now of a job's news. @returns when it has been sent, taken or not */
  deliver(session: Session, job: string): Promise<void>;
  /** The same of all that is due in a session. */
  deliverAll(session: Session): Promise<void>;
  /** Sends nothing more. */
  close(): void;
}

/** Node sets a longer timer to a millisecond. */
const MAX_TIMER: Duration = 2 ** 31 - 1;

/** What a session has on its way. */
interface Round {
  /** By job: what comes after the one that is on its way. News of one job never overtakes itself here. */
  waiting: Map<string, Delivery[]>;
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

  constructor(private readonly way: Way) {}

  look(session: Session): void {
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
      if (!round.waiting.has(job)) done();
      else round.done.set(job, [...(round.done.get(job) ?? []), done]);
    });
  }

  async deliverAll(session: Session): Promise<void> {
    for (;;) {
      if (this.#closed || session.ended) return;
      this.#serve(session);
      const jobs = [...(this.#rounds.get(session)?.waiting.keys() ?? [])];
      if (jobs.length === 0) return;
      await Promise.all(jobs.map((job) => this.deliver(session, job)));
    }
  }

  close(): void {
    this.#closed = true;
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
        this.#serve(session);
      } catch (error) {
        reportUnexpected(error);
      }
    }
    this.#plan();
  }

  /** Sends what is due in a session. */
  #serve(session: Session): void {
    if (session.ended) {
      this.#forget(session);
      return;
    }
    const round = this.#roundOf(session);
    for (const delivery of session.deliveries.takeDue(session.settle())) {
      this.#enqueue(session, round, delivery);
    }
    if (round.waiting.size === 0 && session.nextNews() === undefined) this.#rounds.delete(session);
  }

  #roundOf(session: Session): Round {
    const known = this.#rounds.get(session);
    if (known) return known;
    const round = { waiting: new Map(), done: new Map(), abort: new AbortController() };
    this.#rounds.set(session, round);
    return round;
  }

  /** One delivery, and then those of the same job that wait behind it. */
  async #send(session: Session, round: Round, delivery: Delivery): Promise<void> {
    const { job: id } = delivery;
    try {
      await this.#try(session, round, delivery);
    } catch (error) {
      reportUnexpected(error);
      if (!session.ended) session.deliver(delivery.id, undefined);
    }
    if (session.ended) return;
    // A copy, or the true one behind a forged one, may be due at once.
    for (const due of session.deliveries.takeDue(session.settle()))
      this.#enqueue(session, round, due);
    const next = round.waiting.get(id)?.shift();
    if (next) {
      void this.#send(session, round, next);
      return;
    }
    round.waiting.delete(id);
    for (const done of round.done.get(id) ?? []) done();
    round.done.delete(id);
    this.look(session);
  }

  #enqueue(session: Session, round: Round, delivery: Delivery): void {
    const behind = round.waiting.get(delivery.job);
    if (behind) {
      behind.push(delivery);
      return;
    }
    round.waiting.set(delivery.job, []);
    void this.#send(session, round, delivery);
  }

  async #try(session: Session, { abort }: Round, delivery: Delivery): Promise<void> {
    const job = session.jobs.at(delivery.job);
    const webhook = job?.api.binding.webhooks?.[delivery.webhook];
    // Its job has been let go, or a binding that was read again has no such webhook any more.
    if (!job || !webhook) session.deliver(delivery.id, undefined);
    else await attempt(session, { job, webhook, delivery }, this.way, abort.signal);
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
    let soonest: { ahead: Duration; sessions: Session[] } | undefined;
    for (const session of this.#rounds.keys()) {
      const ahead = aheadOf(session);
      if (ahead === undefined) continue;
      if (!soonest || ahead < soonest.ahead) soonest = { ahead, sessions: [session] };
      else if (ahead === soonest.ahead) soonest.sessions.push(session);
    }
    if (!soonest) return;
    const { ahead, sessions } = soonest;
    this.#timer = setTimeout(
      () => {
        for (const session of sessions) this.look(session);
      },
      Math.min(Math.max(0, ahead), MAX_TIMER),
    ).unref();
  }
}

function aheadOf(session: Session): Duration | undefined {
  if (session.ended || session.clock.mode === 'manual') return undefined;
  const next: Moment | undefined = session.nextNews();
  return next === undefined ? undefined : next - session.clock.now();
}
