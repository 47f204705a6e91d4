import { useState } from 'preact/hooks';
import type { SessionView } from '../../sandbox/control/views.js';
import { Outcome, useAct } from '../act.js';
import { ask } from '../control.js';
import { t } from '../text.js';

/** The clock of a session: it stands still or runs, and while it stands it can be moved. */
export function ClockHand({ view, nextEta }: { view: SessionView; nextEta: string | undefined }) {
  const { name, clock } = view;
  const [by, setBy] = useState('10s');
  const [date, setDate] = useState('');
  const act = useAct();
  const still = clock.mode === 'manual';
  const set = (body: object) => act.run(() => ask('PUT', ['sessions', name], { clock: body }));
  const advance = (length: string) =>
    act.run(() => ask('POST', ['sessions', name, 'clock', 'advance'], { by: length }));
  const ahead = nextEta === undefined ? 0 : Date.parse(nextEta) - Date.parse(clock.now);
  return (
    <section class="hand-part" aria-labelledby="the-clock">
      <h2 id="the-clock">{t('The clock')}</h2>
      <div class="row">
        <button type="button" aria-pressed={still} onClick={() => set({ mode: 'manual' })}>
          {t('Stop it')}
        </button>
        <button
          type="button"
          aria-pressed={clock.mode === 'real'}
          onClick={() => set({ mode: 'real' })}
        >
          {t('Run')}
        </button>
        <span class="quiet">{still ? t('It stands still.') : t('It runs.')}</span>
      </div>
      <div class="row">
        <button type="button" disabled={!still} onClick={() => advance('1s')}>
          {t('1 s on')}
        </button>
        <button type="button" disabled={!still || ahead <= 0} onClick={() => advance(`${ahead}ms`)}>
          {t('to the next eta')}
        </button>
      </div>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          advance(by);
        }}
      >
        <label class="field times">
          <span>{t('Advance by')}</span>
          <input
            value={by}
            size={8}
            onInput={({ currentTarget }) => setBy(currentTarget.value)}
            disabled={!still}
          />
        </label>
        <button type="submit" disabled={!still}>
          {t('Advance')}
        </button>
      </form>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          // What the field gives has no zone: it is meant in UTC, as the clock is shown.
          set({ mode: 'manual', now: `${date.length === 16 ? `${date}:00` : date}Z` });
        }}
      >
        <label class="field">
          <span>{t('Set the date, UTC')}</span>
          <input
            type="datetime-local"
            step={1}
            value={date || clock.now.slice(0, 19)}
            onInput={({ currentTarget }) => setDate(currentTarget.value)}
          />
        </label>
        <button type="submit" disabled={date === ''}>
          {t('Set')}
        </button>
      </form>
      <Outcome act={act} />
    </section>
  );
}
