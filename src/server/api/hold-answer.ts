import { machineTime } from '../../sandbox/clock.js';
import type { Hold } from '../../sandbox/handled.js';
import { type Job, lifeOf } from '../../sandbox/job.js';
import type { Session } from '../../sandbox/session.js';
import { endOfStep } from '../../scenario/play.js';
import type { Moment } from '../../time/moments.js';
import type { RequestContext } from './request-context.js';
import { MAX_TIMER, whileConnected } from './while-connected.js';

/**
 * Holds an answer until its job has come to be what it waits for, its time is over, or the client has left; one of
 * the two is called. Nothing looks meanwhile: time ends a step at a moment that is known, and whatever else moves a
 * job is told by the session. What is held when the session ends or the server closes is due at once.
 */
export function holdAnswer(
  context: RequestContext,
  hold: Hold,
  ways: { due: () => void; left: () => void },
): void {
  whileConnected(context, (isDue) => heldOf(context.session).add(hold, isDue), ways);
}

const known = new WeakMap<Session, HeldAnswers>();

function heldOf(session: Session): HeldAnswers {
  const there = known.get(session) ?? new HeldAnswers(session);
  known.set(session, there);
  return there;
}

interface Held {
  hold: Hold;
  due: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** The answers that a session holds. The session is watched while there are any, once for all of them. */
class HeldAnswers {
  readonly #byJob = new Map<string, Set<Held>>();
  /** Jobs that have changed in this turn: they are looked at when what has changed them is through. */
  readonly #changed = new Set<string>();
  #unwatch: (() => void) | undefined;

  constructor(private readonly session: Session) {}

  /** @returns a function that forgets the answer */
  add(hold: Hold, due: () => void): () => void {
    const held: Held = { hold, due, timer: undefined };
    const others = this.#byJob.get(hold.job);
    if (others) others.add(held);
    else this.#byJob.set(hold.job, new Set([held]));
    this.#watch();
    this.#look(held);
    return () => this.#drop(held);
  }

  #watch(): void {
    if (this.#unwatch) return;
    const { session } = this;
    const end = session.watch(({ kind }) => {
      if (kind === 'clock') this.#lookAtAll();
    });
    session.watchJobs((job) => this.#note(job));
    this.#unwatch = () => {
      end();
      session.watchJobs(undefined);
    };
  }

  #note(job: string): void {
    if (!this.#byJob.has(job)) return;
    if (this.#changed.size === 0) queueMicrotask(() => this.#lookAtChanged());
    this.#changed.add(job);
  }

  #lookAtChanged(): void {
    const jobs = [...this.#changed];
    this.#changed.clear();
    for (const job of jobs) for (const held of [...(this.#byJob.get(job) ?? [])]) this.#look(held);
  }

  #lookAtAll(): void {
    for (const job of [...this.#byJob.values()]) for (const held of [...job]) this.#look(held);
  }

  /** Sends what is due, else sets the timer to the moment at which there is something to see again. */
  #look(held: Held): void {
    const { hold } = held;
    if (!this.#byJob.get(hold.job)?.has(held)) return;
    clearTimeout(held.timer);
    const now = this.session.settle();
    const job = this.session.jobs.at(hold.job);
    if (!job || this.session.ended || now >= hold.until || hold.isOver(job)) {
      this.#drop(held);
      held.due();
    } else if (this.session.clock.mode !== 'manual') {
      const ahead = machineTime(this.session.clock, this.#nextLook(hold, job) - now);
      held.timer = setTimeout(() => this.#look(held), Math.min(Math.max(1, ahead), MAX_TIMER));
    }
  }

  #nextLook({ until }: Hold, job: Job): Moment {
    return Math.min(until, endOfStep(lifeOf(job), job.cursor, this.session.clock.pace) ?? until);
  }

  #drop(held: Held): void {
    clearTimeout(held.timer);
    const { job } = held.hold;
    const others = this.#byJob.get(job);
    others?.delete(held);
    if (others?.size === 0) this.#byJob.delete(job);
    if (this.#byJob.size > 0) return;
    this.#unwatch?.();
    this.#unwatch = undefined;
  }
}
