import type { Api } from './api.js';
import { type Resource, Resources } from './resources.js';

/**
 * The resources of one session, apart for each binding: equal ids of two APIs are not the same thing. The packs of a
 * platform have one world together.
 */
export class SessionResources {
  /** By their world: kinds of jobs of one binding share theirs. */
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
    for (const { world } of apis) this.of(world);
  }

  copy(onDrop: (resource: Resource) => void): SessionResources {
    const copy = new SessionResources([], this.limit, onDrop);
    for (const [world, kept] of this.#ofApi) copy.#ofApi.set(world, kept.copy(onDrop));
    return copy;
  }

  /** @param world that of an API */
  of(world: string): Resources {
    const known = this.#ofApi.get(world);
    if (known) return known;
    const begun = new Resources(this.limit, this.onDrop);
    this.#ofApi.set(world, begun);
    return begun;
  }

  /** Forgets all that a world holds: it begins anew. */
  forget(world: string): void {
    this.#ofApi.set(world, new Resources(this.limit, this.onDrop));
  }

  /** By their worlds. */
  worlds(): IterableIterator<[string, Resources]> {
    return this.#ofApi.entries();
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
