import type { createColors } from 'picocolors';
import type { Cause, CauseFinding } from '../audit/cause.js';
import { causesOf } from '../audit/causes.js';
import { formatClockTime, formatCount } from '../audit/format.js';
import { say } from '../say.js';
import { t } from '../texts/spoken.js';
import { printable } from '../view/printable.js';
import { glyphOf, standingOfCause, tellProof } from './describe.js';
import type { Report } from './report.js';

type Colors = ReturnType<typeof createColors>;

/** What there is to change; what a baseline knows comes last. */
export function causesTold(report: Report): Cause[] {
  const causes = causesOf(report.chapters);
  const isKnown = (cause: Cause) => standingOfCause(cause, report) === 'known';
  return [...causes.filter((one) => !isKnown(one)), ...causes.filter(isKnown)];
}

/** `in 3 of 8 scenarios`; nothing for a report of one. */
export function tellSpread({ scenarios }: Cause, { chapters }: Report): string {
  const all = Math.max(chapters.length, scenarios.length);
  return all > 1 ? t`in ${scenarios.length} of ${formatCount(all, 'scenario')}` : '';
}

/** `✗ Wait until the newest eta before each poll  error, in 3 of 8 scenarios`. */
export function causeTitle(cause: Cause, report: Report, paint: Colors): string {
  const { severity, title } = cause;
  const color = severity === 'error' ? paint.red : paint.yellow;
  const spread = tellWeight(cause, report);
  return `${color(glyphOf(severity))} ${paint.bold(printable(t(title)))}  ${paint.dim(spread)}`;
}

/** `error, in 3 of 8 scenarios, known to the baseline`. */
export function tellWeight(cause: Cause, report: Report): string {
  const known = t(tellStanding(cause, report));
  return [t(cause.severity), tellSpread(cause, report), known].filter(Boolean).join(', ');
}

/** Empty where there is no baseline. */
export function tellStanding(cause: Pick<Cause, 'id'>, report: Report): string {
  const standing = standingOfCause(cause, report);
  if (standing === undefined) return '';
  return standing === 'known' ? KNOWN : FRESH;
}

const KNOWN = say`known to the baseline`;
const FRESH = say`not in the baseline`;

/** What to change, one line of evidence, how to change it, and where that is shown. */
export function causeLines(cause: Cause, report: Report, paint: Colors): string[] {
  const { evidence, advice, help } = cause;
  return [
    causeTitle(cause, report, paint),
    `  ${tellEvidence(evidence, report)}`,
    `      → ${printable(t(advice))}`,
    paint.dim(`      ${t`wrong and right code: ${help}`}`),
  ];
}

/** `error eta-respected: 3 of 4 polls came before … (job …)`, with the scenario where there are several. */
function tellEvidence({ chapter, finding }: CauseFinding, { chapters }: Report): string {
  const { severity, rule, message, job, evidence } = finding;
  const [first] = evidence;
  const name = chapters[chapter]?.name ?? '';
  const where = first === undefined ? name : `${name} #${first.seq}`;
  const place = chapters.length > 1 ? where : job === undefined ? '' : t`job ${job}`;
  return printable(`${t(severity)} ${rule}: ${t(message)}${place && ` (${place})`}`);
}

/** The exchanges that show it. */
export function proofLines({ evidence: { finding } }: Cause): string[] {
  return finding.evidence.map(({ seq, at, text }) =>
    printable(`      #${seq} ${formatClockTime(at)}  ${tellProof({ text })}`),
  );
}

/** Findings that go with it: each in a line, or how many there are when they are of several scenarios. */
export function symptomLines(
  { findings, symptoms, evidence }: Cause,
  { chapters }: Report,
): string[] {
  const others = [...findings, ...symptoms].filter((one) => one !== evidence);
  if (others.length === 0) return [];
  if (chapters.length === 1) {
    return others.map(({ finding: { severity, rule, message } }) =>
      printable(`      ${t('also')}: ${t(severity)} ${rule}: ${t(message)}`),
    );
  }
  const rules = [...new Set(others.map(({ finding }) => finding.rule))];
  return [`      ${t`also: ${formatCount(others.length, 'finding')} of ${rules.join(', ')}`}`];
}
