import type { RunningSandbox } from '../../src/index.js';
import { type Answered, send } from '../support/client.js';
import { disability, ofWorld } from '../support/conclusions.js';
import { makeOauthClient } from '../support/oauth.js';

/** How a client goes about its tokens. Each habit is good unless a test changes it. */
export interface TokenHabits {
  /** Refreshes for one request that is refused with 401. */
  refreshes: number;
  /** What it does when a refresh is refused. */
  refused: 'signs in' | 'stops' | 'repeats';
  /** Refreshes at 403 as well, and asks again. */
  refreshesOn403: boolean;
  /** Of requests that are refused at the same time, one refreshes and the others wait for it. */
  locks: boolean;
  /** The token that the result is read with. */
  readsWith: 'newest' | 'first';
  /** Comes back to the token that it began with at every other poll. */
  alternates: boolean;
  /** Refreshes before each so many polls, whether it has to or not; 0: never. */
  refreshesEach: number;
  /** Each job has a sign-in of its own. */
  ownTokens: boolean;
}

const GOOD: TokenHabits = {
  refreshes: 1,
  refused: 'signs in',
  refreshesOn403: false,
  locks: true,
  readsWith: 'newest',
  alternates: false,
  refreshesEach: 0,
  ownTokens: false,
};

const LEAST = 1000;
const MOST_POLLS = 9;

/** A token, and what renews it. */
interface Held {
  value: string;
  refresh: string;
  first: string;
}

/**
 * A client of a platform that signs in, schedules conclusions and polls their jobs side by side, in rounds: between
 * two of them it waits by the session's manual clock for the newest eta.
 */
export class TokenClient {
  readonly #habits: TokenHabits;
  readonly #oauth: ReturnType<typeof makeOauthClient>;
  /** The refresh under way, by what it renews. */
  readonly #underWay = new Map<Held, Promise<boolean>>();

  constructor(
    private readonly sandbox: RunningSandbox,
    habits: Partial<TokenHabits> = {},
  ) {
    this.#habits = { ...GOOD, ...habits };
    this.#oauth = makeOauthClient(sandbox);
  }

  /** What has become of each job: its last state, or why the client stopped. */
  async run(jobs = 1): Promise<string[]> {
    const { ownTokens } = this.#habits;
    const shared = await this.#signIn();
    const all: Task[] = [];
    for (let i = 0; i < jobs; i += 1) {
      const held = ownTokens && i > 0 ? await this.#signIn() : shared;
      const body = disability(ofWorld());
      const { json } = await this.#ask(held, 'POST', '/patients/composition', body);
      all.push({
        held,
        body,
        path: `/patients/composition/job/${json.data.id}`,
        eta: json.data.eta,
      });
    }
    for (let round = 1; round <= MOST_POLLS && all.some(isOpen); round += 1) {
      this.#waitFor(all.filter(isOpen));
      await Promise.all(all.filter(isOpen).map((task) => this.#poll(task, round)));
    }
    return all.map(({ end }) => end ?? 'gave up');
  }

  async #signIn(): Promise<Held> {
    const { value, details } = await this.#oauth.token();
    return { value, refresh: details.refresh_token, first: value };
  }

  #waitFor(tasks: readonly Task[]): void {
    const { clock } = this.sandbox;
    const etas = tasks.map(({ eta }) => Date.parse(eta));
    clock.advance(Math.max(LEAST, Math.max(...etas) - clock.now().getTime()));
  }

  async #poll(task: Task, round: number): Promise<void> {
    const { refreshesEach, alternates, readsWith } = this.#habits;
    const { held, path, body } = task;
    if (refreshesEach > 0 && round % refreshesEach === 0) await this.#renew(held, held.value);
    const old = alternates && round % 2 === 1 ? held.first : undefined;
    const { status, json } = await this.#ask(held, 'GET', path, undefined, old);
    if (status !== 200) {
      task.end = String(status);
      return;
    }
    task.eta = json.data.eta;
    if (json.data.status === 'PENDING') return;
    task.end = json.data.status;
    const id = json.data.links?.[0]?.href?.split('/').at(-1);
    const of = `/patients/${body.subject.value}/encounter/${body.encounter.value}`;
    const first = readsWith === 'first' ? held.first : undefined;
    await this.#ask(held, 'GET', `${of}/composition/${id}`, undefined, first);
  }

  /** @param old a token that it takes in place of the newest one */
  async #ask(
    held: Held,
    method: string,
    path: string,
    body?: unknown,
    old?: string,
  ): Promise<Answered> {
    const { refreshes, refreshesOn403 } = this.#habits;
    for (let tries = 0; ; tries += 1) {
      const value = (tries === 0 ? old : undefined) ?? held.value;
      const headers = this.#oauth.credentials(value);
      const answer = await send(method, `${this.sandbox.url}/api${path}`, { body, headers });
      const isRefused = answer.status === 401 || (answer.status === 403 && refreshesOn403);
      if (!isRefused || tries >= refreshes) return answer;
      if (!(await this.#renew(held, value))) return answer;
      // As a client waits before it repeats a request.
      if (this.#habits.locks) this.sandbox.clock.advance(LEAST);
    }
  }

  /** Has it got a token other than the one that was refused? */
  #renew(held: Held, refused: string): Promise<boolean> {
    if (!this.#habits.locks) return this.#refresh(held);
    if (held.value !== refused) return Promise.resolve(true);
    const known = this.#underWay.get(held);
    if (known) return known;
    const made = this.#refresh(held).finally(() => this.#underWay.delete(held));
    this.#underWay.set(held, made);
    return made;
  }

  async #refresh(held: Held): Promise<boolean> {
    const { refused } = this.#habits;
    for (let tries = 0; tries < 3; tries += 1) {
      const { status, json } = await this.#oauth.refresh(held.refresh);
      if (status === 201) {
        held.value = json.data.value;
        held.refresh = json.data.details.refresh_token ?? held.refresh;
        return true;
      }
      if (refused !== 'repeats') break;
      this.sandbox.clock.advance(LEAST);
    }
    if (refused !== 'signs in') return false;
    const { value, refresh } = await this.#signIn();
    Object.assign(held, { value, refresh });
    return true;
  }
}

/** A job, and how far the client has come with it. */
interface Task {
  held: Held;
  body: ReturnType<typeof disability>;
  path: string;
  eta: string;
  end?: string;
}

function isOpen({ end }: Task): boolean {
  return end === undefined;
}
