import { inContext, t } from '../../texts/spoken.js';
import { Sample } from '../../view/timeline/symbols.js';
import { type Html, html } from './escape.js';
import { fromView } from './from-view.js';
import { badge } from './outcome.js';

/** What the marks mean. */
export function footer(): Html {
  return html`<footer class="page-footer">
<h2>${t('What the marks mean')}</h2>
<div class="columns">
<dl class="meanings">
${meaning(badge('passed', ''), inContext('rule', 'passed'), t('the client could have broken the rule, and kept it'))}
${meaning(badge('error', ''), inContext('rule', 'error'), t('a rule is broken that nobody may break: the scenario has not held'))}
${meaning(badge('warning', ''), inContext('rule', 'warning'), t('a rule of good manners is broken; the scenario has held nevertheless'))}
${meaning(badge('note', ''), inContext('rule', 'note'), t('worth knowing, and no more'))}
${meaning(badge('untested', ''), inContext('rule', 'not exercised'), t('nothing happened that the rule is about, so nothing is said of it'))}
${meaning(badge('off', ''), inContext('rule', 'off'), t('switched off by whoever ran this'))}
</dl>
<dl class="meanings">
${meaning(sample('circle', 'k-open'), t('circle'), t('a poll whose answer names a state of the job; filled when it is the end'))}
${meaning(sample('diamond', 'k-gone'), t('diamond'), t('a poll answered 4xx: not found, no access, bad request, too many requests'))}
${meaning(sample('square', 'k-failure'), t('square'), t('a poll answered 5xx, or with a body that cannot be read'))}
${meaning(sample('cross', 'k-lost'), t('cross'), t('a poll that got no answer; a line to its right is the time spent waiting'))}
${meaning(sample('flag', 'flag'), t('flag'), t('an eta that an answer told; in the tinted area before it, it is too early to ask. Faint: a later answer replaced it'))}
${meaning(sample('flaw', 'flaw'), t('triangle'), t('the poll below it breaks the rule named at the left, by the number of its finding'))}
</dl>
</div>
<p class="quiet">${t('All times are those of the session’s clock, in UTC. Marks tell more when the pointer rests on them, and many lead to request and answer.')}</p>
</footer>`;
}

function meaning(sample: Html, term: string, text: string): Html {
  return html`<div><dt>${sample} ${term}</dt><dd>${text}</dd></div>`;
}

function sample(shape: Parameters<typeof Sample>[0]['shape'], kind: string): Html {
  return fromView(Sample, { shape, kind });
}
