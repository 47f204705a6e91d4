import { useState } from 'preact/hooks';
import type { SessionView } from '../../sandbox/control/views.js';
import { Outcome, useAct } from '../act.js';
import { ask } from '../control.js';
import { t } from '../text.js';

/** Faults by chance: how often, and by which seed, so that they come again. */
export function ChaosHand({ view }: { view: SessionView }) {
  const { name, chaos } = view;
  const [rate, setRate] = useState(Math.round((chaos?.rate ?? 0.2) * 100));
  const [seed, setSeed] = useState(String(chaos?.seed ?? 1));
  const act = useAct();
  const on = () =>
    act.run(() =>
      ask('PUT', ['sessions', name], { chaos: { rate: rate / 100, seed: Number(seed) } }),
    );
  const off = () => act.run(() => ask('PUT', ['sessions', name], { chaos: null }));
  return (
    <section class="hand-part" aria-labelledby="chaos">
      <h2 id="chaos">{t('Faults by chance')}</h2>
      <div class="row">
        <label class="field times">
          <span>{t('Of 100 answers')}</span>
          <input
            type="number"
            min={0}
            max={100}
            value={rate}
            onInput={({ currentTarget }) => setRate(currentTarget.valueAsNumber)}
          />
        </label>
        <label class="field times">
          <span>{t('Seed')}</span>
          <input
            type="number"
            min={0}
            value={seed}
            onInput={({ currentTarget }) => setSeed(currentTarget.value)}
          />
        </label>
        <button type="button" aria-pressed={chaos !== null} onClick={on} disabled={act.busy}>
          {chaos ? t('On: set anew') : t('Turn on')}
        </button>
        {chaos && (
          <button type="button" onClick={off}>
            {t('Turn off')}
          </button>
        )}
      </div>
      {chaos && (
        <p class="quiet">{t`${Math.round(chaos.rate * 100)} of 100 answers meet one of ${chaos.faults.length} faults.`}</p>
      )}
      <Outcome act={act} />
    </section>
  );
}
