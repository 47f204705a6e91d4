import { useEffect, useState } from 'preact/hooks';
import type { SessionView } from '../../sandbox/control/views.js';
import { Outcome, useAct } from '../act.js';
import { CodeBlock } from '../code-block.js';
import { ask, controlUrl } from '../control.js';
import { CopyText } from '../copy-text.js';
import { sessions } from '../live.js';
import { go, linkTo } from '../route.js';
import { t } from '../text.js';
import { CODE } from './code-lines.js';
import { exampleOf, type SampleRequest } from './send.js';
import { bringing, takeToken, tokens } from './token.js';
import { vocabulary } from './words.js';

/** Where a client finds the session, the first lines of one, and its end. */
export function SessionHand({ view }: { view: SessionView }) {
  const { name, url } = view;
  return (
    <section class="hand-part" aria-labelledby="the-session">
      <h2 id="the-session">{t('The session')}</h2>
      <p>
        {t('Base URL for the client')}: <CopyText text={url} label={t('Copy the base URL')} />
      </p>
      <Code view={view} />
      <Reset session={name} />
      <NewSession />
    </section>
  );
}

function Code({ view }: { view: SessionView }) {
  const { name, url, auth } = view;
  const [language, setLanguage] = useState('PHP');
  const [request, setRequest] = useState<SampleRequest | undefined>();
  const operation = vocabulary.value?.apis.find((api) => api.operations.length > 0)?.operations[0];
  useEffect(() => {
    if (operation) exampleOf(operation, { session: name }).then(setRequest, () => {});
  }, [operation]);
  if (!operation || !request) return null;
  const token = tokens.value.get(name);
  const { method, path, headers } = bringing(request, token);
  const needsToken = auth === 'strict' && !token;
  const example = controlUrl('examples', operation);
  const write = CODE[language] ?? Object.values(CODE)[0];
  const code = write?.({ base: url, example, method, path, headers }) ?? '';
  return (
    <details
      class="code"
      onToggle={({ currentTarget }) =>
        currentTarget.open && needsToken && takeToken(name).catch(() => {})
      }
    >
      <summary>{t('First lines of a client')}</summary>
      <fieldset class="row" aria-label={t('Language of the code')}>
        {Object.keys(CODE).map((each) => (
          <button
            key={each}
            type="button"
            class="small"
            aria-pressed={each === language}
            onClick={() => setLanguage(each)}
          >
            {each}
          </button>
        ))}
        <button
          type="button"
          class="small"
          onClick={() => void navigator.clipboard.writeText(code)}
        >
          {t('Copy the code')}
        </button>
      </fieldset>
      <CodeBlock label={t`Code in ${language}`} text={code} />
    </details>
  );
}

/** Asks once, in its own place. */
function Reset({ session }: { session: string }) {
  const [asked, setAsked] = useState(false);
  const act = useAct();
  const reset = () =>
    act.run(async () => {
      await ask('DELETE', ['sessions', session]);
      // It begins anew, so that whoever looks at it still does.
      await ask('PUT', ['sessions', session], {});
      setAsked(false);
    });
  return (
    <div class="row">
      {asked ? (
        <>
          <span>{t('Forget its jobs, its journal and all that was set?')}</span>
          <button type="button" class="danger" onClick={reset} disabled={act.busy}>
            {t('Forget it all')}
          </button>
          <button type="button" onClick={() => setAsked(false)}>
            {t('Keep it')}
          </button>
        </>
      ) : (
        <button type="button" onClick={() => setAsked(true)}>
          {t('Reset the session')}
        </button>
      )}
      <Outcome act={act} />
    </div>
  );
}

/** A world of its own for the next test. */
function NewSession() {
  const [named, setNamed] = useState<string | undefined>();
  const act = useAct();
  const name = named ?? suggested();
  const begin = () =>
    act.run(async () => {
      await ask('PUT', ['sessions', name], {});
      setNamed(undefined);
      go(linkTo(['sessions', name]));
    });
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      <label class="field">
        <span>{t('Name of a new session')}</span>
        <input
          value={name}
          maxLength={64}
          spellcheck={false}
          onInput={({ currentTarget }) => setNamed(currentTarget.value)}
        />
      </label>
      <button type="submit" disabled={act.busy || name === ''}>
        {t('Begin it')}
      </button>
      <Outcome act={act} />
    </form>
  );
}

/** The first name that no session has. */
function suggested(): string {
  for (let i = 1; ; i += 1) if (!sessions.value.has(`test-${i}`)) return `test-${i}`;
}
