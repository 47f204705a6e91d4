import { useEffect, useRef, useState } from 'preact/hooks';
import { say } from '../../say.js';
import { takeToken, tokens } from '../by-hand/token.js';
import { ask, controlUrl } from '../control.js';
import { sessions } from '../live.js';
import { go, linkTo, route } from '../route.js';
import { t } from '../text.js';
import { loadViewer } from './load-viewer.js';

interface Contract {
  name: string;
  title: string;
  version: string;
  operations: number;
}

/** The contract of the control API, by the word of `GET /contracts/{contract}`. */
const CONTROL: Contract = { name: 'control', title: say`Control API`, version: '', operations: 0 };

/** Browse and try every operation; what is tried goes to a session. */
export function ContractView() {
  const [served, setServed] = useState<readonly Contract[]>();
  const { path, query } = route.value;
  const session = query.get('session') ?? 'default';
  useEffect(() => {
    void ask<{ contracts: Contract[] }>('GET', ['contracts']).then(({ contracts }) =>
      setServed([...contracts, CONTROL]),
    );
    document.title = `${t('Contract')} · ESOZ Sandbox`;
  }, []);
  if (!served) return <p class="quiet loading">{t('Loading …')}</p>;
  const shown = served.find(({ name }) => name === path[1]) ?? (served[0] as Contract);
  const open = (name: string, own: string) =>
    go(linkTo(['contract', name], { session: own === 'default' ? undefined : own }));
  return (
    <section class="contract" aria-labelledby="contract-title">
      <h1 id="contract-title" class="spoken">
        {t('Contract')}
      </h1>
      <div class="contract-choice">
        <label>
          {t('API')}{' '}
          <select
            value={shown.name}
            onChange={({ currentTarget }) => open(currentTarget.value, session)}
          >
            {served.map(({ name, title, version }) => (
              <option key={name} value={name}>
                {name === 'control' ? t(title) : `${title} ${version}`}
              </option>
            ))}
          </select>
        </label>
        {shown !== CONTROL && (
          <label>
            {t('Session')}{' '}
            <select
              value={session}
              onChange={({ currentTarget }) => open(shown.name, currentTarget.value)}
            >
              {[...new Set(['default', ...sessions.value.keys(), session])].map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        <p class="quiet">
          {shown === CONTROL
            ? t('What is tried steers this sandbox.')
            : t('What is tried is sent to the session, as a client would; any credential will do.')}
        </p>
      </div>
      <Viewer key={`${shown.name} ${session}`} name={shown.name} session={session} />
    </section>
  );
}

/** Names of what the viewer leaves without one. */
function words(): Record<string, string> {
  return {
    '#servers': t('Address of the API'),
    '.examples-select-element': t('Example'),
    '.content-type': t('Media type'),
    'td select': t('Value'),
    'td input': t('Value'),
    textarea: t('Body of the request'),
    '.operation-filter-input': t('Filter by tag'),
  };
}

/** Where only tokens are let in, one is taken. */
async function headersFor(
  name: string,
  session: string,
): Promise<Readonly<Record<string, string>>> {
  const strict = sessions.value.get(session)?.view.value.auth === 'strict';
  if (name === CONTROL.name || !strict) return {};
  return (tokens.value.get(session) ?? (await takeToken(session))).headers;
}

function Viewer({ name, session }: { name: string; session: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState('');
  useEffect(() => {
    const url = new URL(controlUrl('contracts', name));
    if (name !== 'control') url.searchParams.set('session', session);
    const fold = { more: t('Show the whole description'), less: t('Fold the description') };
    Promise.all([loadViewer(), headersFor(name, session)]).then(
      ([viewer, headers]) =>
        place.current && viewer(place.current, url.href, words(), { fold, headers }),
      (error: Error) => setFailed(error.message),
    );
  }, [name, session]);
  return (
    <>
      {failed && <p role="alert">{failed}</p>}
      <div ref={place} class="viewer" />
    </>
  );
}
