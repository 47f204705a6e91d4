import { type PatternTree, parsePattern } from './pattern-tree.js';

/** Longer texts are of no use as a sample. */
const LONGEST = 4096;

/**
 * A text that a regular expression takes, the same at every call: the first character of each class, the first way of
 * each choice, as few repeats as it allows. Undefined for what only looks around.
 * @example textOfPattern('^AC[0-9a-f]{4}$') // 'AC0000'
 */
export function textOfPattern(pattern: string): string | undefined {
  const tree = parsePattern(pattern);
  return tree && firstText(tree);
}

function firstText(tree: PatternTree): string | undefined {
  if (tree.kind === 'one') return tree.of[0];
  if (tree.kind === 'choice') return firstText(tree.ways[0] as PatternTree);
  if (tree.kind === 'row') return joined(tree.parts.map(firstText));
  if (tree.least === 0) return '';
  const part = firstText(tree.part);
  return part === undefined || part.length * tree.least > LONGEST
    ? undefined
    : part.repeat(tree.least);
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  const text = parts.includes(undefined) ? undefined : parts.join('');
  return text === undefined || text.length > LONGEST ? undefined : text;
}

/** Where an expression sets no end to its repeats, so many more than it asks for. */
const MORE = 12;

function mostOf({ least, most }: { least: number; most: number }): number {
  return Math.min(most, least + MORE);
}

/** How many texts {@link drawText} chooses among, at most: two ways to the same text count twice. */
export function countTexts(tree: PatternTree): number {
  if (tree.kind === 'one') return tree.of.length;
  if (tree.kind === 'choice') return sum(tree.ways.map(countTexts));
  if (tree.kind === 'row') return tree.parts.reduce((count, part) => count * countTexts(part), 1);
  return sum(lengthsOf(tree));
}

/** Of each number of repeats, how many texts it has. */
function lengthsOf(tree: Extract<PatternTree, { kind: 'repeat' }>): number[] {
  const count = countTexts(tree.part);
  const lengths = mostOf(tree) - tree.least + 1;
  return Array.from({ length: Math.max(1, lengths) }, (_, i) => count ** (tree.least + i));
}

/**
 * A text that a regular expression takes, each as likely as the others.
 * @param below gives a whole number from 0 to one below `end`
 * @example drawText(parsePattern('^[A-Z]{3}-\\d{6}$'), randomInt) // 'QXF-204817'
 */
export function drawText(tree: PatternTree, below: (end: number) => number): string {
  if (tree.kind === 'one') return tree.of[below(tree.of.length)] as string;
  if (tree.kind === 'row') return tree.parts.map((part) => drawText(part, below)).join('');
  if (tree.kind === 'choice') {
    const way = pick(tree.ways.map(countTexts), below);
    return drawText(tree.ways[way] as PatternTree, below);
  }
  const times = tree.least + pick(lengthsOf(tree), below);
  return Array.from({ length: times }, () => drawText(tree.part, below)).join('');
}

/** A text from the middle of those that there are: neither the shortest nor the plainest. */
export function middleText(tree: PatternTree): string {
  return drawText(tree, (end) => Math.floor(end / 2));
}

const FINE = 2 ** 30;

/** An index, the likelier the greater its weight. */
function pick(weights: readonly number[], below: (end: number) => number): number {
  if (weights.length === 1) return 0;
  const total = sum(weights.map(finite));
  let rest = (below(FINE) / FINE) * total;
  for (let i = 0; i < weights.length; i += 1) {
    rest -= finite(weights[i] as number);
    if (rest < 0) return i;
  }
  return weights.length - 1;
}

function finite(weight: number): number {
  return Math.min(weight, 1e200);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
