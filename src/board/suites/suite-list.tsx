import { useEffect, useState } from 'preact/hooks';
import { formatCount } from '../../audit/format.js';
import type { SuiteSummary } from '../../sandbox/control/suite-views.js';
import { Prose } from '../../view/prose.js';
import { ask } from '../control.js';
import { linkTo } from '../route.js';
import { t } from '../text.js';
import { problemOf, type Told } from './problem.js';

/** Every suite of what is served: the processes of admission, then those of scenarios alone. */
export function SuiteList() {
  const [suites, setSuites] = useState<readonly SuiteSummary[] | undefined>();
  const [problem, setProblem] = useState<Told | undefined>();
  useEffect(() => {
    document.title = `${t('Suites')} · ESOZ Sandbox`;
    ask<{ suites: SuiteSummary[] }>('GET', ['suites']).then(
      (found) => setSuites(found.suites),
      (error) => setProblem(problemOf(error)),
    );
  }, []);
  const processes = suites?.filter(({ steps }) => steps) ?? [];
  const others = suites?.filter(({ steps }) => !steps) ?? [];
  return (
    <div class="suites">
      <h1>{t('Suites')}</h1>
      <p class="lead">
        {t(
          'A suite is a plan: start a scenario, let the client work, and see at once what it kept and what it broke. At the end there is a report.',
        )}
      </p>
      {problem && (
        <p class="problem" role="alert">
          <Prose text={t(problem.message)} />
        </p>
      )}
      {!suites && !problem && <p class="quiet">{t('Loading …')}</p>}
      <Group id="scenarios" title={t('Scenarios one by one')} suites={others} />
      <Group id="processes" title={t('Processes of admission, step by step')} suites={processes} />
    </div>
  );
}

function Group({ id, title, suites }: { id: string; title: string; suites: SuiteSummary[] }) {
  if (suites.length === 0) return null;
  return (
    <section aria-labelledby={`suites-${id}`}>
      <h2 id={`suites-${id}`}>{title}</h2>
      <ul class="suite-cards">
        {suites.map((suite) => (
          <li key={suite.name}>
            <a class="suite-card" href={linkTo(['suites', ...suite.name.split('/')])}>
              <span class="suite-title">{t(suite.title)}</span>
              <span class="quiet">
                <code>{suite.name}</code> · {tellSize(suite)}
              </span>
              {suite.about && (
                <span class="suite-about">
                  <Prose text={t(suite.about)} />
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function tellSize({ scenarios, steps }: SuiteSummary): string {
  const many = t(formatCount(scenarios.length, 'scenario'));
  return steps ? `${t(formatCount(steps.length, 'step'))}, ${many}` : many;
}
