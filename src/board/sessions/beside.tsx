import type { ComponentType } from 'preact';
import { memo } from 'preact/compat';
import { useEffect, useState } from 'preact/hooks';
import type { SessionVerdict } from '../../report/json-verdict.js';
import { say } from '../../say.js';
import { type LiveSession, opened } from '../live.js';
import { go, route } from '../route.js';
import { t } from '../text.js';
import { placeOf } from './filter-bar.js';
import type { Judgement } from './judgement.js';
import { VerdictPanel } from './verdict-panel.js';

interface BesideProps {
  session: LiveSession;
  judgement: Judgement;
  /** The verdict as it was at the moment that is looked at; undefined: now. */
  past: SessionVerdict | undefined;
}

const TABS = { verdict: say`Verdict`, hand: say`By hand` };
type Tab = keyof typeof TABS;

/** What stands beside the jobs: what is wrong with their client, or what one does to them by hand. */
export const Beside = memo(function Beside({ session, judgement, past }: BesideProps) {
  const asked = route.value.query.get('beside');
  const shown: Tab = asked === 'hand' ? 'hand' : 'verdict';
  const show = (tab: Tab) => {
    go(placeOf(session.name, { beside: tab === 'verdict' ? undefined : tab }), { replace: true });
  };
  return (
    <aside class={`beside ${shown}`} aria-label={t('Beside the jobs')}>
      <div role="tablist" aria-label={t('Beside the jobs')}>
        {(Object.keys(TABS) as Tab[]).map((tab) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`tab-${tab}`}
            aria-selected={tab === shown}
            aria-controls="beside"
            tabIndex={tab === shown ? 0 : -1}
            onClick={() => show(tab)}
            onKeyDown={({ key, currentTarget }) => {
              if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
              show(tab === 'hand' ? 'verdict' : 'hand');
              const other =
                currentTarget.nextElementSibling ?? currentTarget.previousElementSibling;
              (other as HTMLElement | null)?.focus();
            }}
          >
            {t(TABS[tab])}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="beside" aria-labelledby={`tab-${shown}`}>
        {shown === 'verdict' ? (
          <VerdictPanel session={session} judgement={judgement} past={past} />
        ) : past || opened.value !== undefined ? (
          <p class="quiet">{tellWhyNot()}</p>
        ) : (
          <Hand session={session} />
        )}
      </div>
    </aside>
  );
});

function tellWhyNot(): string {
  if (opened.value !== undefined)
    return t('A file is looked at here: nothing in it can be played.');
  return t('By hand one plays the present: go back to now, or branch from an exchange.');
}

/** Loaded when somebody wants to play. */
function Hand({ session }: { session: LiveSession }) {
  const [View, setView] = useState<ComponentType<{ session: LiveSession }> | undefined>();
  useEffect(() => {
    void import('../by-hand/by-hand.js').then(({ ByHand }) => setView(() => ByHand));
  }, []);
  return View ? <View session={session} /> : <p class="quiet">{t('Loading …')}</p>;
}
