import type { Cause, CauseFinding } from '../../audit/cause.js';
import { formatCount } from '../../audit/format.js';
import { t } from '../../texts/spoken.js';
import { clip } from '../../view/printable.js';
import { Pair, Panel } from '../../view/timeline/exchanges.js';
import { tellSpread } from '../cause-lines.js';
import type { Chapter, Report } from '../report.js';
import { chapterId } from './chapter.js';
import { type Html, html } from './escape.js';
import { proofLine, sentence } from './findings.js';
import { fromView } from './from-view.js';
import { badge } from './outcome.js';
import SNIPPETS from './snippets.json' with { type: 'json' };

/** Whoever wants more of them looks at the chapters. */
const MOST_NAMES = 12;
const MOST_SYMPTOMS = 40;

/** What there is to change, each with its clearest evidence, with wrong and right code, and what comes of it. */
export function causes(all: readonly Cause[], report: Report): Html {
  if (all.length === 0) return html``;
  return html`<section class="causes" aria-labelledby="causes">
<h2 id="causes">${t('What to change')}</h2>
${all.map((cause, i) => one(cause, i === 0, report))}
</section>`;
}

function one(cause: Cause, open: boolean, report: Report): Html {
  const { id, title, severity, advice, rule, help, evidence } = cause;
  const proofs = evidence.finding.evidence.filter(({ exchange }) => exchange);
  const snippet = (SNIPPETS as Readonly<Record<string, { wrong: string; right: string }>>)[rule];
  return html`<article class="cause ${severity}" id="cause-${id}">
<h3>${badge(severity)} <span>${t(title)}</span></h3>
<p class="about"><span class="severity">${t(severity)}</span>${report.chapters.length > 1 && html` · ${tellSpread(cause, report)}: ${places(cause, report)}`}</p>
<p class="message">${clip(sentence(t(evidence.finding.message)), 800)}</p>
${evidenceList(evidence, report)}
<p class="advice"><b>${t('What to do:')}</b> ${sentence(t(advice))} ${t('The rule is')} <code>${rule}</code>: <code>${help}</code>, ${t('in the package')}.</p>
${proofs.map(({ seq, exchange }) => exchange && html`<details${open && html` open`}><summary>${t`Request and answer of #${seq}`}</summary>${fromView(Pair, { exchange })}</details>`)}
${snippet && html`<details${open && html` open`}><summary>${t('Wrong and right code')}</summary><div class="pair">${fromView(Panel, { name: 'Wrong', text: snippet.wrong })}${fromView(Panel, { name: 'Right', text: snippet.right })}</div></details>`}
${symptoms(cause, report)}
</article>`;
}

/** The scenarios in which it shows. */
function places({ findings, symptoms: follow }: Cause, { chapters }: Report): Html {
  const indices = [...new Set([...findings, ...follow].map(({ chapter }) => chapter))].sort(
    (a, b) => a - b,
  );
  const links = indices
    .slice(0, MOST_NAMES)
    .map((chapter, i) => html`${i > 0 && ', '}${link(chapter, chapters[chapter]?.name)}`);
  const left = indices.length - links.length;
  return html`${links}${left > 0 && ` ${t`and ${left} more`}`}`;
}

function link(chapter: number, name = ''): Html {
  return html`<a href="#${chapterId(chapter)}">${clip(name, 60)}</a>`;
}

/** So many exchanges; the finding itself shows more. */
const MOST_PROOFS = 3;

function evidenceList({ chapter, finding }: CauseFinding, { chapters }: Report): Html {
  const { name, verdict } = chapters[chapter] as Chapter;
  const where =
    chapters.length > 1 &&
    html`<p class="about">${t('in the scenario')} ${link(chapter, name)}</p>`;
  const start = verdict.jobs.find(({ job }) => job === finding.job)?.submission.at;
  const origin = start === undefined ? undefined : { start, pace: verdict.clock.pace };
  const proofs = finding.evidence.slice(0, MOST_PROOFS);
  return html`${where}<ol class="evidence">${proofs.map((proof) => proofLine(proof, origin))}</ol>`;
}

/** What else was found of it, and what follows from it. */
function symptoms({ findings, symptoms: follow, evidence }: Cause, { chapters }: Report): Html {
  const others = [...findings, ...follow].filter((other) => other !== evidence);
  if (others.length === 0) return html``;
  const left = others.length - MOST_SYMPTOMS;
  return html`<details><summary>${t`${formatCount(others.length, 'finding')} more that this explains`}</summary><ul class="symptoms">${others
    .slice(0, MOST_SYMPTOMS)
    .map(
      ({ chapter, finding: { rule, message } }) =>
        html`<li>${chapters.length > 1 && html`${link(chapter, chapters[chapter]?.name)} `}<code>${rule}</code> ${clip(t(message), 300)}</li>`,
    )}${left > 0 && html`<li class="quiet">${t`and ${left.toLocaleString('en')} more`}</li>`}</ul></details>`;
}
