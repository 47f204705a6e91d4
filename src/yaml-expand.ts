import { isAlias, isCollection, isMap, isScalar, isSeq, type Node, type Pair, Scalar } from 'yaml';
import type { YamlMistake } from './yaml-mistakes.js';

/** A document may become so many times as long by what its aliases stand for, and by so many values more. */
const TIMES = 10;
const MORE = 10_000;

/** What a value comes to with all that is inside of it. */
interface Extent {
  /** Values in it, itself counted. */
  size: number;
  depth: number;
}

const SINGLE: Extent = { size: 1, depth: 1 };

/**
 * Puts the values that aliases name into their places, and the keys of a merge (`<<: *base`, `<<: [*a, *b]`) into the
 * mapping around it, in the tree itself. A value that stands in several places is one node: a mistake in it is told
 * at its anchor. Merging is that of https://yaml.org/type/merge.html: own keys win, then the first of a list.
 * @param deepest so many levels at most
 * @returns what is wrong; then the tree is of no use
 */
export function expandAliases(
  root: Node | null,
  deepest: number,
): { root: Node | null; mistakes: YamlMistake[] } {
  const expansion = new Expansion(deepest);
  const expanded = root && expansion.follow(root);
  if (root) expansion.checkSize(root);
  return { root: expanded, mistakes: expansion.mistakes };
}

class Expansion {
  readonly mistakes: YamlMistake[] = [];
  readonly #anchors = new Map<string, Node>();
  readonly #extents = new Map<Node, Extent>();
  /** Values that the text itself has. */
  #written = 0;

  constructor(private readonly deepest: number) {}

  /** The node that stands in a place in the end. Anchors hold from where they stand to the next of their name. */
  follow(node: Node): Node {
    this.#written += 1;
    if (isAlias(node)) return this.#named(node.source, node);
    if ('anchor' in node && typeof node.anchor === 'string') this.#anchors.set(node.anchor, node);
    if (isSeq<Node>(node)) node.items = node.items.map((item) => this.follow(item));
    if (isMap<Node, Node | null>(node)) {
      const asWritten = new Map(node.items.map((pair) => [pair, pair.value]));
      for (const pair of node.items) pair.value = pair.value && this.follow(pair.value);
      if (node.items.some(isMerge)) node.items = this.#merged(node.items, asWritten);
    }
    this.#measure(node);
    return node;
  }

  checkSize(root: Node): void {
    const { size } = this.#extentOf(root);
    if (size <= TIMES * this.#written + MORE) return;
    const message = 'what its aliases stand for makes this file more than ten times as long';
    this.#tell(root, 'FILE_TOO_LARGE', message, 'write out what is meant');
  }

  #named(name: string, alias: Node): Node {
    const found = this.#anchors.get(name);
    if (found) return found;
    const message = `the alias *${name} names nothing: there is no &${name} above it`;
    this.#tell(alias, 'FILE_ALIAS', message, `write &${name} in front of the value that is meant`);
    return new Scalar(null) as Node;
  }

  #merged(
    items: readonly Pair<Node, Node | null>[],
    asWritten: ReadonlyMap<Pair<Node, Node | null>, Node | null>,
  ): Pair<Node, Node | null>[] {
    const known = new Set(items.filter((pair) => !isMerge(pair)).map(({ key }) => nameOf(key)));
    return items.flatMap((pair) => {
      if (!isMerge(pair)) return [pair];
      const sources: (Node | null)[] = isSeq<Node>(pair.value) ? pair.value.items : [pair.value];
      return sources.flatMap((source) => {
        if (!isMap<Node, Node | null>(source)) {
          const message = 'the key << takes what a mapping has, and this is none';
          const hint = 'write <<: *NAME, where &NAME stands at a mapping; several are a list';
          this.#tell(asWritten.get(pair) ?? pair.key, 'FILE_MERGE', message, hint);
          return [];
        }
        const fresh = source.items.filter(({ key }) => !known.has(nameOf(key)));
        for (const { key } of fresh) known.add(nameOf(key));
        return fresh;
      });
    });
  }

  #measure(node: Node): void {
    if (!isCollection(node)) return;
    const inner: (Node | null)[] = isMap<Node, Node | null>(node)
      ? node.items.map(({ value }) => value)
      : (node.items as Node[]);
    const extent = { size: 1, depth: 1 };
    for (const value of inner) {
      const { size, depth } = value ? this.#extentOf(value) : SINGLE;
      extent.size += size;
      extent.depth = Math.max(extent.depth, depth + 1);
    }
    this.#extents.set(node, extent);
    if (extent.depth <= this.deepest) return;
    const message = `nested deeper than ${this.deepest} levels by its aliases`;
    if (this.mistakes.length === 0)
      this.#tell(node, 'FILE_TOO_DEEP', message, 'no document needs that');
  }

  #extentOf(node: Node): Extent {
    return this.#extents.get(node) ?? SINGLE;
  }

  #tell(node: Node, code: YamlMistake['code'], message: string, hint: string): void {
    this.mistakes.push({ node, code, message, hint });
  }
}

/** `<<` as YAML 1.1 means it; in quotes it is a key like any other. */
function isMerge({ key }: Pair<Node, Node | null>): boolean {
  return isScalar(key) && key.value === '<<' && (key.type ?? 'PLAIN') === 'PLAIN';
}

function nameOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}
