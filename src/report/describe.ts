import type { Cause } from '../audit/cause.js';
import { formatCount } from '../audit/format.js';
import type { Severity } from '../audit/rule.js';
import { worst } from '../audit/severity.js';
import type { Finding, Proof, RuleVerdict, Verdict } from '../audit/verdict.js';
import { fingerprintOf, type KnownCause } from '../formats/baseline/known-cause.js';
import { say } from '../say.js';
import { t } from '../texts/spoken.js';
import { describeFast } from './fast-line.js';
import { whyIncomplete } from './process-words.js';
import type { Chapter, CommandEnd, Report } from './report.js';

const GLYPHS = { error: '✗', warning: '!', note: 'i' } as const;

/** One character for what a rule has come to; findings show how grave they are. */
export function glyph(rule: RuleVerdict): string {
  const { outcome } = rule;
  if (outcome === 'passed') return '✓';
  if (outcome === 'not exercised') return '·';
  if (outcome === 'off') return '–';
  return glyphOf(worstOf(rule));
}

export function glyphOf(severity: Severity): string {
  return GLYPHS[severity];
}

/** The gravest of a rule's findings: some are milder than the rule. */
export function worstOf({ severity, findings }: RuleVerdict): Severity {
  return findings.length === 0 ? severity : worst(findings);
}

/** A rule of severity error is broken, or the command did not end as the scenario expects. */
export function isRed({ verdict, commandFindings = [], standing }: Chapter): boolean {
  if (standing) return standing.fresh > 0;
  return !verdict.held || commandFindings.length > 0;
}

/** Something is wrong with it, and a baseline knows all of that. */
export function isKnown({ standing }: Chapter): boolean {
  return standing !== undefined && standing.known > 0 && standing.fresh + standing.unfinished === 0;
}

/** Is a cause known to the report's baseline, or new to it? Undefined: there is no baseline, or it makes nothing red. */
export function standingOfCause(
  { id }: Pick<Cause, 'id'>,
  report: Report,
): 'known' | 'new' | undefined {
  const { baseline } = report;
  if (baseline?.fresh.some(({ cause }) => cause === id)) return 'new';
  return baseline?.known.some(({ cause }) => cause === id) ? 'known' : undefined;
}

/** What is to be said of the baseline as a whole: how much of it still holds, and what is to leave it. */
export function tellBaseline({ baseline }: Report): string[] {
  if (!baseline) return [];
  const { file, known, fresh, mended, unseen } = baseline;
  const counts = [
    t`${known.length} known`,
    t`${fresh.length} new`,
    ...(mended.length > 0 ? [t`${mended.length} mended`] : []),
    ...(unseen.length > 0 ? [t`${unseen.length} not put to the test`] : []),
  ];
  return [
    `${t`baseline ${file}`}: ${counts.join(', ')}`,
    ...mended.map(
      (one) => t`mended: ${nameOfKnown(one)}; take it out of the file, with --write-baseline`,
    ),
  ];
}

/** `Wait until the newest eta before each poll (ignores-eta/createExport)`. */
export function nameOfKnown(one: KnownCause): string {
  const print = fingerprintOf(one);
  return one.title === undefined ? print : `${t(one.title)} (${print})`;
}

/** How a chapter is marked where there is room for one character. */
export function chapterGlyph(chapter: Chapter): string {
  if (isRed(chapter)) return '✗';
  if (isKnown(chapter)) return '~';
  if (isUnplayed(chapter) || commandFailed(chapter.command)) return '!';
  return '✓';
}

/** Nothing can be said of it. */
export function isUnplayed(chapter: Chapter): boolean {
  return wasNotPlayed(chapter) || wasSilent(chapter.verdict);
}

/** `1 error, 2 warnings`; `no finding`. */
export function formatCounts(chapters: readonly Chapter[]): string {
  const total = (of: 'error' | 'warning' | 'note') =>
    chapters.reduce(
      (sum, { verdict, commandFindings = [] }) =>
        sum + verdict.counts[of] + (of === 'error' ? commandFindings.length : 0),
      0,
    );
  const parts = (['error', 'warning', 'note'] as const)
    .filter((of) => total(of) > 0)
    .map((of) => t(formatCount(total(of), of)));
  return parts.join(', ') || t('no finding');
}

/** Did the client's own command end as it should? */
export function commandFailed(end: CommandEnd | undefined): boolean {
  if (end === undefined || end.stopped || end.code === undefined) return end !== undefined;
  return end.code !== 0 && !end.failureExpected;
}

export function describeCommandEnd({ code, stopped, took }: CommandEnd): string {
  const seconds = (took / 1000).toFixed(1);
  if (stopped) return t`was stopped after ${seconds} s`;
  return code === undefined
    ? t`was killed after ${seconds} s`
    : t`ended with ${code} after ${seconds} s`;
}

