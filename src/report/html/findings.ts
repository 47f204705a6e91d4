import { formatClockTime, formatCount } from '../../audit/format.js';
import type { Finding, Proof, RuleVerdict } from '../../audit/verdict.js';
import { t } from '../../texts/spoken.js';
import { formatMoment } from '../../time/format-moment.js';
import { clip } from '../../view/printable.js';
import { type Origin, since } from '../../view/timeline/describe-mark.js';
import { countFindings, describeMore, tellProof, worstOf } from '../describe.js';
import { type Html, html } from './escape.js';
import type { Places } from './places.js';

/** Further findings of the same rule say little that is new, and later ones nothing. */
const MAX_OPEN = 4;
const MAX_FINDINGS = 40;

export function findingId(chapter: string, number: number): string {
  return `${chapter}-finding-${number}`;
}

/** The broken rules of a chapter, each with what was found. */
export function findings(places: Places): Html {
  const { id, broken } = places;
  return html`<section aria-labelledby="${id}-findings">
<h3 id="${id}-findings">${t('Findings')}</h3>
${broken.length === 0 ? html`<p class="quiet">${places.tested > 0 ? t('None: whatever was put to the test was kept.') : t('None, as no rule was put to the test.')}</p>` : broken.map((rule, i) => brokenRule(rule, i + 1, places))}
</section>`;
}

function brokenRule(rule: RuleVerdict, number: number, places: Places): Html {
  const { title, help, findings: found } = rule;
  const severity = worstOf(rule);
  const open = found.length > MAX_OPEN + 1 ? MAX_OPEN : found.length;
  const folded = found.slice(open, MAX_FINDINGS);
  const left = countFindings(rule) - open - folded.length;
  return html`<article class="finding ${severity}" id="${findingId(places.id, number)}">
<h4><span class="number"><span class="spoken">${t('Finding')} </span>${number}</span> <code>${rule.rule}</code> <span class="severity">${t(severity)}</span></h4>
<p class="statement">${t(title)}.</p>
${found.slice(0, open).map((finding) => one(finding, places))}
${folded.length > 0 && html`<details><summary>${t`${folded.length} more like these`}</summary>${folded.map((finding) => one(finding, places))}</details>`}
${left > 0 && html`<p class="quiet">${t`and ${left.toLocaleString('en')} more, which are not listed`}</p>`}
${found[0] && html`<p class="advice"><b>${t('What to do:')}</b> ${sentence(t(found[0].advice))} ${t('Wrong and right code:')} <code>${help}</code>, ${t('in the package')}.</p>`}
</article>`;
}

function one(finding: Finding, places: Places): Html {
  const { message, evidence, job, operation } = finding;
  const timeline = places.timelineOf(job);
  const origin = places.originOf(job);
  const name = job === undefined ? operation : t`${operation ?? ''} job ${job}`;
  const more = describeMore(finding);
  return html`<div class="found">
<p class="message">${clip(sentence(t(message)), 800)}</p>
${name && html`<p class="about">${timeline ? html`<a href="#${timeline}">${clip(name, 120)}</a>` : clip(name, 120)}</p>`}
${evidence.length > 0 && html`<ol class="evidence" aria-label="${t`${formatCount(evidence.length, 'exchange')} that show it`}">${evidence.map((proof) => proofLine(proof, origin))}${more && html`<li class="more">${more}</li>`}</ol>`}
</div>`;
}

export function proofLine({ seq, at, text }: Proof, origin: Origin | undefined): Html {
  return html`<li><span class="seq">#${seq}</span> <time datetime="${formatMoment(at)}">${formatClockTime(at)}</time> <span class="since">${origin && t(since(origin, at))}</span> <span class="text">${clip(tellProof({ text }))}</span></li>`;
}

/** Messages are written as parts of sentences. */
export function sentence(text: string): string {
  const begun = text.startsWith('expect.') ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
