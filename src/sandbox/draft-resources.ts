import type { Resource, Resources, ResourceView } from './resources.js';

/** The resources of a session as they would be: what a draft has put lies over what is there. */
export class DraftResources implements ResourceView {
  readonly #own = new Map<string, Resource>();
  /** In the order in which they were put. */
  #puts: Resource[] = [];

  /** @param onPut told of each resource that is put */
  constructor(
    private readonly there: Resources,
    private readonly onPut: (resource: Resource) => void,
  ) {}

  get(id: string): Resource | undefined {
    return this.#own.get(id) ?? this.there.get(id);
  }

  put(resource: Resource): void {
    this.#own.set(resource.id, resource);
    this.#puts.push(resource);
    this.onPut(resource);
  }

  *all(): IterableIterator<Resource> {
    for (const resource of this.there.all()) yield this.#own.get(resource.id) ?? resource;
    for (const [id, resource] of this.#own) if (!this.there.get(id)) yield resource;
  }

  about(word: string): readonly Resource[] {
    const there = this.there.about(word);
    if (this.#own.size === 0) return there;
    return [
      ...there.filter(({ id }) => !this.#own.has(id)),
      ...this.#puts.filter((put) => put.about === word && this.#own.get(put.id) === put),
    ];
  }
}
