import { formatCount } from '../../audit/format.js';
import type { RuleOutcome, RuleVerdict } from '../../audit/verdict.js';
import { say } from '../../say.js';
import { inContext, t } from '../../texts/spoken.js';
import { type Html, html } from './escape.js';
import { findingId } from './findings.js';
import { badge, cameTo } from './outcome.js';
import type { Places } from './places.js';

/** Every rule with its outcome, what that rests on, and where the rule comes from. */
export function rules(all: readonly RuleVerdict[], places: Places, open: boolean): Html {
  const { id } = places;
  return html`<section aria-labelledby="${id}-rules">
<h3 id="${id}-rules">${t('Rules')}</h3>
<details class="rules"${open && html` open`}><summary>${tally(all)}</summary>
<div class="scroll" role="region" aria-labelledby="${id}-rules" tabindex="0">
<table>
<thead><tr><th scope="col">${t('Outcome')}</th><th scope="col">${t('Rule')}</th><th scope="col">${t('Put to the test')}</th><th scope="col">${t('Source')}</th></tr></thead>
<tbody>${all.map((rule) => row(rule, places))}</tbody>
</table>
</div>
</details>
</section>`;
}

function row(verdict: RuleVerdict, places: Places): Html {
  const { rule, title, outcome, sources } = verdict;
  const number = places.numberOf(rule);
  const come = cameTo(verdict);
  const name = html`<code>${rule}</code>`;
  return html`<tr><td>${badge(come, '')} ${inContext('rule', come === 'untested' ? outcome : come)}</td><th scope="row">${number === undefined ? name : html`<a href="#${findingId(places.id, number)}">${name}</a>`}<span class="statement">${t(title)}</span></th><td>${tellTests(verdict)}</td><td><ul class="sources">${sources.map(
    ({ text, url }) =>
      html`<li>${isWeb(url) ? html`<a href="${url}" rel="noreferrer">${t(text)}</a>` : t(text)}</li>`,
  )}</ul></td></tr>`;
}

function tellTests({ outcome, tested, reason }: RuleVerdict): string {
  if (outcome === 'off') return t('switched off');
  return t(outcome === 'not exercised' ? (reason ?? say`never`) : formatCount(tested, 'time'));
}

/** Nothing else is made a link. */
function isWeb(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\//.test(url);
}

const ORDER: readonly RuleOutcome[] = ['failed', 'passed', 'not exercised', 'off'];

/** `21 rules: 3 failed, 10 passed, 8 not exercised`. */
function tally(all: readonly RuleVerdict[]): string {
  const parts = ORDER.map((wanted) => {
    const number = all.filter(({ outcome }) => outcome === wanted).length;
    return number > 0 ? `${number} ${inContext('rule', wanted)}` : '';
  });
  return `${t(formatCount(all.length, 'rule'))}: ${parts.filter(Boolean).join(', ')}`;
}
