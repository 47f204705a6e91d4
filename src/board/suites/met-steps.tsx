import type { Chapter } from '../../report/report.js';
import type { SuiteView } from '../../sandbox/control/suite-views.js';
import { Prose } from '../../view/prose.js';
import { Badge } from '../../view/report/outcome.js';
import { t } from '../text.js';
import type { Part } from './plan.js';

/** What a good client meets in the scenario, and what this one has. */
export function MetSteps({ part, chapter }: { part: Part; chapter: Chapter | undefined }) {
  const steps = chapter?.meets ?? part.meets.map((step) => ({ ...step, met: undefined }));
  if (steps.length === 0) return null;
  return (
    <section aria-labelledby="part-meets">
      <h3 id="part-meets">{t('What the client has to meet')}</h3>
      <ol class="meets">
        {steps.map(({ step, says, met }) => (
          <li key={step}>
            <Badge
              come={met ? 'passed' : 'untested'}
              spoken={met === undefined ? '' : met ? 'met' : 'not met yet'}
            />
            <span class="quiet">{t`step ${step}`}</span>{' '}
            <span>
              <Prose text={t(says)} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The steps of a process before anything was done. */
export function SuiteSteps({ steps }: { steps: NonNullable<SuiteView['steps']> }) {
  return (
    <section aria-labelledby="part-steps">
      <h3 id="part-steps">{t('Steps of the process')}</h3>
      <ol class="steps">
        {steps.map(({ name, title, optional, advice }) => (
          <li key={name} class="off">
            <Badge come="untested" spoken="" />
            <div>
              <span class="step-name">{t(title)}</span> <code>{name}</code>
              {optional && <span class="quiet"> {t('may be left out')}</span>}
            </div>
            {advice && (
              <p class="step-told">
                <Prose text={t(advice)} />
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
