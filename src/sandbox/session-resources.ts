import type { Api } from './api.js';
import { type Resource, Resources } from './resources.js';

/** The resources of one session, apart for each binding: equal ids of two APIs are not the same thing. */
export class SessionResources {
  /** By their home: kinds of jobs of one binding share theirs. */
  readonly #ofApi = new Map<string, Resources>();

  /**
   * @param limit of each API
   * @param onDrop told of a resource that had to go
   */
  constructor(
    apis: readonly Api[],
    private readonly limit: number,
    private readonly onDrop: (resource: Resource) => void = () => {},
  ) {
    for (const { home } of apis) this.of(home);
  }

  /** @param home that of an API */
  of(home: string): Resources {
    const known = this.#ofApi.get(home);
    if (known) return known;
    const begun = new Resources(this.limit, this.onDrop);
    this.#ofApi.set(home, begun);
    return begun;
  }

  /** Oldest first. */
  all(): Resource[] {
    const lists = [...this.#ofApi.values()].map((resources) => [...resources.all()]);
    const [only = []] = lists;
    return lists.length === 1 ? only : lists.flat().sort((a, b) => a.created - b.created);
  }

  get size(): number {
    return this.#sum(({ size }) => size);
  }

  get dropped(): number {
    return this.#sum(({ dropped }) => dropped);
  }

  #sum(count: (resources: Resources) => number): number {
    return [...this.#ofApi.values()].reduce((sum, resources) => sum + count(resources), 0);
  }
}
