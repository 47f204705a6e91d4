import { useEffect } from 'preact/hooks';
import { sessions } from '../live.js';
import { route } from '../route.js';
import { t } from '../text.js';
import { FirstSteps } from './first-steps.js';
import { SessionList } from './session-list.js';
import { SessionView } from './session-view.js';

/** All sessions, and the one that is looked at. */
export function SessionsView() {
  const [, name] = route.value.path;
  const all = sessions.value;
  const shown = all.get(name ?? newest(all.keys()) ?? '');
  // The session of clients that name none is always there, begun or not.
  const isFirst = all.size === 0 || name === 'default';
  const title = shown?.name ?? t('Sessions');
  useEffect(() => {
    document.title = `${title} · ESOZ Sandbox`;
  }, [title]);
  return (
    <div class="sessions">
      <SessionList shown={shown?.name} />
      {shown ? (
        <SessionView key={shown.name} session={shown} />
      ) : (
        <div class="session">
          <h1>{t('Sessions')}</h1>
          <p class="quiet">{toldOf(all.size, isFirst)}</p>
          {isFirst && <FirstSteps />}
        </div>
      )}
    </div>
  );
}

function toldOf(others: number, isFirst: boolean): string {
  if (others === 0)
    return t('No session has begun yet: it begins with the first request of a client.');
  if (isFirst) return t('This session begins with the first request of a client that names none.');
  return t('There is no such session, or it has ended.');
}

function newest(names: Iterable<string>): string | undefined {
  return [...names].at(-1);
}
