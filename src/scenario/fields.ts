import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { nearest, type Problem } from '../problem.js';
import { ALIAS, aliasesIn, plain, type YamlFile } from '../yaml.js';
import { DURATION_HINT, type Millis, parseDuration } from './duration.js';

/**
 * Reads the fields of one mapping and notes what is wrong with them, each at its place. A reader
 * never throws: it goes on, so that a person sees all mistakes of a file at once.
 */
export class Fields {
  constructor(
    readonly yaml: YamlFile,
    readonly problems: Problem[],
    readonly map: YAMLMap,
    keys: readonly string[],
    what = 'key',
  ) {
    for (const { key } of map.items) {
      const name = String(plain(key));
      if (!keys.includes(name))
        this.wrong(key as Node, `unknown ${what} "${name}"`, nearest(name, keys));
    }
  }

  /** Whatever is wrong with an alias, it is that it is one. */
  wrong(node: Node | undefined | null, message: string, hint?: string): void {
    const said = isAlias(node) ? ALIAS : { message, hint };
    this.problems.push(this.yaml.problem(node ?? this.map, said.message, said.hint));
  }

  node(key: string): Node | undefined {
    const node = this.map.get(key, true) as Node | undefined;
    if (node && isAlias(node)) {
      this.wrong(node, ALIAS.message);
      return undefined;
    }
    return node;
  }

  text(key: string): string | undefined {
    const node = this.node(key);
    if (!node) return undefined;
    if (isScalar(node) && ['string', 'number', 'boolean'].includes(typeof node.value)) {
      return String(node.value);
    }
    this.wrong(node, `"${key}" must be a text`);
    return undefined;
  }

  flag(key: string): boolean | undefined {
    const node = this.node(key);
    if (!node) return undefined;
    if (isScalar(node) && typeof node.value === 'boolean') return node.value;
    this.wrong(node, `"${key}" must be true or false`);
    return undefined;
  }

  whole(key: string, least: number, most: number): number | undefined {
    const node = this.node(key);
    if (!node) return undefined;
    const value = isScalar(node) ? node.value : undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) {
      return value;
    }
    const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`;
    this.wrong(node, `"${key}" must be a whole number`, `from ${range}`);
    return undefined;
  }

  duration(key: string, hint = DURATION_HINT): Millis | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const length = parseDuration(text);
    if (length !== undefined && length >= 0) return length;
    this.wrong(this.node(key), `"${key}: ${text}" is not a duration`, hint);
    return undefined;
  }

  /** A length of time that may be below zero. */
  signed(key: string): Millis | undefined {
    const text = this.text(key);
    const length = text === undefined ? undefined : parseDuration(text);
    if (text !== undefined && length === undefined) {
      this.wrong(
        this.node(key),
        `"${key}: ${text}" is not a time`,
        `${DURATION_HINT}; -1h is past`,
      );
    }
    return length;
  }

  oneOf(key: string, known: readonly string[], what: string): string | undefined {
    const text = this.text(key);
    if (text === undefined || known.includes(text)) return text;
    this.wrong(this.node(key), `unknown ${what} "${text}"`, nearest(text, known));
    return undefined;
  }

  /** The fields of an inner mapping; undefined when it is missing or no mapping. */
  inner(key: string, keys: readonly string[], what = 'key'): Fields | undefined {
    const node = this.node(key);
    if (!node) return undefined;
    if (isMap(node)) return new Fields(this.yaml, this.problems, node, keys, what);
    this.wrong(node, `"${key}" must be a mapping`, `with some of: ${keys.join(', ')}`);
    return undefined;
  }

  /** A mapping whose keys are free. */
  free(key: string): Record<string, unknown> {
    const node = this.node(key);
    if (!node) return {};
    if (!isMap(node)) {
      this.wrong(node, `"${key}" must be a mapping`);
      return {};
    }
    this.refuseAliases(node);
    return plain(node) as Record<string, unknown>;
  }

  /** A mapping of names to single values; inner mappings become dotted names. */
  flat(key: string): Record<string, unknown> {
    const fields = flatten('', this.free(key));
    for (const [name, value] of fields) {
      if (typeof value === 'object' && value !== null) {
        this.wrong(
          this.node(key),
          `"${name}" must be a single value`,
          'a text, number or true/false',
        );
      }
    }
    return Object.fromEntries(fields);
  }

  refuseAliases(node: Node): void {
    for (const alias of aliasesIn(node)) this.wrong(alias, ALIAS.message);
  }

  list(key: string): Node[] | undefined {
    const node = this.node(key);
    if (!node) return undefined;
    if (isSeq(node)) return node.items as Node[];
    this.wrong(node, `"${key}" must be a list`, 'start each entry with "- "');
    return undefined;
  }
}

function flatten(path: string, value: Record<string, unknown>): [string, unknown][] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = path === '' ? key : `${path}.${key}`;
    const deeper = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
    return deeper ? flatten(name, inner as Record<string, unknown>) : [[name, inner]];
  });
}
