import { formatCount } from '../audit/format.js';
import { etaIsAHint } from '../audit/rules/eta-is-a-hint.js';
import { etaRespected, NOBODY_CAN_TELL } from '../audit/rules/eta-respected.js';
import type { RuleVerdict, Verdict } from '../audit/verdict.js';
import { t } from '../texts/spoken.js';
import type { Chapter } from './report.js';

/**
 * Where an API has told etas and nothing shows whether the client reads them, in no session: one line about it, for
 * what is green says nothing of eta then. Undefined where some session shows it, or eta is no promise.
 */
export function untestedEta(chapters: readonly Chapter[]): string | undefined {
  const told = chapters.filter(({ verdict }) => tellsEta(verdict));
  const rules = told.flatMap(({ verdict }) => verdict.rules.filter(isEtaRespected));
  const [first] = rules;
  if (!first || !rules.every(isUntested)) return undefined;
  const where =
    chapters.length > 1
      ? t` in ${rules.length} of ${formatCount(chapters.length, 'scenario')}`
      : '';
  return t`not exercised: ${first.rule}${where}, ${NOBODY_CAN_TELL}`;
}

const isEtaRespected = ({ rule }: RuleVerdict) => rule === etaRespected.name;

function isUntested({ outcome, reason }: RuleVerdict): boolean {
  return outcome === 'not exercised' && reason !== etaIsAHint().wanting;
}

function tellsEta({ jobs }: Verdict): boolean {
  return jobs.some(({ submission, polls }) =>
    [submission, ...polls].some(({ reply, eta }) => eta !== undefined && reply === 'open'),
  );
}
