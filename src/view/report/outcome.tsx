import type { Severity } from '../../audit/rule.js';
import type { RuleVerdict } from '../../audit/verdict.js';
import { isKnown, isRed, worstOf } from '../../report/describe.js';
import type { Chapter } from '../../report/report.js';
import { inContext } from '../../texts/spoken.js';
import { useText } from '../text.js';

/** What a rule has come to, in a word that is also a class of the style sheet. */
export type Come = 'passed' | Severity | 'untested' | 'off' | 'known';

export function cameTo(rule: RuleVerdict): Come {
  const { outcome } = rule;
  if (outcome === 'failed') return worstOf(rule);
  return outcome === 'not exercised' ? 'untested' : outcome;
}

/** Outcomes in words. */
export const SPOKEN: Readonly<Record<Come, string>> = {
  passed: 'passed',
  error: 'failed: error',
  warning: 'failed: warning',
  note: 'failed: note',
  untested: 'not exercised',
  off: 'off',
  known: 'known',
};

/** How a chapter is marked: by its gravest finding. */
export function gravest(chapter: Chapter): Come {
  const { counts, rules } = chapter.verdict;
  if (isRed(chapter)) return 'error';
  if (isKnown(chapter)) return 'known';
  if (chapter.notPlayed !== undefined) return 'untested';
  if (counts.warning > 0) return 'warning';
  if (counts.note > 0) return 'note';
  return rules.some(({ tested }) => tested > 0) ? 'passed' : 'untested';
}

const GLYPHS: Readonly<Record<Come, string>> = {
  passed: '✓',
  error: '✗',
  warning: '!',
  note: 'i',
  untested: '·',
  off: '–',
  known: '~',
};

/** The mark of an outcome: a shape to see, a word to hear. */
export function Badge({ come, spoken = SPOKEN[come] }: { come: Come; spoken?: string }) {
  const t = useText();
  return (
    <span class={`outcome-mark ${come}`}>
      <span aria-hidden="true">{GLYPHS[come]}</span>
      <span class="spoken">
        {spoken && (come === spoken ? inContext('rule', spoken) : t(spoken))}
      </span>
    </span>
  );
}

export function OutcomeMark({ rule }: { rule: RuleVerdict }) {
  return <Badge come={cameTo(rule)} />;
}
