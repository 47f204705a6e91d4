import type { Millis } from '../scenario/duration.js';

/** What a finished job made or changed. */
export interface Resource {
  id: string;
  /** The pack's word for what it is. */
  kind: string;
  /** As the API shows it. */
  document: Record<string, unknown>;
  /** What the pack keeps beside the document. */
  facts: Record<string, unknown>;
  created: Millis;
}

/** The resources of one session, oldest first; the oldest go when there are too many. */
export class Resources {
  readonly #byId = new Map<string, Resource>();
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
    this.#byId.set(resource.id, resource);
    if (this.#byId.size <= this.limit) return;
    const [oldest] = this.#byId.values();
    if (!oldest) return;
    this.#byId.delete(oldest.id);
    this.#dropped += 1;
    this.onDrop(oldest);
  }

  all(): IterableIterator<Resource> {
    return this.#byId.values();
  }

  get size(): number {
    return this.#byId.size;
  }

  get dropped(): number {
    return this.#dropped;
  }
}
