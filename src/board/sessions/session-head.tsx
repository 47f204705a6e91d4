import type { SessionVerdict } from '../../report/json-verdict.js';
import { say } from '../../say.js';
import { controlUrl, SANDBOX } from '../control.js';
import { CopyButton } from '../copy-button.js';
import { type LiveSession, nowOf, opened } from '../live.js';
import { go } from '../route.js';
import { t } from '../text.js';
import { beat } from './beat.js';
import { placeOf } from './filter-bar.js';

/** Who it is, and where its client finds it. */
export function SessionHead(props: {
  session: LiveSession;
  verdict: SessionVerdict | undefined;
  /** The moment at which it is looked at; undefined: now. */
  at: number | undefined;
}) {
  const { session, verdict, at } = props;
  const { name } = session;
  const url = name === 'default' ? SANDBOX : `${SANDBOX}/~${name}`;
  return (
    <header class="session-head">
      <h1 id="session-name">{name}</h1>
      {opened.value === undefined && (
        <p class="client-url">
          <span class="quiet">{t('Base URL for its client')}</span> <code>{url}</code>{' '}
          <CopyButton text={url} label={t('Copy the base URL')} />
        </p>
      )}
      <Clock session={session} at={at} />
      {opened.value === undefined && (
        <a class="quiet" href={controlUrl('sessions', name, 'file')} download={`${name}.esoz`}>
          {t('Save as a file')}
        </a>
      )}
      <p class="to-beside">
        <ToVerdict session={name} verdict={verdict} />
        {opened.value === undefined && (
          <button type="button" onClick={() => toBeside(name, 'hand')}>
            {t('By hand')} <span aria-hidden="true">↓</span>
          </button>
        )}
      </p>
    </header>
  );
}

/** On a narrow page what stands beside the jobs stands below them. */
function toBeside(session: string, tab: 'hand' | undefined): void {
  go(placeOf(session, { beside: tab }), { replace: true });
  requestAnimationFrame(() => document.getElementById('beside')?.scrollIntoView());
}

function ToVerdict(props: { session: string; verdict: SessionVerdict | undefined }) {
  const { session, verdict } = props;
  if (!verdict) return null;
  const { causes, held } = verdict;
  const told = causes.length === 0 ? t('nothing to change') : t`${causes.length} to change`;
  return (
    <button
      type="button"
      class={`to-verdict ${held ? '' : 'error'}`}
      onClick={() => toBeside(session, undefined)}
    >
      {t('Verdict')}: {told} <span aria-hidden="true">↓</span>
    </button>
  );
}

const MODES: Readonly<Record<string, string>> = {
  real: say`real clock`,
  paced: say`paced clock`,
  fast: say`fast clock`,
  manual: say`clock moved by hand`,
};

function Clock({ session, at }: { session: LiveSession; at: number | undefined }) {
  const { mode, pace, rate } = session.view.value.clock;
  if (mode !== 'manual' && at === undefined) void beat.value;
  const now = new Date(at ?? nowOf(session)).toISOString();
  return (
    <p class="quiet clock">
      {t(MODES[mode] ?? mode)}
      {(rate ?? pace) !== 1 && ` ×${rate ?? pace}`} ·{' '}
      <time dateTime={now}>
        {now.slice(0, 10)} {now.slice(11, 19)}
      </time>{' '}
      UTC
    </p>
  );
}
