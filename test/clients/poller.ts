import type { SessionControl } from '../../src/index.js';
import { type Answer, ManualHttp } from './manual-http.js';

/** How a client goes about it. Each habit is good unless a test changes it. */
export interface Habits {
  /** Which eta it waits for. */
  eta: 'newest' | 'first' | 'none';
  /** Least time between polls. */
  least: number;
  /** Sends a second poll before the first one is answered. */
  overlaps: boolean;
  heedsRetryAfter: boolean;
  /** Factor by which the pause grows after each failure in a row. */
  backoff: number;
  /** Failures in a row after which it gives up. */
  failures: number;
  /** Takes every state that it does not know for an end. */
  unknownEnds: boolean;
  /** Polls after which it gives up, whatever eta says. */
  polls: number;
  /** Polls on when the job is final. */
  pollsAfterEnd: number;
  /** Answers 404 in a row after which it stops. */
  missing: number;
  /** On 401: takes a new token, or not. */
  renewsToken: boolean;
  /** Polls with a refused token before it stops. */
  insists: number;
  /** Greatest time to wait for the end of a job. */
  patience: number;
  /** Greatest time to wait for an answer. */
  timeout: number;
  /** What it reads after DONE. */
  reads: 'result' | 'wrong path' | 'nothing';
  /** Reads a result after FAILED too. */
  readsAfterFailure: boolean;
  /** Sends the request again while it waits. */
  resubmits: boolean;
  /** Sends the request again when its answer was lost. */
  resubmitsLost: boolean;
  /** Polls this id beside its own. */
  strangeId: string | undefined;
  tokenInUrl: boolean;
  withoutKey: boolean;
}

const GOOD: Habits = {
  eta: 'newest',
  least: 1000,
  overlaps: false,
  heedsRetryAfter: true,
  backoff: 2,
  failures: 8,
  unknownEnds: false,
  polls: Number.POSITIVE_INFINITY,
  pollsAfterEnd: 0,
  missing: 3,
  renewsToken: true,
  insists: 0,
  patience: 10 * 60_000,
  timeout: 10_000,
  reads: 'result',
  readsAfterFailure: false,
  resubmits: false,
  resubmitsLost: false,
  strangeId: undefined,
  tokenInUrl: false,
  withoutKey: false,
};

const STEP = 1000;

/**
 * A poller that is correct but for the habits that a test gives it. It lives by the session's manual
 * clock: to wait is to advance it.
 */
export class Poller {
  readonly #habits: Habits;
  readonly #http: ManualHttp;
  #token = 'token-of-the-client';
  /** Requests that nobody waits for. */
  readonly #besides: Promise<unknown>[] = [];

  constructor(
    private readonly session: SessionControl,
    habits: Partial<Habits> = {},
    url?: string,
  ) {
    this.#habits = { ...GOOD, ...habits };
    this.#http = new ManualHttp(session, url);
  }

