import type { Severity } from '../../audit/rule.js';
import type { RuleVerdict, Verdict } from '../../audit/verdict.js';
import { type Html, html } from './escape.js';

/** What a rule has come to, in a word that is also a class of the style sheet. */
export type Come = 'passed' | Severity | 'untested' | 'off';

export function cameTo({ outcome, severity }: RuleVerdict): Come {
  if (outcome === 'failed') return severity;
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
};

/** How a whole verdict is marked: by its gravest finding. */
export function gravest({ counts, rules }: Verdict): Come {
  if (counts.error > 0) return 'error';
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
};

/** The mark of an outcome: a shape to see, a word to hear. */
export function badge(come: Come, spoken: string = SPOKEN[come]): Html {
  return html`<span class="outcome-mark ${come}"><span aria-hidden="true">${GLYPHS[come]}</span><span class="spoken">${spoken}</span></span>`;
}

export function outcomeMark(rule: RuleVerdict): Html {
  return badge(cameTo(rule));
}