/**
 * Nothing was tested: the client under test never spoke to the sandbox, or with nothing that any rule is
 * about, as one does that is given a wrong path.
 */
export function wasSilent({ dropped, jobs, rules }: Verdict): boolean {
  // Once the journal has let exchanges go, no rule counts as tested; its jobs show that some were.
  if (dropped > 0 && jobs.length > 0) return false;
  return rules.every(({ tested, findings }) => tested === 0 && findings.length === 0);
}

/** Why nothing was tested, for who can do something about it. */
export function describeSilence({ session, exchanges, dropped }: Verdict): string {
  const came = exchanges + dropped;
  if (came === 0) return t`no request has come in session ${session}, so nothing was tested`;
  const what = came === 1 ? say`1 request has come` : say`${came} requests have come`;
  const next = say`does the client ask for the right paths? The journal shows what it was answered`;
  return t`nothing was tested in session ${session}: ${what}, and no rule is about any of them; ${next}`;
}

/**
 * The client has not lived through the scenario that its chapter is about, as `whyNotPlayed` has found out, or has
 * not gone through the process that it is held to.
 */
export function wasNotPlayed({ notPlayed, verdict }: Chapter): boolean {
  return notPlayed !== undefined || verdict.process?.outcome === 'incomplete';
}

/** What stands beside the rules. */
export function remarksOf(chapter: Chapter): string[] {
  const { verdict, command, notPlayed, commandFindings = [] } = chapter;
  const remarks = notPlayed === undefined ? [] : [t`not played: ${notPlayed}`];
  if (isKnown(chapter)) remarks.unshift(t('all that is wrong here is known to the baseline'));
  const incomplete = whyIncomplete(verdict.process);
  if (incomplete !== undefined) remarks.push(incomplete);
  remarks.push(...commandFindings.map((finding) => t(finding)));
  if (command && commandFailed(command))
    remarks.push(t`the command ${describeCommandEnd(command)}`);
  if (notPlayed === undefined && command && wasSilent(verdict)) {
    remarks.push(t('no rule was put to the test, so nothing was tested'));
  }
  const doubt = chapter.fast && describeFast(chapter.fast);
  if (doubt !== undefined) remarks.push(doubt);
  if (chapter.file !== undefined) remarks.push(t`its session is kept: ${chapter.file}`);
  return [...remarks, ...letGo(verdict)];
}

function letGo({ dropped }: Verdict): string[] {
  if (dropped === 0) return [];
  return [t`the journal has let ${formatCount(dropped, 'exchange')} go; --keep-journal keeps more`];
}

export function allFindings({ chapters }: Report): { chapter: Chapter; finding: Finding }[] {
  return chapters.flatMap((chapter) =>
    chapter.verdict.rules.flatMap(({ findings }) =>
      findings.map((finding) => ({ chapter, finding })),
    ),
  );
}

/** Of one rule so many findings are told: the next hundred would say the same of other jobs. */
const TOLD = 10;

/** How many findings a rule has, held in the verdict or not. */
export function countFindings({ findings, omitted = 0 }: RuleVerdict): number {
  return findings.length + omitted;
}

/** The findings of a rule that are told, and what is said of the others. */
export function shownFindings(verdict: RuleVerdict): {
  told: readonly Finding[];
  rest: string | undefined;
} {
  const { rule, findings, omitted = 0 } = verdict;
  const left = countFindings(verdict) - TOLD;
  const where =
    omitted > 0 ? say`the JSON report has ${findings.length}` : say`the JSON report has them all`;
  return {
    told: findings.slice(0, TOLD),
    rest: left > 0 ? t`${rule}: ${left} more of the kind; ${where}` : undefined,
  };
}

/** How many exchanges more than those shown. */
export function describeMore({ more }: Finding): string | undefined {
  return more > 0 ? t`and ${more} more` : undefined;
}

const NO_ANSWER = say`no answer`;

/** `GET /job/1 → 200 READY (eta was 12:00:03.000)`, in the language that is spoken: the rest is the client's. */
export function tellProof({ text }: Pick<Proof, 'text'>): string {
  const [, exchange = text, eta] = /^(.*?)(?: \(eta was ([\d:.]+)\))?$/s.exec(text) ?? [];
  const lost = ` → ${NO_ANSWER}`;
  const told = exchange.endsWith(lost)
    ? `${exchange.slice(0, -lost.length)} → ${t(NO_ANSWER)}`
    : exchange;
  return eta === undefined ? told : `${told}${t` (eta was ${eta})`}`;
}
