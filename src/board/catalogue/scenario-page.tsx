import { useEffect, useState } from 'preact/hooks';
import type { showScenario } from '../../sandbox/control/scenario-views.js';
import { Life } from '../../view/life/life.js';
import { Prose } from '../../view/prose.js';
import { messageOf, Outcome, useAct } from '../act.js';
import { CodeBlock } from '../code-block.js';
import { ask } from '../control.js';
import { CopyText } from '../copy-text.js';
import { ExampleButton } from '../example/example-button.js';
import { opened, sessions } from '../live.js';
import { go, linkTo } from '../route.js';
import { t } from '../text.js';
import { groupTitle } from './catalogue.js';

/** As the control API tells it; the text of its file, where it tells that. */
type Told = ReturnType<typeof showScenario> & { api?: string; yaml?: string };

/** One scenario: what it teaches, its life, how it is chosen, the text of its file. */
export function ScenarioPage({ name }: { name: string }) {
  const [told, setTold] = useState<Told | undefined>();
  const [failed, setFailed] = useState<string | undefined>();
  useEffect(() => {
    ask<Told>('GET', ['scenarios', name]).then(setTold, (problem) => setFailed(messageOf(problem)));
  }, [name]);
  return (
    <article class="scenario-page">
      <p>
        <a href={linkTo(['scenarios'])}>← {t('All scenarios')}</a>
      </p>
      {failed !== undefined && (
        <>
          <h1>{name}</h1>
          <p class="wrong">
            <Prose text={failed} />
          </p>
        </>
      )}
      {told && <Shown name={name} told={told} />}
    </article>
  );
}

function Shown({ name, told }: { name: string; told: Told }) {
  const { title, about, group, api, steps, refuse, when, operations, yaml, file } = told;
  return (
    <>
      <h1>{title ? t(title) : told.name}</h1>
      {about && (
        <p class="lesson">
          <Prose text={t(about)} />
        </p>
      )}
      <p class="quiet">
        <code>{told.name}</code>
        {api !== undefined && ` · ${api}`} · {groupTitle(group)}
        {told.off_contract && ` · ${t('breaks the contract on purpose')}`}
      </p>
      {opened.value === undefined ? (
        <PlayNext name={name} operations={operations} />
      ) : (
        <p class="quiet">{t('A file is looked at here: nothing in it can be played.')}</p>
      )}
      <h2>{t('Its life')}</h2>
      <Life steps={steps} refuse={refuse} />
      {operations && (
        <p class="quiet">
          {t('For')}: {operations.join(', ')}
        </p>
      )}
      {when.length > 0 && <Chosen when={when} />}
      {yaml !== undefined && (
        <>
          <h2>{t('Its file')}</h2>
          {file && <p class="quiet">{file}</p>}
          <CodeBlock label={t('Its file')} text={yaml} />
        </>
      )}
      <p>
        <a class="button" href={linkTo(['editor', ...name.split('/')])}>
          {t('Edit')}
        </a>
      </p>
    </>
  );
}

/** How a request chooses it by itself. */
function Chosen({ when }: { when: Told['when'] }) {
  return (
    <>
      <h2>{t('A request chooses it by itself')}</h2>
      <p class="quiet">{t('One of these is enough; the client’s code stays as it is.')}</p>
      <ul class="magic">
        {when.map((each, i) => (
          <li key={i}>
            {Object.entries(each).flatMap(([part, fields]) =>
              Object.entries(fields as Record<string, unknown>).map(([field, value]) => (
                <p key={part + field}>
                  {t(PARTS[part] ?? part)} <code>{field}</code> ={' '}
                  <CopyText text={String(value)} label={t`Copy ${String(value)}`} />
                </p>
              )),
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

const PARTS: Readonly<Record<string, string>> = {
  body: 'in the body',
  path: 'in the path',
  query: 'in the query',
  headers: 'in the header',
  resource: 'in what it changes',
};

function PlayNext({ name, operations }: { name: string; operations: string[] | undefined }) {
  const names = [...sessions.value.keys()];
  const [chosen, setChosen] = useState<string | undefined>();
  const session = chosen ?? names.find((each) => each === 'default') ?? names[0] ?? 'default';
  const [played, setPlayed] = useState<string | undefined>();
  const act = useAct();
  const play = () =>
    act.run(async () => {
      const operation = operations?.length === 1 ? { operation: operations[0] } : {};
      await ask('POST', ['sessions', session, 'next'], { scenario: name, ...operation });
      act.tell(t`The next job of session ${session} that it is for will live it.`);
      setPlayed(session);
    });
  return (
    <div class="play-next">
      <div class="row">
        <label class="field">
          <span>{t('Session')}</span>
          <select value={session} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
            {(names.includes(session) ? names : [session, ...names]).map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <button type="button" class="main" onClick={play} disabled={act.busy}>
          {t('Play it next')}
        </button>
        <a href={linkTo(['sessions', session])}>{t('to the session')}</a>
      </div>
      <Outcome act={act} />
      {played !== undefined && (
        <p>
          <ExampleButton session={played} onPlay={() => go(linkTo(['sessions', played]))} />
        </p>
      )}
    </div>
  );
}
