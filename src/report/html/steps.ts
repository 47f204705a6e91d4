import { formatClockTime } from '../../audit/format.js';
import type { ProcessVerdict, Proof, StepVerdict } from '../../audit/verdict.js';
import { t } from '../../texts/spoken.js';
import { formatMoment } from '../../time/format-moment.js';
import { clip } from '../../view/printable.js';
import { tellProof } from '../describe.js';
import { tellCourse, tellProcess, tellWhen, weightOf } from '../process-words.js';
import { type Html, html } from './escape.js';
import { sentence } from './findings.js';
import { badge, type Come } from './outcome.js';

/** The steps of a process, each with what has become of it and the exchanges that show that. */
export function steps(process: ProcessVerdict, id: string): Html {
  return html`<section aria-labelledby="${id}-steps">
<h3 id="${id}-steps">${t(process.title)}</h3>
<p class="about">${tellCourse(process)}: ${tellProcess(process)}</p>
<ol class="steps">
${process.steps.map(one)}
</ol>
</section>`;
}

function one(step: StepVerdict): Html {
  const { step: name, title, outcome, told, evidence, optional } = step;
  const weight = weightOf(step);
  const said =
    told === undefined ? (outcome === 'done' ? '' : t(outcome)) : `${t(outcome)}: ${t(told)}`;
  const proofs = html`<ol class="evidence">${evidence.map(line)}</ol>`;
  return html`<li class="${weight}">${badge(weight satisfies Come, outcome)}
<div><span class="step-name">${t(title)}</span> <code>${name}</code>${optional && html` <span class="quiet">${t('may be left out')}</span>`}</div>
<span class="when">${tellWhen(step)}</span>
${said !== '' && outcome !== 'done' && html`<p class="told">${clip(sentence(said), 800)}</p>`}
${evidence.length > 0 && (outcome === 'done' ? html`<details><summary>${evidence.length === 1 ? t('The exchange') : t('The exchanges')}</summary>${proofs}</details>` : proofs)}
</li>`;
}

function line({ seq, at, text }: Proof): Html {
  return html`<li><span class="seq">#${seq}</span> <time datetime="${formatMoment(at)}">${formatClockTime(at)}</time> <span class="text">${clip(tellProof({ text }))}</span></li>`;
}
