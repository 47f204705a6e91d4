import { useEffect } from 'preact/hooks';
import { sessions } from '../live.js';
import { linkTo, route } from '../route.js';
import { t } from '../text.js';
import { SessionView } from './session-view.js';

/** All sessions, and the one that is looked at. */
export function SessionsView() {
  const [, name] = route.value.path;
  const all = [...sessions.value.values()];
  const shown = sessions.value.get(name ?? all[0]?.name ?? '');
  useEffect(() => {
    document.title = `${shown?.name ?? t('Sessions')} · ESOZ Sandbox`;
  });
  return (
    <div class="sessions">
      <nav class="session-list" aria-label={t('Sessions')}>
        <h2>{t('Sessions')}</h2>
        <ul>
          {all.map(({ name, view }) => (
            <li key={name}>
              <a
                href={linkTo(['sessions', name])}
                aria-current={shown?.name === name ? 'page' : undefined}
              >
                <span>{name}</span> <span class="quiet">{view.value.holds.jobs}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {shown ? (
        <SessionView key={shown.name} session={shown} />
      ) : (
        <p class="quiet">
          {t('No session has begun yet: it begins with the first request of a client.')}
        </p>
      )}
    </div>
  );
}
