import type { RuleVerdict } from '../../audit/verdict.js';
import { inContext, t } from '../../texts/spoken.js';
import { clip } from '../../view/printable.js';
import { worstOf } from '../describe.js';
import type { Chapter } from '../report.js';
import { chapterId } from './chapter.js';
import { type Html, html } from './escape.js';
import { findingId } from './findings.js';
import { badge, gravest, outcomeMark, SPOKEN } from './outcome.js';
import { placesIn } from './places.js';

/** Scenarios go down, rules across: each cell says what one has come to in the other. */
export function matrix(chapters: readonly Chapter[]): Html {
  const rules = new Map(inOrder(chapters).map(({ rule, title }) => [rule, t(title)]));
  return html`<section aria-labelledby="matrix">
<h2 id="matrix">${t('Scenarios and rules')}</h2>
<div class="scroll wide" role="region" aria-labelledby="matrix" tabindex="0">
<table class="matrix">
<thead><tr><th scope="col" class="corner">${t('Scenario')}</th>${[...rules].map(
    ([rule, title]) =>
      html`<th scope="col" title="${title}"><span class="upright">${rule}</span></th>`,
  )}</tr></thead>
<tbody>${chapters.map((chapter, i) => row(chapter, chapterId(i), [...rules.keys()]))}</tbody>
<tfoot><tr><th scope="row">${t('Broken in')}</th>${[...rules.keys()].map((rule) => {
    const broken = chapters.filter(
      ({ verdict }) => find(verdict.rules, rule)?.outcome === 'failed',
    );
    return html`<td>${broken.length || ''}</td>`;
  })}</tr></tfoot>
</table>
</div>
<p class="key">${(['passed', 'error', 'warning', 'note', 'untested', 'off'] as const).map(
    (come) =>
      html`<span>${badge(come, '')} ${come === SPOKEN[come] ? inContext('rule', SPOKEN[come]) : t(SPOKEN[come])}</span> `,
  )}</p>
</section>`;
}

/** Rules that are broken come first, those of most scenarios before others. */
function inOrder(chapters: readonly Chapter[]): RuleVerdict[] {
  const all = chapters.flatMap(({ verdict }) => verdict.rules);
  const weights = new Map<string, number>();
  for (const rule of all) {
    const weight = rule.outcome === 'failed' ? WEIGHTS[worstOf(rule)] : 0;
    weights.set(rule.rule, (weights.get(rule.rule) ?? 0) + weight);
  }
  const weightOf = ({ rule }: RuleVerdict) => weights.get(rule) ?? 0;
  return all.toSorted((a, b) => weightOf(b) - weightOf(a));
}

/** One error counts for more than warnings of every scenario that a person would look at. */
const WEIGHTS = { error: 1_000_000, warning: 1000, note: 1 } as const;

function row(chapter: Chapter, id: string, rules: readonly string[]): Html {
  const places = placesIn(chapter, id);
  return html`<tr><th scope="row"><div class="scenario">${badge(gravest(chapter))} <a href="#${id}">${clip(chapter.name, 60)}</a>${chapter.notPlayed !== undefined && html` <span class="about">${t('not played')}</span>`}</div></th>${rules.map(
    (name) => {
      const rule = find(chapter.verdict.rules, name);
      const number = places.numberOf(name);
      if (!rule) return html`<td></td>`;
      if (number === undefined) return html`<td>${outcomeMark(rule)}</td>`;
      return html`<td class="broken"><a data-rule="${name}" href="#${findingId(id, number)}">${outcomeMark(rule)}</a></td>`;
    },
  )}</tr>`;
}

function find(rules: readonly RuleVerdict[], name: string): RuleVerdict | undefined {
  return rules.find(({ rule }) => rule === name);
}
