import { useEffect, useState } from 'preact/hooks';
import type { ScenarioSummary } from '../../sandbox/control/scenario-views.js';
import { Life } from '../../view/life/life.js';
import { Prose } from '../../view/prose.js';
import { SpokenLanguage } from '../../view/text.js';
import { messageOf } from '../act.js';
import { go, linkTo, route } from '../route.js';
import { t } from '../text.js';
import { byGroup, catalogue, fullName, groupTitle, meets, readCatalogue } from './catalogue.js';
import { ScenarioPage } from './scenario-page.js';

/** The catalogue: what there is to play, and one scenario in full. */
export function CatalogueView() {
  const [, ...rest] = route.value.path;
  const name = rest.join('/');
  const [failed, setFailed] = useState<string | undefined>();
  useEffect(() => void readCatalogue().catch((problem) => setFailed(messageOf(problem))), []);
  useEffect(() => {
    document.title = `${name || t('Scenarios')} · ESOZ Sandbox`;
  });
  return (
    <SpokenLanguage.Provider value={t}>
      <div class="catalogue">
        {failed !== undefined && (
          <p class="wrong">
            <Prose text={failed} />
          </p>
        )}
        {name ? <ScenarioPage key={name} name={name} /> : <Listing />}
      </div>
    </SpokenLanguage.Provider>
  );
}

function Listing() {
  const all = catalogue.value;
  const search = route.value.query.get('find') ?? '';
  const operation = route.value.query.get('operation') ?? '';
  if (!all) return <p class="quiet">{t('Loading …')}</p>;
  const operations = [...new Set(all.flatMap((one) => one.operations ?? []))];
  const found = all.filter((one) => meets(one, search) && suits(one, operation));
  const look = (change: Record<string, string>) => {
    const next = { find: search, operation, ...change };
    const given = Object.entries(next).map(([key, value]) => [key, value || undefined]);
    go(linkTo(['scenarios'], Object.fromEntries(given)), { replace: true });
  };
  return (
    <>
      <h1>{t('Scenarios')}</h1>
      <p class="quiet">
        {t(
          'Each scenario is a life that a job can live. Choose one for the next job of a session, or let a request choose it by its magic identifier.',
        )}
      </p>
      <search class="row">
        <label class="field grows">
          <span>{t('Search')}</span>
          <input
            type="search"
            value={search}
            onInput={({ currentTarget }) => look({ find: currentTarget.value })}
          />
        </label>
        {operations.length > 0 && (
          <label class="field">
            <span>{t('For the operation')}</span>
            <select
              value={operation}
              onChange={({ currentTarget }) => look({ operation: currentTarget.value })}
            >
              <option value="">{t('any')}</option>
              {operations.map((id) => (
                <option key={id}>{id}</option>
              ))}
            </select>
          </label>
        )}
        <a class="button" href={linkTo(['editor'])}>
          {t('Write a new one')}
        </a>
      </search>
      <p class="quiet" aria-live="polite">
        {t`${found.length} of ${all.length} scenarios`}
      </p>
      {byGroup(found).map(([group, scenarios]) => (
        <section key={group} class="scenario-group">
          <h2>{groupTitle(group)}</h2>
          <ul>
            {scenarios.map((one) => (
              <Row key={`${one.api}/${one.name}`} scenario={one} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function suits({ operations }: ScenarioSummary, operation: string): boolean {
  return operation === '' || operations === undefined || operations.includes(operation);
}

function Row({ scenario }: { scenario: ScenarioSummary }) {
  const { name, title, about, api, steps = [], refuse } = scenario;
  return (
    <li class="scenario-row">
      <div>
        <h3>
          <a href={linkTo(['scenarios', ...fullName(scenario).split('/')])}>
            {title ? t(title) : name}
          </a>
        </h3>
        {about && (
          <p>
            <Prose text={t(about)} />
          </p>
        )}
        <p class="quiet">
          <code>{name}</code>
          {api !== undefined && ` · ${api}`}
        </p>
      </div>
      <Life steps={steps} refuse={refuse} small />
    </li>
  );
}
