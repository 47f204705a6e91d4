import { Outcome, useAct } from '../act.js';
import { ask, controlUrl } from '../control.js';
import { opened } from '../live.js';
import { go, linkTo } from '../route.js';
import { t } from '../text.js';
import { placeOf } from './filter-bar.js';

/** How the session stood right after an exchange, and a branch that goes on from there. */
export function MomentOf({ session, seq }: { session: string; seq: number }) {
  const act = useAct();
  const name = `${session.slice(0, 50)}-at-${seq}`;
  const branch = async () => {
    const body = { name, at: seq };
    await ask('POST', ['sessions', session, 'branch'], body);
    go(linkTo(['sessions', name]));
  };
  const views = [
    [t('Session'), []],
    [t('Jobs'), ['jobs']],
    [t('Resources'), ['resources']],
    [t('Verdict'), ['verdict']],
  ] as const;
  return (
    <section class="moment-of">
      <h3>{t('Right after this exchange')}</h3>
      <p>
        <a href={placeOf(session, { at: String(seq) })}>{t('Show the page as it was then')}</a>{' '}
        {views.map(([label, path]) => (
          <>
            <a href={`${controlUrl('sessions', session, ...path)}?at=${seq}`} target="_blank">
              {label}
            </a>{' '}
          </>
        ))}
        {opened.value === undefined && (
          <button type="button" disabled={act.busy} onClick={() => act.run(branch)}>
            {t('Branch from here')}
          </button>
        )}
      </p>
      <Outcome act={act} />
    </section>
  );
}
