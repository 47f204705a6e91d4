import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Reply } from '../../audit/reply.js';
import type { SessionVerdict } from '../../report/json-verdict.js';
import type { BrokenRule } from '../../view/timeline/ground.js';
import { ask } from '../control.js';
import type { LiveSession } from '../live.js';

/** What the verdict says of single exchanges, by their numbers. */
export interface Judged {
  /** The rules that they break. */
  breaks: ReadonlyMap<number, readonly string[]>;
  replies: ReadonlyMap<number, Reply>;
  /** Broken rules under the number of the cause that explains them. */
  broken: readonly BrokenRule[];
}

const NOTHING: Judged = { breaks: new Map(), replies: new Map(), broken: [] };

/** The verdict of the session that is looked at. */
export class Judgement {
  readonly verdict = signal<SessionVerdict | undefined>(undefined);
  readonly judged = signal<Judged>(NOTHING);
  /** Number of the last exchange when the client was said to be done; undefined: it runs. */
  readonly doneAt = signal<number | undefined>(undefined);
  #asking = false;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly session: LiveSession) {}

  /** The client is done until it asks again. */
  get isOver(): boolean {
    const last = this.session.exchanges.value.at(-1)?.seq ?? 0;
    return this.doneAt.value !== undefined && this.doneAt.value >= last;
  }

  /** Asks soon: what changes meanwhile is in the same answer. */
  askSoon(pause = 300): void {
    if (this.#asking) this.#again = true;
    else this.#timer ??= setTimeout(() => void this.#ask(), pause);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #ask(): Promise<void> {
    this.#timer = undefined;
    this.#asking = true;
    const began = performance.now();
    try {
      const path = ['sessions', this.session.name, 'verdict'];
      const query = { run: this.isOver ? 'over' : 'running', format: 'json' };
      const verdict = await ask<SessionVerdict>('GET', path, undefined, query);
      this.judged.value = judgedBy(verdict);
      this.verdict.value = verdict;
    } catch {
      // The session has ended, or the connection is lost: the shell says so.
    }
    this.#asking = false;
    // Judging a long session takes long, and must leave time for everything else.
    const pause = Math.max(300, (performance.now() - began) * 4);
    if (this.#again) this.askSoon(pause);
    this.#again = false;
  }
}

/** Keeps the verdict of a session up to date while it is looked at. */
export function useFresh(judgement: Judgement, session: LiveSession): void {
  useEffect(() => {
    const told = computed(() => {
      const exchanges = session.exchanges.value;
      const last = exchanges.at(-1)?.until;
      return `${exchanges.length} ${last} ${session.jobs.value.size} ${judgement.isOver}`;
    });
    const end = told.subscribe(() => judgement.askSoon());
    return () => {
      end();
      judgement.close();
    };
  }, [judgement, session]);
}

export function judgedBy({ rules, jobs, causes }: SessionVerdict): Judged {
  const breaks = new Map<number, readonly string[]>();
  const replies = new Map<number, Reply>();
  for (const { submission, polls, webhooks = [] } of jobs) {
    for (const mark of [submission, ...polls, ...webhooks])
      if (mark.breaks.length > 0) breaks.set(mark.seq, mark.breaks);
    for (const { seq, reply } of polls) replies.set(seq, reply);
  }
  for (const { rule, findings } of rules) {
    for (const { seq } of findings.flatMap(({ evidence }) => evidence)) {
      const known = breaks.get(seq) ?? [];
      if (!known.includes(rule)) breaks.set(seq, [...known, rule]);
    }
  }
  const broken = causes.flatMap(({ findings, symptoms }, i) =>
    [...new Map([...findings, ...symptoms].map((one) => [one.rule, one])).values()].map(
      ({ rule, severity }) => ({ rule, severity, number: i + 1 }),
    ),
  );
  const once = new Map(broken.toReversed().map((one) => [one.rule, one]));
  return { breaks, replies, broken: [...once.values()].sort((a, b) => a.number - b.number) };
}
