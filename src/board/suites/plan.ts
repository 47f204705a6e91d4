import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { fromJsonVerdict, type SessionVerdict } from '../../report/json-verdict.js';
import type { Chapter } from '../../report/report.js';
import type { SuiteView } from '../../sandbox/control/suite-views.js';
import type { SessionView } from '../../sandbox/control/views.js';
import { ask, controlUrl, SANDBOX, withQuery } from '../control.js';
import { sessions } from '../live.js';
import { recall, remember } from '../remember.js';
import { language } from '../text.js';
import { problemOf, type Told } from './problem.js';

export type Part = SuiteView['scenarios'][number];

/** A scenario of the plan, and what has become of it. */
export interface Step {
  part: Part;
  session: string;
  /** Base URL for the client. */
  url: string;
  /** The session, once it was started. */
  view: SessionView | undefined;
  /** What is said of it; undefined until it was asked for. */
  chapter: Chapter | undefined;
}

/** Forms of the report that can be downloaded. */
export type Form = 'html' | 'junit' | 'json' | 'markdown';

/** The client can be given a host and a port alone: what it sends is led to the scenario that was started last. */
export const hostOnly = signal(recall('host-only') === 'yes');

/** Names of sessions are no longer than this. */
const LONGEST = 64;

/** The control API takes no longer one above a report. */
const LONGEST_TITLE = 200;

/** The session in which a plan plays a scenario: `anna.eta-moves`. */
function sessionOf(plan: string, scenario: string): string {
  const end = `.${scenario.replaceAll(/[^\w.-]/g, '.')}`;
  return plan.slice(0, Math.max(1, LONGEST - end.length)) + end.slice(0, LONGEST - 1);
}

/** A name for sessions, of what a person has written. */
export function sessionName(text: string): string {
  return text.replaceAll(/[^\w.-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'plan';
}

/** The plan of a suite: its scenarios with their sessions. All of it lies in the sessions, so another page sees the same. */
export class Plan {
  readonly steps: ReadonlySignal<readonly Step[]>;
  /** What went wrong last. */
  readonly problem = signal<Told | undefined>(undefined);
  readonly #chapters = signal<ReadonlyMap<string, Chapter>>(new Map());
  #asked = 0;

  constructor(
    readonly suite: SuiteView,
    readonly session: string,
  ) {
    this.steps = computed(() => suite.scenarios.map((part) => this.#step(part)));
  }

  /** Asks for the verdicts whenever something has happened in one of its sessions. @returns what ends that */
  watch(): () => void {
    let last = '';
    return effect(() => {
      const now = JSON.stringify(this.steps.value.map(({ view }) => view && whatHappened(view)));
      if (now === last) return;
      last = now;
      void this.judge();
    });
  }

  /** A fresh session that plays the scenario, for a client that is about to begin. */
  start({ part, session }: Step, pace: number): Promise<void> {
    return this.#steer(async () => {
      await ask('DELETE', ['sessions', session]);
      // Before the page says that it has started: whatever comes from then on is meant for it.
      if (hostOnly.value) await ask('PUT', ['unnamed'], { session });
      await ask('PUT', ['sessions', session], {
        suite: this.suite.name,
        course: part.name,
        run: 'running',
        clock: pace === 1 ? { mode: 'real' } : { mode: 'paced', pace },
      });
    });
  }

  /** What its client can be given has been said: where the scenario is played already, it counts from now on. */
  sayHostOnly(is: boolean, { view, session }: Step): Promise<void> {
    hostOnly.value = is;
    remember('host-only', is ? 'yes' : 'no');
    if (!is) return this.#steer(() => ask('PUT', ['unnamed'], { session: 'default' }));
    return view ? this.#steer(() => ask('PUT', ['unnamed'], { session })) : Promise.resolve();
  }

  /** Notes of a session what a person knows of its client. */
  note({ session }: Step, said: { run?: 'over' | 'running'; seen?: boolean }): Promise<void> {
    return this.#steer(() => ask('PUT', ['sessions', session], said));
  }

  /** Address of the report of all that was started. */
  reportUrl(format: Form): string {
    return withQuery(controlUrl('report'), {
      ...this.#asksFor(this.#begun()),
      format,
      lang: language.value,
    });
  }

  async judge(): Promise<void> {
    const begun = this.#begun();
    this.#asked += 1;
    const asked = this.#asked;
    if (begun.length === 0) {
      this.#chapters.value = new Map();
      return;
    }
    await this.#steer(async () => {
      const { chapters } = await ask<{ chapters: JsonChapter[] }>('GET', ['report'], undefined, {
        ...this.#asksFor(begun),
        format: 'json',
      });
      // An older answer may come after a newer one.
      if (asked !== this.#asked) return;
      this.#chapters.value = new Map(
        chapters.map((one) => [
          one.verdict.session,
          { ...one, verdict: fromJsonVerdict(one.verdict) },
        ]),
      );
    });
  }

  #begun(): string[] {
    return this.steps.value.flatMap(({ view }) => view?.name ?? []);
  }

  #asksFor(session: string[]) {
    return { session, title: this.suite.title.slice(0, LONGEST_TITLE) };
  }

  #step(part: Part): Step {
    const session = sessionOf(this.session, part.name);
    const view = sessions.value.get(session)?.view.value;
    const isOwn = view?.course === part.name;
    return {
      part,
      session,
      url: hostOnly.value ? SANDBOX : (view?.url ?? `${SANDBOX}/~${session}`),
      view: isOwn ? view : undefined,
      chapter: isOwn ? this.#chapters.value.get(session) : undefined,
    };
  }

  async #steer(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      this.problem.value = undefined;
    } catch (error) {
      this.problem.value = problemOf(error);
    }
  }
}

interface JsonChapter extends Omit<Chapter, 'verdict'> {
  verdict: SessionVerdict;
}

function whatHappened({ name, holds, dropped, run, seen, course }: SessionView) {
  return [name, holds, dropped, run, seen, course];
}
