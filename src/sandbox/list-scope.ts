import type { Paging } from '../contract/job-operations.js';
import type { Json } from '../contract/json.js';
import { formatMoment } from '../time/format-moment.js';
import type { Moment } from '../time/moments.js';
import type { Page } from './cut-page.js';
import type { Job } from './job.js';
import type { Requester } from './render.js';

/** The names that the answer of a list may use; what it does not ask for costs nothing. */
export class ListScope {
  [name: string]: unknown;
  readonly #page: Page<Job>;
  readonly #paging: Paging;
  readonly #requester: Requester;
  readonly #now: Moment;
  readonly count: number;
  readonly total: number;
  readonly offset: number;

  /** @param items what stands for each job; @param tell its id as answers have it */
  constructor(
    readonly items: readonly unknown[],
    page: Page<Job>,
    paging: Paging,
    requester: Requester,
    now: Moment,
    private readonly tell: (job: Job) => string | number,
  ) {
    this.#page = page;
    this.#paging = paging;
    this.#requester = requester;
    this.#now = now;
    this.count = items.length;
    this.total = page.total;
    this.offset = page.offset;
  }

  get limit(): number {
    const { limit } = this.#page;
    return Number.isFinite(limit) ? limit : this.total;
  }

  get page(): number {
    return this.#paging.first + Math.floor(this.offset / Math.max(1, this.limit));
  }

  get pages(): number {
    return Math.ceil(this.total / Math.max(1, this.limit));
  }

  get hasMore(): boolean {
    return this.offset + this.count < this.total;
  }

  get first(): string | number | undefined {
    const [job] = this.#page.items;
    return job && this.tell(job);
  }

  get last(): string | number | undefined {
    const job = this.#page.items.at(-1);
    return job && this.tell(job);
  }

  /** Where the next page begins; undefined behind the last one. */
  get cursor(): string | number | undefined {
    return this.hasMore ? this.last : undefined;
  }

  get next(): string | undefined {
    const { after, page, offset } = this.#paging;
    if (!this.hasMore) return undefined;
    if (after !== undefined) return this.#link(after, this.last);
    if (page !== undefined) return this.#link(page, this.page + 1);
    return offset === undefined ? undefined : this.#link(offset, this.offset + this.count);
  }

  get previous(): string | undefined {
    const { before, page, offset } = this.#paging;
    if (this.offset === 0) return undefined;
    if (page !== undefined) return this.#link(page, this.page - 1);
    if (offset !== undefined)
      return this.#link(offset, Math.max(0, this.offset - this.#page.limit));
    return before === undefined ? undefined : this.#link(before, this.first);
  }

  get firstOrNull() {
    return this.first ?? null;
  }

  get lastOrNull() {
    return this.last ?? null;
  }

  get cursorOrNull() {
    return this.cursor ?? null;
  }

  get nextOrNull() {
    return this.next ?? null;
  }

  get previousOrNull() {
    return this.previous ?? null;
  }

  get now(): string {
    return formatMoment(this.#now);
  }

  get origin(): string {
    return this.#requester.where().origin;
  }

  get api(): string {
    return this.#requester.where().api;
  }

  /** The address of this page with another value of what says where it begins. */
  #link(parameter: string, value: string | number | undefined): string | undefined {
    // A request that says it in its body has no address for its next page.
    if (value === undefined || parameter.startsWith('body.')) return undefined;
    const url = new URL(this.#requester.url);
    const { after, before } = this.#paging;
    for (const name of [after, before]) if (name !== undefined) url.searchParams.delete(name);
    url.searchParams.set(parameter, String(value));
    return url.href;
  }
}

/** Headers that name a place with nothing in it are left out: there is no link to a next page behind the last one. */
export function isFilled(names: readonly string[], scope: Json): boolean {
  return names.every((name) => (scope[name.split('.', 1)[0] as string] ?? undefined) !== undefined);
}
