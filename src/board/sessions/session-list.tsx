import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import { type LiveSession, sessions } from '../live.js';
import { linkTo } from '../route.js';
import { t } from '../text.js';

/** With more sessions than this one looks for a name. */
const MANY = 8;

/** Every session, the newest first. */
export function SessionList({ shown }: { shown: string | undefined }) {
  const [text, setText] = useState('');
  const all = [...sessions.value.values()].reverse();
  const found = all.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
  return (
    <nav class="session-list" aria-label={t('Sessions')}>
      <p class="eyebrow">
        {t('Sessions')} <span class="count">{all.length}</span>
      </p>
      {all.length > MANY && (
        <input
          type="search"
          placeholder={t('Find a session')}
          aria-label={t('Find a session')}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      )}
      <ul>
        {found.map((session) => (
          <Entry key={session.name} session={session} here={session.name === shown} />
        ))}
      </ul>
    </nav>
  );
}

function Entry({ session: { name, view }, here }: { session: LiveSession; here: boolean }) {
  const { jobs, exchanges } = view.value.holds;
  return (
    <li>
      <a href={linkTo(['sessions', name])} aria-current={here ? 'page' : undefined}>
        <span class="name">
          {name.split(/(?<=[._])/).map((part, i) => (
            <Fragment key={i}>
              {i > 0 && <wbr />}
              {part}
            </Fragment>
          ))}
        </span>
        <span class="counts" title={t`${jobs} jobs, ${exchanges} exchanges`}>
          {jobs} · {exchanges}
        </span>
      </a>
    </li>
  );
}
