import type { Moment } from '../time/moments.js';

/** What a finished job made or changed. */
export interface Resource {
  id: string;
  /** The pack's word for what it is. */
  kind: string;
  /** As the API shows it. */
  document: Record<string, unknown>;
  /** What the pack keeps beside the document. */
  facts: Record<string, unknown>;
  created: Moment;
  /** A word of the pack by which it is found together with others: see {@link ResourceView.about}. */
  about?: string | undefined;
}

/** Resources as whoever decides sees them. */
export interface ResourceView {
  get(id: string): Resource | undefined;
  /** Puts a resource there, or another in its place. */
  put(resource: Resource): void;
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
  readonly #byId = new Map<string, Resource>();
  readonly #byWord = new Map<string, Set<Resource>>();
  #dropped = 0;

  /** @param onDrop told of a resource that had to go */
  constructor(
    readonly limit: number,
    private readonly onDrop: (resource: Resource) => void = () => {},
  ) {}

  get(id: string): Resource | undefined {
    return this.#byId.get(id);
  }

  put(resource: Resource): void {
    this.#forget(this.#byId.get(resource.id));
    this.#byId.set(resource.id, resource);
    this.#remember(resource);
    if (this.#byId.size <= this.limit) return;
    const [oldest] = this.#byId.values();
    if (!oldest) return;
    this.#byId.delete(oldest.id);
    this.#forget(oldest);
    this.#dropped += 1;
    this.onDrop(oldest);
  }

  all(): IterableIterator<Resource> {
    return this.#byId.values();
  }

  about(word: string): readonly Resource[] {
    return [...(this.#byWord.get(word) ?? [])];
  }

  get size(): number {
    return this.#byId.size;
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
