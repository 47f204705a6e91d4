import { isMap, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { ErrorCode } from '../error-codes.js';
import { FileError, type Problem } from '../problem.js';
import { plain, type YamlFile } from '../yaml.js';

/** Keys and places in lists that lead from the top of a file to one of its values. */
export type Path = readonly (string | number)[];

/** What a mistake is beside its code and text. */
export interface Weight {
  /** `warning`: worth a look; lint stays green. */
  severity?: Problem['severity'];
  /** The file is used all the same: earlier versions took it. */
  usable?: boolean;
}

/** A YAML file as it is checked: its values by their paths, and every mistake that is found. */
export class FormatDocument {
  readonly problems: Problem[] = [];
  readonly #noted = new Set<string>();
  readonly #faulty = new Set<string>();
  /** Faulty paths, and those of everything around them. */
  readonly #around = new Set<string>();
  /** A mapping may have thousands of keys: each is looked up, not searched. */
  readonly #pairs = new WeakMap<YAMLMap, Map<string, Pair>>();

  constructor(readonly yaml: YamlFile) {
    // A comment in Windows-1251 has never kept a file from being used.
    if (yaml.damaged) this.problems.push({ ...yaml.damaged, usable: true });
  }

  /** The node at a path; undefined where the file has none. */
  node(path: Path): Node | undefined {
    let here: unknown = this.yaml.root;
    for (const part of path) {
      if (isMap(here)) here = this.#pairsOf(here).get(String(part))?.value;
      else if (isSeq(here)) here = here.items[part as number];
      else return undefined;
    }
    return (here ?? undefined) as Node | undefined;
  }

  /** The key that a path ends with. */
  keyNode(path: Path): Node | undefined {
    const map = this.node(path.slice(0, -1));
    if (!isMap(map)) return undefined;
    return this.#pairsOf(map).get(String(path.at(-1)))?.key as Node | undefined;
  }

  has(path: Path): boolean {
    return this.node(path) !== undefined;
  }

  get isFlawless(): boolean {
    return this.#faulty.size === 0;
  }

  /** Has something been said of this value already, so that it is not to be looked at any more? */
  isFaulty(path: Path): boolean {
    return this.#faulty.has(JSON.stringify(path));
  }

  /** The same of the value, or of anything inside of it. */
  isFaultyWithin(path: Path): boolean {
    return this.#around.has(JSON.stringify(path));
  }

  /** Notes a mistake at a value, or at the nearest one around it that the file really has. */
  wrong(path: Path, code: ErrorCode, message: string, hint?: string, weight: Weight = {}): void {
    let length = path.length;
    while (length > 0 && !this.has(path.slice(0, length))) length -= 1;
    this.#note(this.node(path.slice(0, length)), code, message, hint, weight);
    this.#faulty.add(JSON.stringify(path));
    for (let shorter = path.length; shorter >= 0; shorter -= 1) {
      this.#around.add(JSON.stringify(path.slice(0, shorter)));
    }
  }

  /** Notes a mistake at a key. */
  wrongKey(path: Path, code: ErrorCode, message: string, hint?: string, weight: Weight = {}): void {
    this.#note(this.keyNode(path) ?? this.node(path), code, message, hint, weight);
  }

  /** @throws FileError with every mistake, in the order of the file, unless the file can be used all the same */
  end(): Problem[] {
    const problems = this.problems.sort((a, b) => a.line - b.line || a.column - b.column);
    if (problems.some(({ usable }) => !usable)) throw new FileError(problems);
    return problems;
  }

  #pairsOf(map: YAMLMap): Map<string, Pair> {
    const known = this.#pairs.get(map);
    if (known) return known;
    const pairs = new Map(map.items.map((pair) => [String(plain(pair.key)), pair]));
    this.#pairs.set(map, pairs);
    return pairs;
  }

  #note(node: Node | undefined, code: ErrorCode, message: string, hint = '', weight: Weight): void {
    const problem = this.yaml.problem(node, code, message, hint === '' ? undefined : hint);
    // What an anchor names stands in several places, and is one mistake.
    const key = JSON.stringify([problem.line, problem.column, code, message]);
    if (this.#noted.has(key)) return;
    this.#noted.add(key);
    this.problems.push({ ...problem, ...weight });
  }
}
