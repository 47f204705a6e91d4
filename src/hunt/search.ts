import { costOf } from './cost.js';
import { type DrawnLife, formOf, lifeOf } from './draft.js';
import { type HuntPlan, LAST_RUN, type Seen } from './plan.js';
import { newCause, type Outcome } from './play.js';
import type { Tried } from './tried.js';

/** Plays what is drawn, many lives side by side. */
export class Search {
  lives = 0;
  runs = 0;
  #drawn = 0;
  /** A run was ended that somebody wanted to know of: time is up. */
  #over = false;
  /** Seen beside another one, and not looked at yet. */
  #waiting: Seen[] = [];
  /** Drawn, and ended for one that was drawn before: they are played again. */
  #put: Drawn[] = [];
  readonly #known = new Set<string>();

  constructor(
    private readonly plan: HuntPlan,
    private readonly tried: Tried,
  ) {}

  /**
   * The next life that shows a cause nobody knows yet; of those that were under way together, the one that was drawn
   * first, so that a seed finds the same again. Undefined: time is up.
   */
  async next(known: ReadonlySet<string>): Promise<Seen | undefined> {
    const running = new Map<number, { run: Promise<void>; end: AbortController }>();
    const found: Seen[] = this.#waiting.flatMap((seen) => withNewCause(seen, known));
    this.#waiting = [];
    const note = (seen: Omit<Seen, 'cause'>) => {
      const news = withNewCause(seen, known);
      found.push(...news);
      if (news.length === 0) return;
      for (const [number, { end }] of running) if (number > seen.number) end.abort();
    };
    for (;;) {
      while (found.length === 0 && running.size < this.plan.jobs && this.#hasTime()) {
        const drawn = this.#draw();
        const end = new AbortController();
        const run = this.#play(drawn, end.signal).then((seen) => {
          running.delete(drawn.number);
          if (seen) note(seen);
        });
        running.set(drawn.number, { run, end });
      }
      if (running.size === 0) break;
      await Promise.race([...running.values()].map(({ run }) => run));
    }
    const [first, ...others] = found.sort((a, b) => a.number - b.number);
    this.#waiting.push(...others);
    return first;
  }

  /** Plays a life, and remembers what its client met. */
  async play(
    { scenario, parts }: DrawnLife,
    unwanted?: AbortSignal,
    surely?: 'surely',
  ): Promise<Outcome | undefined> {
    this.runs += 1;
    const outcome = await this.plan.play(scenario, unwanted, surely);
    if (outcome) this.tried.note(parts, scenario, outcome);
    return outcome;
  }

  #hasTime(): boolean {
    return !this.#over && this.plan.left() > LAST_RUN;
  }

  async #play(drawn: Drawn, unwanted: AbortSignal): Promise<Omit<Seen, 'cause'> | undefined> {
    const outcome = await this.play(drawn.life, unwanted);
    if (!outcome) {
      if (!unwanted.aborted) this.#over = true;
      this.#put.push(drawn);
      return undefined;
    }
    this.lives += 1;
    this.plan.hear({ kind: 'played', lives: this.lives });
    return { ...drawn, outcome };
  }

  /** The next one that is not too long, and that was not played already. */
  #draw(): Drawn {
    const [again, ...others] = this.#put.sort((a, b) => a.number - b.number);
    if (again) {
      this.#put = others;
      return again;
    }
    for (;;) {
      const number = ++this.#drawn;
      const drawing = this.plan.drafts.draw(number - 1);
      const life = lifeOf(drawing.draft, this.plan.kit, `hunt-${number}`);
      const form = formOf(life);
      const isFresh = !this.#known.has(form) || number > MOST_DRAWN;
      this.#known.add(form);
      if (isFresh && costOf(life.scenario) <= this.plan.longest) return { drawing, life, number };
    }
  }
}

type Drawn = Pick<Seen, 'drawing' | 'life' | 'number'>;

function withNewCause(seen: Omit<Seen, 'cause'>, known: ReadonlySet<string>): Seen[] {
  const cause = newCause(seen.outcome, known);
  return cause ? [{ ...seen, cause }] : [];
}

/** So many are drawn before one may be played twice: a poor binding has few lives. */
const MOST_DRAWN = 10_000;
