/** Files that lie in the executable, by their paths. */
export class Tree {
  readonly #folders = new Map<string, Map<string, 'file' | 'folder'>>([['', new Map()]]);
  readonly #sizes: ReadonlyMap<string, number>;

  /** @param sizes in bytes, by paths such as `spec/orders/openapi.yaml` */
  constructor(sizes: Readonly<Record<string, number>>) {
    this.#sizes = new Map(Object.entries(sizes));
    for (const path of this.#sizes.keys()) this.#put(path, 'file');
  }

  #put(path: string, kind: 'file' | 'folder'): void {
    const cut = path.lastIndexOf('/');
    const parent = path.slice(0, Math.max(cut, 0));
    if (!this.#folders.has(parent)) {
      this.#folders.set(parent, new Map());
      this.#put(parent, 'folder');
    }
    this.#folders.get(parent)?.set(path.slice(cut + 1), kind);
  }

  /** In bytes; undefined: there is no such file. */
  sizeOf(path: string): number | undefined {
    return this.#sizes.get(path);
  }

  isFolder(path: string): boolean {
    return this.#folders.has(path);
  }

  /** What lies in a folder, and below it if so wished, by paths from there; undefined: there is no such folder. */
  list(path: string, below = false): readonly (readonly [string, 'file' | 'folder'])[] | undefined {
    const entries = this.#folders.get(path);
    if (!entries || !below) return entries && [...entries];
    return [...entries].flatMap(([name, kind]) => {
      const inner =
        kind === 'folder' ? this.list(path === '' ? name : `${path}/${name}`, true) : [];
      return [
        [name, kind] as const,
        ...(inner ?? []).map(([p, k]) => [`${name}/${p}`, k] as const),
      ];
    });
  }
}
