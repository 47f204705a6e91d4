import { t } from '../text.js';
import type { Form, Plan, Step } from './plan.js';
import { isOpen, STANDINGS, type Standing, standingOf } from './standing.js';

const FILES: readonly { form: Form; ending: string; title: string }[] = [
  { form: 'html', ending: 'html', title: 'HTML' },
  { form: 'junit', ending: 'xml', title: 'JUnit' },
  { form: 'json', ending: 'json', title: 'JSON' },
  { form: 'markdown', ending: 'md', title: 'Markdown' },
];

/** Where the plan stands, and the report of what was played. */
export function PlanReport({ plan }: { plan: Plan }) {
  const all = plan.steps.value;
  const standings = all.map(standingOf);
  const begun = standings.some((each) => each !== 'waits');
  const open = all.filter(isOpen);
  return (
    <section class="plan-report" aria-labelledby="plan-report">
      <h2 id="plan-report">{t('Report')}</h2>
      <output class="plan-counts" aria-live="polite">
        {tellCounts(all)}
      </output>
      {begun && open.length > 0 && (
        <>
          <h3>{t('Still open')}</h3>
          <ul class="still-open">
            {open.map((step) => (
              <li key={step.part.name}>
                {t(step.part.title)}{' '}
                <span class="quiet">{t(STANDINGS[standingOf(step)].text)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {begun ? (
        <p class="downloads">
          <a class="button" href={plan.reportUrl('html')} target="_blank" rel="noreferrer">
            {t('Open the report')}
          </a>
          {FILES.map(({ form, ending, title }) => (
            <a key={form} href={plan.reportUrl(form)} download={`${plan.session}.${ending}`}>
              {t`Download ${title}`}
            </a>
          ))}
        </p>
      ) : (
        <p class="quiet">{t('There is a report as soon as a scenario was started.')}</p>
      )}
    </section>
  );
}

/** `5 of 8 scenarios played: 4 kept, 1 broken` */
function tellCounts(all: readonly Step[]): string {
  const standings = all.map(standingOf);
  const number = (wanted: Standing) => standings.filter((each) => each === wanted).length;
  const played = all.filter((step) => !isOpen(step)).length;
  const head = t`${played} of ${standings.length} scenarios played`;
  const parts = (Object.keys(STANDINGS) as Standing[])
    .filter((each) => each !== 'waits' && number(each) > 0)
    .map((each) => `${t(STANDINGS[each].text)}: ${number(each)}`);
  return [head, ...parts].join(' · ');
}
