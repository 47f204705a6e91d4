import type { Run } from '../../audit/evidence.js';
import { formatCount } from '../../audit/format.js';
import { t } from '../../texts/spoken.js';
import { clip } from '../../view/printable.js';
import { Jobs } from '../../view/timeline/jobs.js';
import { formatCounts, isRed, isUnplayed } from '../describe.js';
import type { Chapter, Report } from '../report.js';
import { command } from './command.js';
import { type Html, html } from './escape.js';
import { findings } from './findings.js';
import { fromView } from './from-view.js';
import { tellClock } from './header.js';
import { badge, gravest } from './outcome.js';
import { placesIn } from './places.js';
import { remarks } from './remarks.js';
import { rules } from './rules.js';
import { steps } from './steps.js';

export function chapterId(index: number): string {
  return `scenario-${index + 1}`;
}

/** A chapter that is the whole report leaves to the heading what that has said, and unfolds its rules. */
export function chapter(one: Chapter, id: string, report: Report): Html {
  const { name, title = '', verdict } = one;
  const alone = report.chapters.length === 1;
  const isNamed = alone && name === report.title;
  const heading = isNamed ? t(title) || t('What the client did') : name;
  const places = placesIn(one, id);
  const head = html`<h2 id="${id}-name">${badge(gravest(one))} ${clip(heading, 160)}</h2>`;
  const counts = `${formatCounts([one])} · ${t(formatCount(verdict.exchanges, 'exchange'))} · ${t`clock ${tellClock(verdict.clock)}`} · `;
  const body = html`${title !== '' && t(title) !== heading && html`<p class="title">${t(title)}</p>`}
<p class="about">${!alone && counts}${t(RUNS[verdict.run])}</p>
${!alone && remarks(one)}
${verdict.process && steps(verdict.process, id)}
${findings(places)}
${fromView(Jobs, { ...places, scenario: name })}
${rules(verdict.rules, places, alone)}
${one.command && command(one.command, id)}`;
  if (alone) {
    return html`<section class="chapter alone" id="${id}" aria-labelledby="${id}-name">
<div class="chapter-head">${head}</div>
<div class="chapter-body">${body}</div>
</section>`;
  }
  return html`<section class="chapter" aria-labelledby="${id}-name">
<details${isRed(one) && html` open`}><summary class="chapter-head">${head}<span class="about">${tellShort(one)}</span></summary>
<div class="chapter-body" id="${id}">${body}</div>
</details>
</section>`;
}

/** What is said of a chapter that is folded. */
function tellShort(one: Chapter): string {
  if (one.notPlayed !== undefined) return t`not played: ${one.notPlayed}`;
  return isUnplayed(one) && !isRed(one) ? t('not played') : formatCounts([one]);
}

const RUNS: Readonly<Record<Run, string>> = {
  over: 'the client came to its own end',
  stopped: 'the client was stopped',
  running: 'the client still runs, and what it has not done yet is not held against it',
};
