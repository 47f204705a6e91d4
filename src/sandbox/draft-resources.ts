import { keyOf, type Resource, type Resources, type ResourceView } from './resources.js';

/** What a draft does with resources. */
export type ResourceStep = { put: Resource } | { removed: string };

/** The resources of a session as they would be: what a draft has put or removed lies over what is there. */
export class DraftResources implements ResourceView {
  /** Undefined: removed. */
  readonly #own = new Map<string, Resource | undefined>();
  /** In the order in which they were put. */
  #puts: Resource[] = [];

  /** @param onStep told of each resource that is put or removed */
  constructor(
    private readonly there: Resources,
    private readonly onStep: (step: ResourceStep) => void,
  ) {}

  get(key: string): Resource | undefined {
    return this.#own.get(key) ?? (this.#own.has(key) ? undefined : this.there.get(key));
  }

  put(resource: Resource): void {
    this.#own.set(keyOf(resource), resource);
    this.#puts.push(resource);
    this.onStep({ put: resource });
  }

  remove(key: string): void {
    if (!this.get(key)) return;
    this.#own.set(key, undefined);
    this.onStep({ removed: key });
  }

  all(): IterableIterator<Resource> {
    return this.#own.size === 0 ? this.there.all() : this.#laidOver();
  }

  ofKind(kind: string): readonly Resource[] {
    const there = this.there.ofKind(kind);
    if (this.#own.size === 0) return there;
    const kept = there.flatMap((resource) => this.get(keyOf(resource)) ?? []);
    const put = [...this.#own].flatMap(([key, own]) =>
      own && this.there.get(key)?.kind !== kind ? own : [],
    );
    return [...kept, ...put].filter((resource) => resource.kind === kind);
  }

  about(word: string): readonly Resource[] {
    const there = this.there.about(word);
    if (this.#own.size === 0) return there;
    return [
      ...there.filter((resource) => !this.#own.has(keyOf(resource))),
      ...this.#puts.filter((put) => put.about === word && this.#own.get(keyOf(put)) === put),
    ];
  }

  *#laidOver(): IterableIterator<Resource> {
    for (const resource of this.there.all()) {
      const now = this.get(keyOf(resource));
      if (now) yield now;
    }
    for (const [key, resource] of this.#own) if (resource && !this.there.get(key)) yield resource;
  }
}
