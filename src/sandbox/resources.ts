import type { Moment } from '../time/moments.js';

/** What a finished job made or changed. */
export interface Resource {
  id: string;
  /** The pack's word for what it is. */
  kind: string;
  /** As the API shows it. */
  document: Record<string, unknown>;
  /** A few words by which a person knows it. */
  title?: string | undefined;
  /** What the pack keeps beside the document. */
  facts: Record<string, unknown>;
  created: Moment;
  /** A word of the pack by which it is found together with others: see {@link ResourceView.about}. */
  about?: string | undefined;
  /** What it is kept under; left out: its id. Two kinds of a binding may both have one with the id 1. */
  key?: string | undefined;
}

/** What a resource of a kind of the binding is kept under. */
export function keyIn(kind: string, id: string): string {
  return `${kind}/${id}`;
}

export function keyOf({ key, id }: Resource): string {
  return key ?? id;
}

/** Resources as whoever decides sees them. */
export interface ResourceView {
  /** @param key its id, unless it is kept under another one */
  get(key: string): Resource | undefined;
  /** Puts a resource there, or another in its place. */
  put(resource: Resource): void;
  /** Takes a resource away. */
  remove(key: string): void;
  /** Oldest first. */
  all(): IterableIterator<Resource>;
  /** Those of a kind, oldest first, at no cost for all the others. */
  ofKind(kind: string): readonly Resource[];
  /** Those with this word, at no cost for all the others. */
  about(word: string): readonly Resource[];
}

/** A resource to be kept; its moment is the present one, or that of what stood under its id. */
export type NewResource<R extends Resource = Resource> = Omit<R, 'created' | 'facts'> &
  Partial<Pick<R, 'created' | 'facts'>>;

/** The resources of one session, oldest first; the oldest go when there are too many. */
export class Resources implements ResourceView {
  #byKey = new Map<string, Resource>();
  /** By kind, then by key: another in the place of one keeps that place. */
  readonly #byKind = new Map<string, Map<string, Resource>>();
  readonly #byWord = new Map<string, Set<Resource>>();
  #dropped = 0;

  /** @param onDrop told of a resource that had to go */
  constructor(
    readonly limit: number,
    private readonly onDrop: (resource: Resource) => void = () => {},
  ) {}

  copy(onDrop: (resource: Resource) => void): Resources {
    const copy = new Resources(this.limit, onDrop);
    copy.#byKey = new Map(this.#byKey);
    for (const [kind, alike] of this.#byKind) copy.#byKind.set(kind, new Map(alike));
    for (const [word, alike] of this.#byWord) copy.#byWord.set(word, new Set(alike));
    copy.#dropped = this.#dropped;
    return copy;
  }

  get(key: string): Resource | undefined {
    return this.#byKey.get(key);
  }

  put(resource: Resource): void {
    const key = keyOf(resource);
    this.#forget(this.#byKey.get(key), resource.kind);
    this.#byKey.set(key, resource);
    this.#remember(resource, key);
    if (this.#byKey.size <= this.limit) return;
    const [oldest] = this.#byKey.values();
    if (!oldest) return;
    this.remove(keyOf(oldest));
    this.#dropped += 1;
    this.onDrop(oldest);
  }

  remove(key: string): void {
    this.#forget(this.#byKey.get(key));
    this.#byKey.delete(key);
  }

  all(): IterableIterator<Resource> {
    return this.#byKey.values();
  }

  ofKind(kind: string): readonly Resource[] {
    return [...(this.#byKind.get(kind)?.values() ?? [])];
  }

  about(word: string): readonly Resource[] {
    return [...(this.#byWord.get(word) ?? [])];
  }

  get size(): number {
    return this.#byKey.size;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** Notes how many had to go before. */
  hasDropped(count: number): void {
    this.#dropped = count;
  }

  #remember(resource: Resource, key: string): void {
    const { about, kind } = resource;
    const alike = this.#byKind.get(kind);
    if (alike) alike.set(key, resource);
    else this.#byKind.set(kind, new Map([[key, resource]]));
    if (about === undefined) return;
    const others = this.#byWord.get(about);
    if (others) others.add(resource);
    else this.#byWord.set(about, new Set([resource]));
  }

  /** @param next kind of what takes its place; undefined: nothing does */
  #forget(resource: Resource | undefined, next?: string): void {
    if (!resource) return;
    if (resource.kind !== next) this.#byKind.get(resource.kind)?.delete(keyOf(resource));
    const others = resource.about === undefined ? undefined : this.#byWord.get(resource.about);
    if (!others) return;
    others.delete(resource);
    if (others.size === 0) this.#byWord.delete(resource.about as string);
  }
}
