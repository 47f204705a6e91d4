/**
 * A map whose values are made when somebody first asks for them. Its keys, their order and their number are known
 * without making any.
 */
export class MapOnDemand<From, To extends object> extends Map<string, To> {
  readonly #unmade: Map<string, From>;
  readonly #make: (key: string, from: From) => To;

  constructor(from: ReadonlyMap<string, From>, make: (key: string, from: From) => To) {
    super();
    this.#unmade = new Map(from);
    this.#make = make;
    // Their places in the order.
    for (const key of from.keys()) this.set(key, undefined as never);
  }

  override get(key: string): To | undefined {
    const made = super.get(key);
    if (made !== undefined) return made;
    const from = this.#unmade.get(key);
    if (from === undefined) return undefined;
    const value = this.#make(key, from);
    this.#unmade.delete(key);
    this.set(key, value);
    return value;
  }

  override values(): MapIterator<To> {
    this.#makeAll();
    return super.values();
  }

  override entries(): MapIterator<[string, To]> {
    this.#makeAll();
    return super.entries();
  }

  override [Symbol.iterator](): MapIterator<[string, To]> {
    return this.entries();
  }

  override forEach(each: (value: To, key: string, map: Map<string, To>) => void): void {
    this.#makeAll();
    super.forEach(each);
  }

  #makeAll(): void {
    for (const key of [...this.#unmade.keys()]) this.get(key);
  }
}
