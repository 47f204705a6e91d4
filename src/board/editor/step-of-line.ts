import { isSeq } from 'yaml';
import { entriesOf, readSource } from './yaml-source.js';

let known: { text: string; starts: readonly number[]; end: number } | undefined;

/** The step that a line of the text, from 1, is of; undefined: of none. */
export function stepOfLine(text: string, line: number): number | undefined {
  if (known?.text !== text) known = { text, ...linesOf(text) };
  const { starts, end } = known;
  if (line >= end) return undefined;
  const index = starts.findLastIndex((start) => start <= line);
  return index === -1 ? undefined : index;
}

function linesOf(text: string): { starts: number[]; end: number } {
  const list = readSource(text).getIn(['life'], true);
  const entries = isSeq(list) ? entriesOf(text, list) : undefined;
  const lineOf = (at: number) => text.slice(0, at).split('\n').length;
  return {
    starts: (entries ?? []).map(({ start }) => lineOf(start)),
    end: lineOf(entries?.at(-1)?.end ?? 0),
  };
}
