import { useEffect, useState } from 'preact/hooks';
import type { ScenarioSummary } from '../../sandbox/control/scenario-views.js';
import type { SessionView } from '../../sandbox/control/views.js';
import { Life } from '../../view/life/life.js';
import { Prose } from '../../view/prose.js';
import { Outcome, useAct } from '../act.js';
import { byGroup, catalogue, fullName, groupTitle, readCatalogue } from '../catalogue/catalogue.js';
import { Choice, type Option } from '../choice.js';
import { ask } from '../control.js';
import { linkTo } from '../route.js';
import { t } from '../text.js';
import { vocabulary } from './words.js';

/** What the next jobs of a session will live: its scenario, a queue, a hand that holds them. */
export function NextJob({ view }: { view: SessionView }) {
  const { name, queue, scenario, hold } = view;
  const act = useAct();
  useEffect(() => {
    if (!catalogue.value) void readCatalogue().catch(() => {});
  }, []);
  const set = (body: object) => act.run(() => ask('PUT', ['sessions', name], body));
  return (
    <section class="hand-part" aria-labelledby="next-job">
      <h2 id="next-job">{t('The next job')}</h2>
      <QueueForm session={name} />
      {queue.length > 0 && (
        <div class="queued">
          <ol>
            {queue.map((each, i) => (
              <li key={i}>
                <a href={linkTo(['scenarios', ...each.scenario.split('/')])}>{each.scenario}</a>
                {each.times > 1 && ` × ${each.times}`}
                {'operation' in each && <span class="quiet"> {String(each.operation)}</span>}
              </li>
            ))}
          </ol>
          <button
            type="button"
            class="small"
            onClick={() => act.run(() => ask('DELETE', ['sessions', name, 'next']))}
          >
            {t('Empty the queue')}
          </button>
        </div>
      )}
      <div class="row">
        <button
          type="button"
          aria-pressed={hold === 'next'}
          onClick={() => set({ hold: hold === 'next' ? null : 'next' })}
        >
          {t('Hold the next job')}
        </button>
        <button
          type="button"
          aria-pressed={hold === 'every'}
          onClick={() => set({ hold: hold === 'every' ? null : 'every' })}
        >
          {t('Hold every job')}
        </button>
      </div>
      <div class="row">
        <div class="grows">
          <Choice
            label={t('All others live')}
            options={[serversOwn(), ...scenarioOptions(catalogue.value ?? [])]}
            chosen={scenario ?? ''}
            onChoose={(chosen) => set({ scenario: chosen === '' ? null : chosen })}
          />
        </div>
      </div>
      <Outcome act={act} />
    </section>
  );
}

function QueueForm({ session }: { session: string }) {
  const [chosen, setChosen] = useState<string | undefined>();
  const [operation, setOperation] = useState('');
  const [times, setTimes] = useState(1);
  const act = useAct();
  const all = catalogue.value ?? [];
  const picked = all.find((one) => fullName(one) === chosen);
  const known = vocabulary.value?.apis.flatMap((api) => api.operations) ?? [];
  const suiting = picked?.operations ?? known;
  const add = () =>
    act.run(async () => {
      const only = suiting.includes(operation) ? { operation } : {};
      await ask('POST', ['sessions', session, 'next'], { scenario: chosen, times, ...only });
      act.tell(t('It is in the queue.'));
    });
  return (
    <>
      <div class="row">
        <div class="grows">
          <Choice
            label={t('It lives')}
            placeholder={t('search the catalogue')}
            options={scenarioOptions(all)}
            chosen={chosen}
            onChoose={setChosen}
          />
        </div>
        <label class="field times">
          <span>{t('Times')}</span>
          <input
            type="number"
            min={1}
            max={999}
            value={times}
            onInput={({ currentTarget: { valueAsNumber: n } }) =>
              setTimes(Number.isInteger(n) && n > 0 ? n : 1)
            }
          />
        </label>
        <label class="field">
          <span>{t('Operation')}</span>
          <select
            value={operation}
            onChange={({ currentTarget }) => setOperation(currentTarget.value)}
          >
            <option value="">{t('any')}</option>
            {suiting.map((id) => (
              <option key={id}>{id}</option>
            ))}
          </select>
        </label>
        <button type="button" class="main" disabled={!picked || act.busy} onClick={add}>
          {t('Add to the queue')}
        </button>
      </div>
      {picked && (
        <div class="picked">
          {picked.about && (
            <p>
              <Prose text={t(picked.about)} />
            </p>
          )}
          <Life steps={picked.steps ?? []} refuse={picked.refuse} />
        </div>
      )}
      <Outcome act={act} />
    </>
  );
}

/** The scenarios of a catalogue, group by group. */
function scenarioOptions(all: readonly ScenarioSummary[]): Option[] {
  return byGroup(all).flatMap(([group, scenarios]) =>
    scenarios.map((one) => ({
      value: fullName(one),
      label: one.name,
      group: groupTitle(group),
      words: [one.title, t(one.title), t(one.about), one.api ?? ''].join(' '),
      shown: (
        <>
          {one.title ? t(one.title) : one.name} <code class="quiet">{fullName(one)}</code>
        </>
      ),
    })),
  );
}

function serversOwn(): Option {
  const label = t('what the server has chosen');
  return { value: '', label, shown: label };
}
