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
  /** Those with this word, at no cost for all the others. */
  about(word: string): readonly Resource[];
}

/** A resource to be kept; its moment is the present one, or that of what stood under its id. */
export type NewResource<R extends Resource = Resource> = Omit<R, 'created' | 'facts'> &
  Partial<Pick<R, 'created' | 'facts'>>;

/** The resources of one session, oldest first; the oldest go when there are too many. */
export class Resources implements ResourceView {
  readonly #byKey = new Map<string, Resource>();
  readonly #byWord = new Map<string, Set<Resource>>();
  #dropped = 0;

  /** @param onDrop told of a resource that had to go */
  constructor(
    readonly limit: number,
    private readonly onDrop: (resource: Resource) => void = () => {},
  ) {}

  get(key: string): Resource | undefined {
    return this.#byKey.get(key);
  }

  put(resource: Resource): void {
    this.#forget(this.#byKey.get(keyOf(resource)));
    this.#byKey.set(keyOf(resource), resource);
    this.#remember(resource);
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

  about(word: string): readonly Resource[] {
    return [...(this.#byWord.get(word) ?? [])];
  }

  get size(): number {
    return this.#byKey.size;
  }

  get dropped(): number {
    return this.#dropped;
  }

  #remember(resource: Resource): void {
    const { about } = resource;
    if (about === undefined) return;
    const others = this.#byWord.get(about);
    if (others) others.add(resource);
    else this.#byWord.set(about, new Set([resource]));
  }

  #forget(resource: Resource | undefined): void {
    const others = resource?.about === undefined ? undefined : this.#byWord.get(resource.about);
    if (!resource || !others) return;
    others.delete(resource);
    if (others.size === 0) this.#byWord.delete(resource.about as string);
  }
}
