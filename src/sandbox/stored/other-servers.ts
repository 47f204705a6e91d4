import type { SharedStore } from '../../store/store.js';
import type { Others } from '../session-store.js';
import type { Setup } from '../setup.js';
import { differing, type Part, type Served, servedOf } from './served.js';

/** How often a server tells the others of itself, in milliseconds of the machine. */
const EVERY = 10_000;

/** The servers that share a store: each tells the others what it serves. */
export class OtherServers implements Others {
  #others = new Map<string, string>();
  #differ: readonly Part[] = [];
  #timer: NodeJS.Timeout | undefined;
  #notice: (text: string) => void = () => {};

  constructor(
    private readonly store: SharedStore,
    private readonly setup: Setup,
  ) {}

  get name(): string {
    return this.store.name;
  }

  say(text: string): Promise<void> {
    return this.store.say(text);
  }

  /** @param notice told once of each difference */
  begin(notice: (text: string) => void): void {
    this.#notice = notice;
    const tell = () => void this.hello().catch(() => {});
    tell();
    this.#timer = setInterval(tell, EVERY).unref();
  }

  async hello(): Promise<void> {
    const own = servedOf(this.setup);
    this.#others = await this.store.hello(JSON.stringify(own));
    const parts = new Set<Part>();
    for (const told of this.#others.values()) {
      for (const part of differing(own, read(told))) parts.add(part);
    }
    const before = this.#differ;
    this.#differ = [...parts];
    if (this.#differ.some((part) => !before.includes(part))) this.#notice(differenceIn(parts));
  }

  /** How many servers share the store, this one too, and in what they differ. */
  describe(): { servers: number; differ?: readonly Part[] } {
    const servers = this.#others.size + 1;
    return this.#differ.length > 0 ? { servers, differ: this.#differ } : { servers };
  }

  end(): void {
    clearInterval(this.#timer);
  }
}

function read(told: string): Partial<Served> {
  try {
    return JSON.parse(told);
  } catch {
    return {};
  }
}

function differenceIn(parts: Iterable<Part>): string {
  const what = `another server on this store has other ${[...parts].join(', ')}`;
  return `${what}: a client meets now the one, now the other; give all of them the same`;
}
