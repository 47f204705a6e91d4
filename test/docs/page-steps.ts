import { read } from './pages.js';

/** What a page asks its reader to do, in its order. */
export type Step =
  | { kind: 'file'; name: string; text: string }
  | { kind: 'mend'; name: string; text: string }
  | { kind: 'copy'; name: string; from: string }
  | { kind: 'run'; text: string }
  | { kind: 'shown'; text: string };

/** Blocks in languages that no Debian has a shell for. */
const NOT_RUN = ['powershell'];
const BLOCK = /^```(?<language>\w*)\n(?<text>.*?)^```$/;
const COPY = /\]\((?:\.\.\/)+(?<from>examples\/[^)]*)\)[^`\n]*`(?<name>[^`\n]+)`/;
const PIECE = new RegExp(`${BLOCK.source}|${COPY.source}`, 'gms');

/**
 * Reads a tutorial: a line that ends with the name of a file and a colon stands before the file's text, or before the
 * lines to mend in it; `sh` is run, `text` is what that prints; an example of the package is saved under a name.
 */
export function stepsOf(page: string): Step[] {
  const content = read(page);
  return [...content.matchAll(PIECE)].flatMap(({ index, groups = {} }): Step[] => {
    const { language = '', text = '', from, name = '' } = groups;
    if (from !== undefined) return [{ kind: 'copy', name, from }];
    if (NOT_RUN.includes(language)) return [];
    if (language === 'sh') return [{ kind: 'run', text }];
    if (language === 'text') return [{ kind: 'shown', text }];
    const [file] = /`([^`\n]+)`[^`\n]*:\s*$/.exec(content.slice(0, index))?.slice(1) ?? [];
    if (file === undefined) throw new Error(`${page}: no file is named before\n${text}`);
    return [{ kind: language === 'diff' ? 'mend' : 'file', name: file, text }];
  });
}

/** A file in which the lines of a diff are mended; `@@` stands between two places. */
export function mended(content: string, diff: string): string {
  return diff.split(/^@@.*\n/m).reduce(mendedInOnePlace, content);
}

function mendedInOnePlace(content: string, diff: string): string {
  const side = (out: string) =>
    diff
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith(out))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const parts = content.split(side('+'));
  if (parts.length !== 2) throw new Error(`found ${parts.length - 1} times:\n${side('+')}`);
  return parts.join(side('-'));
}

/** What differs from run to run, and from machine to machine. */
export function masked(text: string): string {
  return (
    text
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{5,}/g, 'ID')
      .replace(/127\.0\.0\.1:\d+/g, 'HOST')
      .replace(/\d\d:\d\d:\d\d\.\d{3}/g, 'MOMENT')
      .replace(/\d+(\.\d+)? ?m?s\b/g, 'TIME')
      // A machine that is busy lets a client that sleeps a second ask less often.
      .replace(/\d+ of \d+ polls/g, 'polls')
      .replace(/#\d+ (?=MOMENT)/g, '')
      .replace(/\d+ (error|request|finding)s?\b/g, '$1')
      .replace(/[ \t]+$/gm, '')
  );
}
