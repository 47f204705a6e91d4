import { useState } from 'preact/hooks';
import { Prose } from '../../view/prose.js';
import { Badge } from '../../view/report/outcome.js';
import { go, linkTo, route } from '../route.js';
import { t } from '../text.js';
import { PartView } from './part-view.js';
import type { Plan, Step } from './plan.js';
import { PlanReport } from './plan-report.js';
import { isOpen, STANDINGS, standingOf } from './standing.js';

/** A suite as a plan: its scenarios, the one that is looked at, and the report. */
export function PlanView({ plan }: { plan: Plan }) {
  const { suite, steps, problem } = plan;
  const [pace, setPace] = useState(1);
  const all = steps.value;
  const at = route.value.query.get('at');
  const shown =
    all.find(({ part }) => part.name === at) ?? all.find((step) => isOpen(step)) ?? all[0];
  const next = shown && nextOf(all, shown);
  return (
    <div class="suites plan">
      <p class="way">
        <a href={linkTo(['suites'])}>← {t('All suites')}</a>
      </p>
      <h1>{t(suite.title)}</h1>
      {suite.about && (
        <p class="lead">
          <Prose text={t(suite.about)} />
        </p>
      )}
      {problem.value && (
        <p class="problem" role="alert">
          <Prose text={t(problem.value.message)} />
        </p>
      )}
      {all.length === 0 && (
        <p class="quiet">{t('The API has none of the scenarios of this suite.')}</p>
      )}
      <div class="plan-columns">
        <nav aria-label={t('Scenarios of the suite')}>
          <ol class="plan-list">
            {all.map((step, i) => (
              <Row key={step.part.name} step={step} number={i + 1} here={step === shown} />
            ))}
          </ol>
        </nav>
        {shown && (
          <PartView
            key={shown.part.name}
            plan={plan}
            step={shown}
            pace={pace}
            onPace={setPace}
            next={next && (() => go(linkOf(next)))}
            onStart={() => go(linkOf(shown), { replace: true })}
          />
        )}
      </div>
      <PlanReport plan={plan} />
    </div>
  );
}

function Row({ step, number, here }: { step: Step; number: number; here: boolean }) {
  const { text, come } = STANDINGS[standingOf(step)];
  return (
    <li>
      <a href={linkOf(step)} aria-current={here ? 'step' : undefined}>
        <Badge come={come} spoken="" />
        <span class="plan-row">
          <span>
            <span class="quiet">{number}.</span> {t(step.part.title)}
          </span>
          <span class="quiet">{t(text)}</span>
        </span>
      </a>
    </li>
  );
}

/** The same page, looking at another scenario. */
function linkOf({ part }: Step): string {
  const { path, query } = route.value;
  return linkTo(path, { session: query.get('session') ?? undefined, at: part.name });
}

/** The one behind it that is still to be played, else the first that is. */
function nextOf(all: readonly Step[], shown: Step): Step | undefined {
  const from = all.indexOf(shown) + 1;
  const others = [...all.slice(from), ...all.slice(0, from - 1)];
  return others.find((step) => isOpen(step));
}
