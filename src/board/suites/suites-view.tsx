import { useEffect, useState } from 'preact/hooks';
import type { SuiteView } from '../../sandbox/control/suite-views.js';
import { Prose } from '../../view/prose.js';
import { SpokenLanguage } from '../../view/text.js';
import { ask } from '../control.js';
import { linkTo, route } from '../route.js';
import { t } from '../text.js';
import { Plan, sessionName } from './plan.js';
import { PlanView } from './plan-view.js';
import { problemOf, type Told } from './problem.js';
import { SuiteList } from './suite-list.js';

/** All suites, or the plan of one: `#/suites/NAME?session=WHO`. */
export function SuitesView() {
  const { path, query } = route.value;
  const name = path.slice(1).join('/');
  return (
    <SpokenLanguage.Provider value={t}>
      {name === '' ? (
        <SuiteList />
      ) : (
        <Opened key={name} name={name} session={query.get('session') ?? undefined} />
      )}
    </SpokenLanguage.Provider>
  );
}

function Opened({ name, session }: { name: string; session: string | undefined }) {
  const [suite, setSuite] = useState<SuiteView | undefined>();
  const [problem, setProblem] = useState<Told | undefined>();
  const [plan, setPlan] = useState<Plan | undefined>();
  useEffect(() => {
    ask<SuiteView>('GET', ['suites', name]).then(setSuite, (error) => setProblem(problemOf(error)));
  }, [name]);
  useEffect(() => {
    if (!suite) return;
    const made = new Plan(suite, sessionName(session ?? name));
    setPlan(made);
    return made.watch();
  }, [suite, session, name]);
  useEffect(() => {
    document.title = `${name} · ESOZ Sandbox`;
  }, [name]);
  if (problem) {
    return (
      <div class="suites">
        <p>
          <a href={linkTo(['suites'])}>← {t('All suites')}</a>
        </p>
        <h1>{name}</h1>
        <p class="problem" role="alert">
          <Prose text={t(problem.message)} />
        </p>
      </div>
    );
  }
  return plan ? <PlanView plan={plan} /> : <p class="suites quiet">{t('Loading …')}</p>;
}
