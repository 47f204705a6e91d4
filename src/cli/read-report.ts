import { readFile } from 'node:fs/promises';
import type { Verdict } from '../audit/verdict.js';
import { FileError } from '../problem.js';
import { fromJsonVerdict, type JsonVerdict } from '../report/json-verdict.js';
import type { Chapter, MadeWith, Report } from '../report/report.js';

/** A JSON report of `exec` or `verdict`, read back. @throws FileError when it is none */
export async function readReport(file: string): Promise<Report> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw problem(file, 'FILE_UNREADABLE', `cannot be read (${error.code})`, 'check the path');
  });
  const hint = 'write one with --report json=FILE';
  let said: { title?: unknown; made?: MadeWith; chapters?: unknown };
  try {
    said = JSON.parse(text) as typeof said;
  } catch {
    throw problem(file, 'REPORT_UNREADABLE', 'this is no JSON', hint);
  }
  const { title, made, chapters } = said ?? {};
  if (typeof title !== 'string' || !Array.isArray(chapters) || !chapters.every(isChapter)) {
    throw problem(file, 'REPORT_UNREADABLE', 'this is no JSON report of exec or verdict', hint);
  }
  return {
    title,
    ...(made ? { made } : {}),
    chapters: chapters.map(({ verdict, ...chapter }) => ({
      ...(chapter as Omit<Chapter, 'verdict'>),
      verdict: fromJsonVerdict(verdict as JsonVerdict) as Verdict,
    })),
  };
}

function isChapter(one: unknown): one is { name: string; verdict: unknown } {
  if (typeof one !== 'object' || one === null) return false;
  const { name, verdict } = one as { name?: unknown; verdict?: Partial<JsonVerdict> };
  return typeof name === 'string' && Array.isArray(verdict?.rules) && Array.isArray(verdict.jobs);
}

function problem(
  file: string,
  code: 'FILE_UNREADABLE' | 'REPORT_UNREADABLE',
  message: string,
  hint: string,
): FileError {
  return new FileError([{ code, file, line: 0, column: 0, message, hint }]);
}
