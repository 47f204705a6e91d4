import { SANDBOX } from '../control.js';
import { type LiveSession, nowOf } from '../live.js';
import { t } from '../text.js';
import { beat } from './beat.js';
import { CopyButton } from './copy-button.js';

/** Who it is, and where its client finds it. */
export function SessionHead({ session }: { session: LiveSession }) {
  const { name } = session;
  const url = name === 'default' ? SANDBOX : `${SANDBOX}/~${name}`;
  return (
    <header class="session-head">
      <h1 id="session-name">{name}</h1>
      <p class="base-url">
        <span class="quiet">{t('Base URL for its client')}</span> <code>{url}</code>{' '}
        <CopyButton text={url} label={t('Copy the base URL')} />
      </p>
      <Clock session={session} />
    </header>
  );
}

const MODES: Readonly<Record<string, string>> = {
  real: 'real clock',
  paced: 'paced clock',
  fast: 'fast clock',
  manual: 'clock moved by hand',
};

function Clock({ session }: { session: LiveSession }) {
  const { mode, pace } = session.view.value.clock;
  if (mode !== 'manual') void beat.value;
  const now = new Date(nowOf(session)).toISOString();
  return (
    <p class="quiet clock">
      {t(MODES[mode] ?? mode)}
      {pace !== 1 && ` ×${pace}`} ·{' '}
      <time dateTime={now}>
        {now.slice(0, 10)} {now.slice(11, 19)}
      </time>{' '}
      UTC
    </p>
  );
}
