import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { FileError, type Problem } from './problem.js';

/** A YAML (or JSON) text with the place of each of its nodes. */
export interface YamlFile {
  file: string;
  root: Node | null;
  /** Line and column, from 1, where a node starts; the top of the file for a missing node. */
  at(node: Node | null | undefined): { line: number; column: number };
  problem(node: Node | null | undefined, message: string, hint?: string): Problem;
}

/** Reads YAML 1.2; throws a {@link FileError} that holds every syntax error. */
export function readYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  if (doc.errors.length > 0) {
    throw new FileError(
      doc.errors.map((e) => ({
        file,
        ...place(e.pos[0]),
        message: `not readable as YAML: ${e.message.replace(/\s+/g, ' ')}`,
        hint: 'check the indentation, quotes and colons on this line and the one above',
      })),
    );
  }
  const at = (node: Node | null | undefined) =>
    node?.range ? place(node.range[0]) : { line: 1, column: 1 };
  return {
    file,
    root: doc.contents,
    at,
    problem: (node, message, hint) => ({ file, ...at(node), message, ...(hint ? { hint } : {}) }),
  };
}

/** What is wrong with an alias, wherever one stands. */
export const ALIAS = { message: 'aliases are not read here', hint: 'write the value out' };

/** Every alias in a node, at whatever depth. */
export function aliasesIn(node: Node): Node[] {
  const found: Node[] = [];
  visit(node, { Alias: (_, alias) => void found.push(alias) });
  return found;
}

/** The plain value of a node. Aliases are not followed: they are refused where the file is checked. */
export function plain(node: unknown): unknown {
  if (isMap(node)) {
    return Object.fromEntries(
      node.items.map((pair) => [String(plain(pair.key)), plain(pair.value)]),
    );
  }
  if (isSeq(node)) return node.items.map(plain);
  if (isScalar(node)) return node.value;
  return isAlias(node) ? undefined : null;
}
