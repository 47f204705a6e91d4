import { useEffect, useRef, useState } from 'preact/hooks';
import { say } from '../../say.js';
import { messageOf } from '../act.js';
import { takeToken, tokens } from '../by-hand/token.js';
import { ask, ControlError, controlUrl, withQuery } from '../control.js';
import { sessions } from '../live.js';
import { go, linkTo, route } from '../route.js';
import { language, t } from '../text.js';
import { loadViewer, type ShownDocument } from './load-viewer.js';
import { loadViewerWords } from './viewer-words.js';

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
  const [failed, setFailed] = useState<string>();
  const { path, query } = route.value;
  const session = query.get('session') ?? 'default';
  useEffect(() => {
    ask<{ contracts: Contract[] }>('GET', ['contracts']).then(
      ({ contracts }) => setServed([...contracts, CONTROL]),
      (problem: unknown) => setFailed(messageOf(problem)),
    );
  }, []);
  useEffect(() => {
    document.title = `${t('Contract')} · ESOZ Sandbox`;
  }, [language.value]);
  if (failed !== undefined) return <p class="wrong">{failed}</p>;
  if (!served) return <p class="quiet loading">{t('Loading …')}</p>;
  const asked = path[1] ?? (served[0] as Contract).name;
  const shown = served.find(({ name }) => name === asked);
  const asker: Asked = {
    name: asked,
    session,
    query: asked === CONTROL.name ? {} : { session },
  };
  const address = withQuery(controlUrl('contracts', asked), asker.query);
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
            value={asked}
            onChange={({ currentTarget }) => open(currentTarget.value, session)}
          >
            {!shown && <option value={asked}>{asked}</option>}
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
              onChange={({ currentTarget }) => open(asked, currentTarget.value)}
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
        {shown && <a href={address}>{t('The document as it is served')}</a>}
      </div>
      <Viewer key={`${asked} ${session} ${language.value}`} {...asker} />
    </section>
  );
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

/** What went wrong, as a person reads it, and its code. */
interface Failure {
  text: string;
  code: string;
}

/** Which document, with the address of which session. */
interface Asked {
  name: string;
  session: string;
  /** Of the control API. */
  query: Readonly<Record<string, string>>;
}

function Viewer(asked: Asked) {
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'loading' | 'shown' | Failure>('loading');
  useEffect(() => {
    let gone = false;
    const come = (next: typeof state) => !gone && setState(next);
    show(asked, () => (gone ? null : place.current)).then(come, (problem: unknown) =>
      come(failureOf(problem)),
    );
    return () => {
      gone = true;
    };
  }, []);
  return (
    <>
      {state === 'loading' && <p class="quiet loading">{t('Loading …')}</p>}
      {typeof state === 'object' && (
        <p class="wrong contract-failed" role="alert">
          {state.text} <code>[{state.code}]</code>
        </p>
      )}
      {/* What the viewer says of it in its own way would be said twice. */}
      <div ref={place} class="viewer" hidden={typeof state === 'object'} />
    </>
  );
}

const NOT_SHOWN = 'BOARD_CONTRACT_NOT_SHOWN';

const notShown = (): Failure => ({
  text: t(
    'The viewer cannot show this document. Read it as it is served (the link above), or open it in another viewer.',
  ),
  code: NOT_SHOWN,
});

/** Asks for a document and hands it to the viewer. @param placeOf null: nobody looks any more */
async function show(
  { name, session, query }: Asked,
  placeOf: () => HTMLElement | null,
): Promise<'shown' | Failure> {
  const [document, viewer, words, headers] = await Promise.all([
    ask<ShownDocument>('GET', ['contracts', name], undefined, query),
    loadViewer(),
    loadViewerWords(),
    headersFor(name, session),
  ]);
  const place = placeOf();
  if (!place) return 'shown';
  const fold = { more: t('Show the whole description'), less: t('Fold the description') };
  const failed = t('The viewer cannot show this part of the document.');
  return (await viewer(place, document, { words, fold, headers, failed })) ? 'shown' : notShown();
}

function failureOf(problem: unknown): Failure {
  if (problem instanceof ControlError) return { text: messageOf(problem), code: problem.code };
  return notShown();
}
