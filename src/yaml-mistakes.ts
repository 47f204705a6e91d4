import { isAlias, isCollection, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { ErrorCode } from './error-codes.js';

/** What is wrong with a node of a YAML text that YAML itself allows. */
export interface YamlMistake {
  node: Node;
  code: ErrorCode;
  message: string;
  hint: string;
}

/** YAML 1.2 §10.3: what texts, numbers and the rest are of without being told so. */
const CORE = /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/;

/** Nodes that would cost more than they say, or mean something else to other readers, in one pass. */
export function yamlMistakes(root: Node | null, mostKeys = MAX_KEYS): YamlMistake[] {
  const found: YamlMistake[] = [];
  const tell: Tell = (node, code, message, hint) => found.push({ node, code, message, hint });
  if (root) look(root, [], mostKeys, tell);
  return found;
}

/** More than any file of ours has in one place. */
const MAX_KEYS = 5000;

type Tell = (node: Node, code: ErrorCode, message: string, hint: string) => void;

/** @param around anchors of the nodes that this one stands in */
function look(node: Node, around: readonly string[], mostKeys: number, tell: Tell): void {
  if (isAlias(node)) {
    if (!around.includes(node.source)) return;
    const message = `the alias *${node.source} stands inside of what it names`;
    tell(node, 'FILE_ALIAS', message, 'write the value out');
    return;
  }
  if (node.tag !== undefined && !CORE.test(node.tag)) {
    const message = `the tag ${node.tag} is not read`;
    tell(node, 'FILE_TAG', message, 'leave it out: values are plain YAML 1.2');
  }
  const names = isCollection(node) && node.anchor ? [...around, node.anchor] : around;
  for (const inner of within(node, mostKeys, tell)) look(inner, names, mostKeys, tell);
}

/** The values of a list or a mapping, the mapping's keys looked at. */
function within(node: Node, mostKeys: number, tell: Tell): Node[] {
  if (isSeq<Node>(node)) return node.items;
  if (!isMap<Node, Node | null>(node)) return [];
  if (node.items.length > mostKeys) {
    const message = `a mapping of more than ${mostKeys} keys`;
    tell(node, 'FILE_TOO_LARGE', message, 'is it the right file?');
    return [];
  }
  const seen = new Set<unknown>();
  for (const { key } of node.items) {
    if (!isScalar(key)) {
      const hint = 'a key is a text, a number or true/false';
      tell(key ?? node, 'FILE_KEY_IS_NO_TEXT', 'this key is no text', hint);
    } else if (seen.has(key.value)) {
      const message = `the key "${String(key.value)}" stands twice`;
      const hint =
        key.value === '<<' ? 'merge both by one: <<: [*a, *b]' : 'leave one of the two out';
      tell(key, 'FILE_KEY_TWICE', message, hint);
    } else seen.add(key.value);
  }
  return node.items.flatMap(({ value }) => value ?? []);
}
