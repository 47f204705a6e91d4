import { stripVTControlCharacters } from 'node:util';
import { createColors } from 'picocolors';
import type { Cause } from '../audit/cause.js';
import { formatCount } from '../audit/format.js';
import { say } from '../say.js';
import { t } from '../texts/spoken.js';
import { printable } from '../view/printable.js';
import { baselineLines } from './baseline-lines.js';
import { causeLines, causesTold, causeTitle, proofLines, symptomLines } from './cause-lines.js';
import {
  chapterGlyph,
  commandFailed,
  formatCounts,
  isRed,
  isUnplayed,
  remarksOf,
  wasSilent,
} from './describe.js';
import { processLines } from './process-lines.js';
import { whyIncomplete } from './process-words.js';
import type { Chapter, Report } from './report.js';
import { type Colors, lastLine, outputLines, ruleLines, timeLine } from './text.js';
import { untestedEta } from './untested-eta.js';

/** Lines and columns of a terminal that nobody has made larger. */
const SCREEN = 24;
const WIDTH = 100;
/** So many scenarios are named, lest what to change leave the screen. */
const MOST_SCENARIOS = 6;
const OUTPUT = 8;

/**
 * For a terminal, at most a screen where the run is a usual one: what there is to change, the scenarios
 * that are red or were not played, the totals. Every finding stands in the other forms.
 * @param colored with ANSI colours
 */
export function screenReport(report: Report, colored = false): string {
  const paint = createColors(colored);
  const causes = causesTold(report);
  const ending = [
    ...endingOf(report, paint),
    ...etaLine(report, paint),
    ...baselineLines(report, paint),
    ...timeLine(report, paint),
    lastLine(report, paint),
  ];
  // An empty line stands between the two.
  const room = SCREEN - rowsOf(ending) - 1;
  const lines = [...fill(causes, report, room, paint), ...ending];
  return `${lines.join('\n')}\n`;
}

/** Rows of the screen, since long lines are wrapped. */
function rowsOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => {
    const { length } = stripVTControlCharacters(line);
    return sum + Math.max(1, Math.ceil(length / WIDTH));
  }, 0);
}

/** The first cause in full, the others too as long as there is room, then more of the first ones. */
function fill(causes: readonly Cause[], report: Report, room: number, paint: Colors): string[] {
  const blocks = causes.map((cause) => [causeTitle(cause, report, paint)]);
  const grow = (at: number, block: string[]) => {
    const rows = rowsOf(blocks.flat()) - rowsOf(blocks[at] as string[]) + rowsOf(block);
    if (at === 0 || rows <= room) blocks[at] = block;
  };
  causes.forEach((cause, i) => {
    grow(i, causeLines(cause, report, paint));
  });
  causes.forEach((cause, i) => {
    for (const line of [...proofLines(cause), ...symptomLines(cause, report)].slice(
      0,
      MOST_DETAILS,
    )) {
      const longer = [...(blocks[i] as string[]), line];
      if (rowsOf(blocks.flat()) + rowsOf([line]) <= room) blocks[i] = longer;
    }
  });
  // Of those that do not fit even so, one line tells how many there are.
  let most = blocks.length;
  while (most > 1 && rowsOf(blocks.slice(0, most).flat()) + (most < blocks.length ? 1 : 0) > room)
    most -= 1;
  const left = blocks.length - most;
  const rest = left > 0 ? [t`and ${formatCount(left, 'thing')} more to change; ${ALL}`] : [];
  return causes.length > 0 ? [...blocks.slice(0, most).flat(), ...rest, ''] : [];
}

/** Of one cause. */
const MOST_DETAILS = 12;
const ALL = say`--report html=FILE or text=FILE tells all`;

/** Of a single session its remarks, and its rules where nothing is to be changed; of many those that are not green. */
function endingOf({ chapters }: Report, paint: Colors): string[] {
  const [only] = chapters;
  if (only && chapters.length === 1) return [...stepsOf(only, paint), ...endingOfOne(only, paint)];
  const processes = chapters.flatMap((one) => stepsOf(one, paint, true));
  if (processes.length > 0) return processes;
  const wanting = chapters.filter((one) => !['✓', '~'].includes(chapterGlyph(one)));
  const lines = wanting.slice(0, MOST_SCENARIOS).map((one) => scenarioLine(one, paint));
  const left = wanting.length - lines.length;
  if (left > 0) lines.push(`  ${t`and ${formatCount(left, 'scenario')} more`}`);
  return lines.length > 0 ? [...lines, ''] : [];
}

/** The steps of a process; of one among many that is through, how many there were. */
function stepsOf(chapter: Chapter, paint: Colors, isOneOfMany = false): string[] {
  const { process } = chapter.verdict;
  if (!process) return [];
  const mark = chapterGlyph(chapter);
  const colored =
    mark === '✓' ? paint.green(mark) : mark === '✗' ? paint.red(mark) : paint.yellow(mark);
  if (isOneOfMany && mark === '✓') {
    const [head = ''] = processLines(process, paint, true);
    return [`${colored} ${head}`];
  }
  const [head = '', ...steps] = processLines(process, paint, true);
  const incomplete = whyIncomplete(process);
  const remarks = isOneOfMany ? remarksOf(chapter).filter((remark) => remark !== incomplete) : [];
  const others = remarks.map((remark) => `  ${paint.yellow(printable(remark))}`);
  return [`${colored} ${head}`, ...steps, ...others, ''];
}

/** Nothing where the rules of a single session are told anyway, or where nothing at all was tested. */
function etaLine({ chapters }: Report, paint: Colors): string[] {
  const [only] = chapters;
  if (only && chapters.length === 1 && showsRules(only)) return [];
  const line = untestedEta(chapters);
  return line === undefined ? [] : [paint.yellow(line)];
}

/** Of a client that has put nothing to the test there is nothing to tell of each rule. */
function showsRules({ verdict }: Chapter): boolean {
  return verdict.rules.every(({ findings }) => findings.length === 0) && !wasSilent(verdict);
}

function endingOfOne(chapter: Chapter, paint: Colors): string[] {
  const { name, title, verdict, command } = chapter;
  const remarks = remarksOf(chapter);
  const head = `${paint.bold(name)}${title ? `  ${printable(t(title))}` : ''}`;
  const output = command && commandFailed(command) ? outputLines(command.output, OUTPUT) : [];
  return [
    ...(remarks.length > 0 ? [head] : []),
    ...remarks.map((remark) => `  ${paint.yellow(printable(remark))}`),
    ...output,
    ...(remarks.length > 0 ? [''] : []),
    ...(showsRules(chapter) ? [...ruleLines(verdict, paint), ''] : []),
  ];
}

function scenarioLine(chapter: Chapter, paint: Colors): string {
  const mark = chapterGlyph(chapter);
  const said = [
    ...(isRed(chapter) || !isUnplayed(chapter) ? [formatCounts([chapter])] : []),
    ...remarksOf(chapter),
  ].join('; ');
  const colored = mark === '✗' ? paint.red(mark) : paint.yellow(mark);
  return `${colored} ${printable(chapter.name)}  ${paint.dim(printable(said))}`;
}
