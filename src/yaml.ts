import {
  Composer,
  type CST,
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  Parser,
  YAMLParseError,
} from 'yaml';
import { wholeSigns } from './contract/half-signs.js';
import type { ErrorCode } from './error-codes.js';
import { FileError, type Problem } from './problem.js';
import { expandAliases } from './yaml-expand.js';
import { type YamlMistake, yamlMistakes } from './yaml-mistakes.js';

/** A YAML (or JSON) text with the place of each of its nodes. */
export interface YamlFile {
  file: string;
  /** Aliases are followed and `<<` is merged: what stands in several places is one node, at its anchor. */
  root: Node | null;
  /** Line and column, from 1, where a node starts; the top of the file for a missing node. */
  at(node: Node | null | undefined): { line: number; column: number };
  problem(node: Node | null | undefined, code: ErrorCode, message: string, hint?: string): Problem;
  /** Where a byte stood that is no text, if `fileText` has read it; here it is U+FFFD. */
  damaged: Problem | undefined;
  /** The plain value. */
  value(): unknown;
}

/** A hundred times the longest scenario. */
const MAX_LENGTH = 1024 * 1024;

/**
 * Reads YAML 1.2, in time that grows with the text's length alone.
 * @param longest in characters
 * @param mostKeys in one mapping
 * @throws FileError that holds every syntax error
 */
export function readYaml(
  file: string,
  raw: string,
  longest = MAX_LENGTH,
  mostKeys?: number,
): YamlFile {
  if (raw.length > longest) {
    const message = `is longer than ${longest} characters`;
    const hint = 'is it the right file?';
    throw new FileError([{ code: 'FILE_TOO_LARGE', file, line: 0, column: 0, message, hint }]);
  }
  refuseBinary(file, raw);
  const bad = raw.search(/\p{Surrogate}/u);
  const text = bad < 0 ? raw : wholeSigns(raw);
  const lines = new LineCounter();
  const doc = compose(file, text, lines);
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  if (doc.errors.length > 0) {
    throw new FileError(
      firstOfEach(doc.errors).map((e) => ({
        code: 'FILE_NOT_YAML' as const,
        file,
        ...place(e.pos[0]),
        message: `not readable as YAML: ${e.message.replace(/\s+/g, ' ')}`,
        hint: 'check the indentation, quotes and colons on this line and the one above',
      })),
    );
  }
  const at = (node: Node | null | undefined) =>
    node?.range ? place(node.range[0]) : { line: 1, column: 1 };
  const problem: YamlFile['problem'] = (node, code, message, hint) => ({
    code,
    file,
    ...at(node),
    message,
    ...(hint ? { hint } : {}),
  });
  const refuse = (mistakes: readonly YamlMistake[]) => {
    if (mistakes.length === 0) return;
    throw new FileError(
      mistakes.map(({ node, code, message, hint }) => problem(node, code, message, hint)),
    );
  };
  refuse(yamlMistakes(doc.contents, mostKeys));
  if (/[&*]|<</.test(text)) {
    const { root, mistakes } = expandAliases(doc.contents, MAX_DEPTH);
    refuse(mistakes);
    doc.contents = root as typeof doc.contents;
  }
  const value = () => doc.toJS();
  const damaged =
    bad < 0
      ? undefined
      : { code: 'FILE_NOT_UTF8' as const, file, ...place(bad), message: NOT_UTF8, hint: SAVE };
  return { file, root: doc.contents, at, problem, damaged, value };
}

const NOT_UTF8 = 'there are bytes here that are not UTF-8';
const SAVE = 'save the file as UTF-8; editors of Windows often write Windows-1251 or UTF-16';

/** YAML 1.2 §5.1: no text holds NUL. UTF-16, which PowerShell and old editors write, is full of it. */
function refuseBinary(file: string, text: string): void {
  if (!text.includes('\0')) return;
  const message = 'is not a text in UTF-8';
  throw new FileError([{ code: 'FILE_NOT_UTF8', file, line: 1, column: 1, message, hint: SAVE }]);
}

/** Each bracket that a cut-off file leaves open is told by the library at the same place: the first will do. */
function firstOfEach(errors: readonly YAMLParseError[]): YAMLParseError[] {
  return [
    ...new Map([...errors].reverse().map((error) => [error.pos[0], error])).values(),
  ].reverse();
}

/** Deeper than any file that people write; what reads the values calls itself for each level. */
const MAX_DEPTH = 200;

function compose(file: string, text: string, lines: LineCounter): Document.Parsed {
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  // The library calls itself for each level, and V8 may end the process when its stack is full.
  const deep = deeperThan(MAX_DEPTH, tokens);
  if (deep !== undefined) {
    const { line, col } = lines.linePos(deep);
    const message = `nested deeper than ${MAX_DEPTH} levels`;
    const hint = 'no document needs that';
    throw new FileError([{ code: 'FILE_TOO_DEEP', file, line, column: col, message, hint }]);
  }
  // It also compares every key with every other one; yamlMistakes does that in one pass.
  const [doc, second] = new Composer({ prettyErrors: false, uniqueKeys: false }).compose(
    tokens,
    true,
    text.length,
  );
  if (!doc) throw new Error('a stream that is forced to hold a document holds none');
  if (second) {
    const message = 'this file holds more than one document';
    doc.errors.push(
      new YAMLParseError([second.range[0], second.range[1]], 'MULTIPLE_DOCS', message),
    );
  }
  return doc as Document.Parsed;
}

/** Where something is nested so deep; level by level, without a call for each. */
function deeperThan(levels: number, tokens: readonly CST.Token[]): number | undefined {
  let level: CST.Token[] = [...tokens];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return level[0]?.offset;
    level = level.flatMap(inside);
  }
  return undefined;
}

function inside(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((t) => t != null));
}

/** The plain value of a node of a file. */
export function plain(node: unknown): unknown {
  if (isMap(node)) {
    return Object.fromEntries(
      node.items.map((pair) => [String(plain(pair.key)), plain(pair.value)]),
    );
  }
  if (isSeq(node)) return node.items.map(plain);
  return isScalar(node) ? node.value : null;
}
