import type { Cause } from '../audit/cause.js';
import { causesOf } from '../audit/causes.js';
import { formatCount } from '../audit/format.js';
import { t } from '../texts/spoken.js';
import { tellSpread } from './cause-lines.js';
import { isUnplayed, remarksOf } from './describe.js';
import type { Report } from './report.js';

const COMMANDS = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** GitHub shows ten of each kind a step, and nobody reads more; the summary holds the rest. */
const MOST = 10;

/**
 * Workflow commands of GitHub Actions, one a line: each thing to change becomes an annotation of the run,
 * the gravest first, and so does that scenarios were not played.
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function githubAnnotations(report: Report): string {
  const unplayed = report.chapters.filter(isUnplayed);
  const [first] = unplayed;
  const remark = first ? remarksOf(first).join('; ') : '';
  const title = t`${formatCount(unplayed.length, 'scenario')} not played`;
  const names = unplayed.map(({ name }) => name).join(', ');
  const warning = first?.command ? [command('warning', title, `${names}: ${remark}`)] : [];
  const causes = causesOf(report.chapters).map((cause) => annotation(cause, report));
  return [...causes.slice(0, MOST - warning.length), ...warning].join('');
}

function annotation(cause: Cause, report: Report): string {
  const { title, severity, advice, help, evidence } = cause;
  const { rule, message } = evidence.finding;
  const name = report.chapters[evidence.chapter]?.name ?? '';
  const spread = tellSpread(cause, report);
  const told = [`${rule} (${name}): ${t(message)}`, t(advice), t`wrong and right code: ${help}`];
  return command(
    COMMANDS[severity],
    spread ? `${t(title)} (${spread})` : t(title),
    told.join('\n'),
  );
}

function command(name: string, title: string, text: string): string {
  return `::${name} title=${property(title)}::${data(text)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
