import type { Api } from './api.js';
import { type Resource, Resources } from './resources.js';

/** The resources of one session, apart for each API: equal ids of two APIs are not the same thing. */
export class SessionResources {
  readonly #ofApi = new Map<string, Resources>();

  /**
   * @param limit of each API
   * @param onDrop told of a resource that had to go
   */
  constructor(
    apis: readonly Api[],
    limit: number,
    onDrop: (resource: Resource) => void = () => {},
  ) {
    for (const { name } of apis) this.#ofApi.set(name, new Resources(limit, onDrop));
  }

  /** @param api its name, one of those that the session was begun with */
  of(api: string): Resources {
    return this.#ofApi.get(api) as Resources;
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