  /** Schedules a job, polls it to its end, and does then what is to be done. */
  async run(body: { subject: { value: string }; encounter: { value: string } }): Promise<string> {
    const submit = () => this.#ask('POST', '/patients/composition', body);
    let answer = await submit();
    for (let i = 0; i < 3 && answer?.retryAfter !== undefined; i += 1) {
      this.#wait(this.#habits.heedsRetryAfter ? answer.retryAfter : STEP);
      answer = await submit();
    }
    if (!answer && this.#habits.resubmitsLost) answer = await submit();
    if (answer?.status !== 200) return 'refused';
    const { id, eta } = answer.body.data;
    if (this.#habits.resubmits) await submit();
    const end = await this.#poll(`/patients/composition/job/${id}`, eta);
    for (let i = 0; end && i < this.#habits.pollsAfterEnd; i += 1) {
      this.#wait(STEP);
      await this.#ask('GET', `/patients/composition/job/${id}`);
    }
    if (!end) return 'unknown';
    await this.#finish(body, end);
    await Promise.all(this.#besides);
    return end.status;
  }

  /** The final job; undefined when the client gave up. */
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one table of what to do when
  async #poll(path: string, first: string) {
    const habits = this.#habits;
    const began = this.session.clock.now().getTime();
    let eta = first;
    let pause = 0;
    let failures = 0;
    let missing = 0;
    let refused = 0;
    for (let polls = 0; polls < habits.polls; polls += 1) {
      this.#wait(Math.max(pause, habits.eta === 'none' ? 0 : this.#until(eta)));
      if (this.session.clock.now().getTime() - began > habits.patience) return undefined;
      if (polls === 1 && habits.strangeId) {
        await this.#ask('GET', `/patients/composition/job/${habits.strangeId}`);
      }
      if (habits.overlaps) this.#besides.push(this.#ask('GET', path));
      const answer = await this.#ask('GET', path);
      pause = habits.least;
      const status = answer?.status ?? 0;
      if (status === 200 && answer?.body) {
        const job = answer.body.data ?? answer.body;
        failures = 0;
        missing = 0;
        if (job.status === 'DONE' || job.status === 'FAILED') return job;
        if (job.status !== 'PENDING' && habits.unknownEnds) return undefined;
        if (habits.eta === 'newest' && isMoment(job.eta)) eta = job.eta;
      } else if (status === 404) {
        missing += 1;
        if (missing >= habits.missing) return undefined;
      } else if (status === 401 && habits.renewsToken && refused === 0) {
        refused += 1;
        this.#token += '-renewed';
      } else if (status === 400 || status === 401 || status === 403) {
        refused += 1;
        if (refused > habits.insists) return undefined;
      } else {
        failures += 1;
        if (failures >= habits.failures) return undefined;
        const grown = habits.least * habits.backoff ** (failures - 1);
        pause = habits.heedsRetryAfter ? (answer?.retryAfter ?? grown) : grown;
      }
    }
    return undefined;
  }

  // biome-ignore lint/suspicious/noExplicitAny: bodies of many shapes
  async #finish(body: { subject: { value: string }; encounter: { value: string } }, job: any) {
    const { reads, readsAfterFailure } = this.#habits;
    const id = job.links?.[0]?.href?.split('/').at(-1) ?? (await this.#search(body));
    const path = `/patients/${body.subject.value}/encounter/${body.encounter.value}/composition`;
    if (job.status === 'FAILED') {
      if (readsAfterFailure) await this.#ask('GET', `${path}/${job.id}`);
    } else if (reads === 'result') await this.#ask('GET', `${path}/${id}`);
    else if (reads === 'wrong path') await this.#ask('GET', `/${job.links[0].href}`);
  }

  async #search({
    subject,
    encounter,
  }: {
    subject: { value: string };
    encounter: { value: string };
  }) {
    const query = `subject=${subject.value}&encounter=${encounter.value}`;
    const found = await this.#ask('GET', `/patients/searchComposition?${query}`);
    return found?.body?.data?.[0]?.identifier?.value;
  }

  /** Undefined: no answer came in time. */
  #ask(method: string, path: string, body?: unknown): Promise<Answer | undefined> {
    const { tokenInUrl, withoutKey, timeout } = this.#habits;
    const query = tokenInUrl ? `?access_token=${this.#token}` : '';
    return this.#http.ask(method, `/api${path}${query}`, {
      headers: {
        Authorization: `Bearer ${this.#token}`,
        ...(withoutKey ? {} : { 'api-key': 'key-of-the-client' }),
      },
      body,
      timeout,
    });
  }

  #until(eta: string): number {
    return Math.max(0, Date.parse(eta) - this.session.clock.now().getTime());
  }

  #wait(time: number): void {
    if (time > 0) this.session.clock.advance(time);
  }
}

/** A text that says a moment; a number of seconds or a null would make every pause none. */
function isMoment(eta: unknown): boolean {
  return typeof eta === 'string' && !Number.isNaN(Date.parse(eta));
}
