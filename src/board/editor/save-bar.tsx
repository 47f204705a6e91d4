import { signal } from '@preact/signals';
import { Prose } from '../../view/prose.js';
import { readWords } from '../by-hand/words.js';
import { ask, ControlError } from '../control.js';
import { notePlayed } from '../example/example.js';
import { ExampleButton } from '../example/example-button.js';
import { sessions } from '../live.js';
import { go, linkTo } from '../route.js';
import { t } from '../text.js';
import {
  all,
  api,
  lint,
  lintSoon,
  opened,
  over,
  report,
  said,
  saved,
  tell,
  text,
  unsaved,
} from './draft.js';
import { Choice } from './fields.js';
import { openScenario, stayAt, useApi } from './open-draft.js';
import { canRedo, canUndo, redoChange, undoChange } from './yaml-editor.js';

/** What has come of the last save or play. */
const told = signal<{ good: boolean; text: string; played?: string; clash?: boolean } | undefined>(
  undefined,
);
const session = signal('default');

/** What can be done with the whole scenario: to play it is in reach wherever one has scrolled to. */
export function SaveBar() {
  return (
    <>
      <Keep />
      <Play />
    </>
  );
}

function Keep() {
  const { saves, errors = 0 } = report.value ?? {};
  const canSave = saves !== undefined && 'file' in saves;
  return (
    <div class="save-bar">
      <div class="acts">
        <button type="button" onClick={undoChange} disabled={!canUndo.value}>
          {t('Undo')}
        </button>
        <button type="button" onClick={redoChange} disabled={!canRedo.value}>
          {t('Redo')}
        </button>
        {canSave && (
          <button
            type="button"
            class="main"
            disabled={errors > 0 || !unsaved.value}
            onClick={() => void save(over.value)}
          >
            {t('Save')}
          </button>
        )}
        <button type="button" onClick={download}>
          {t('Download')}
        </button>
        {all.value.length > 1 && (
          <Choice label="API" value={api.value ?? ''} onChoice={(name) => void changeApi(name)}>
            {all.value.map(({ api: name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Choice>
        )}
      </div>
      {saves && (
        <p class="quiet">
          {'file' in saves ? (
            `${saves.file}: ${unsaved.value ? t('not saved yet') : t('saved')}`
          ) : (
            <Prose text={t(saves.message)} />
          )}
        </p>
      )}
    </div>
  );
}

function Play() {
  const { saves, errors = 0 } = report.value ?? {};
  const canSave = saves !== undefined && 'file' in saves;
  return (
    <div class="play-bar">
      <div class="acts">
        <button
          type="button"
          class={canSave || told.value?.played !== undefined ? '' : 'main'}
          disabled={errors > 0}
          onClick={() => void play()}
        >
          {t('Play it now')}
        </button>
        <Choice
          label={t('in session')}
          value={session.value}
          onChoice={(name) => {
            session.value = name;
          }}
        >
          {[...new Set(['default', ...sessions.value.keys()])].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Choice>
      </div>
      <output class={told.value?.good === false ? 'told wrong' : 'told'} aria-live="polite">
        {told.value && (
          <>
            {told.value.text} {told.value.played && <Played session={told.value.played} />}
            {told.value.clash && <Clash />}
          </>
        )}
      </output>
    </div>
  );
}

/** It waits for a job: of whichever client comes, or of the page. */
function Played({ session: name }: { session: string }) {
  const there = linkTo(['sessions', name]);
  return (
    <span class="acts">
      <ExampleButton session={name} main onPlay={() => go(there)} />
      <a href={there}>{t('Go there')}</a>
    </span>
  );
}

/** Somebody has changed the file meanwhile: theirs or mine? */
function Clash() {
  return (
    <span class="acts">
      <button type="button" onClick={() => void takeTheirs()}>
        {t('Take what the file says now')}
      </button>
      <button type="button" onClick={() => void saveOver()}>
        {t('Save mine over it')}
      </button>
    </span>
  );
}

function nameNow(): string {
  return String(said.value.scenario ?? 'scenario');
}

async function save(known: string | null): Promise<void> {
  const yaml = text.value;
  const name = nameNow();
  // Under another name it is another file.
  const target = report.value?.saves;
  const mine = opened.value === name || opened.value === undefined ? known : null;
  try {
    const done = await ask<{ file: string; hash: string }>('PUT', ['scenarios', name], {
      yaml,
      over: mine,
      ...(api.value === undefined ? {} : { api: api.value }),
    });
    opened.value = name;
    over.value = done.hash;
    saved.value = yaml;
    told.value = { good: true, text: t`Saved: ${done.file}` };
    const link = linkTo(['editor', name]);
    if (location.hash !== link) stayAt(name);
    go(link, { replace: true });
    await lint();
  } catch (error) {
    const clash =
      error instanceof ControlError && /^SCENARIO_FILE_(CHANGED|EXISTS)$/.test(error.code);
    told.value = { good: false, text: t(tell(error)), clash: clash && target !== undefined };
  }
}

async function saveOver(): Promise<void> {
  const saves = (await lint())?.saves;
  if (!saves || !('file' in saves)) return;
  opened.value = nameNow();
  over.value = saves.hash;
  await save(saves.hash);
}

async function takeTheirs(): Promise<void> {
  try {
    await openScenario(nameNow());
    told.value = undefined;
    await lint();
  } catch (error) {
    told.value = { good: false, text: t(tell(error)) };
  }
}

/** A file for who has no folder here. */
function download(): void {
  const url = URL.createObjectURL(new Blob([text.value], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${nameNow()}.yaml`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

async function play(): Promise<void> {
  const body = unsaved.value
    ? { yaml: text.value, ...(api.value === undefined ? {} : { api: api.value }) }
    : { scenario: nameNow() };
  try {
    await ask('POST', ['sessions', session.value, 'next'], body);
    const { operations } = said.value;
    const operation = Array.isArray(operations) ? String(operations[0]) : undefined;
    await readWords();
    notePlayed(nameNow(), { operation, api: api.value });
    told.value = {
      good: true,
      text: t`The next job of session ${session.value} will live it.`,
      played: session.value,
    };
  } catch (error) {
    told.value = { good: false, text: t(tell(error)) };
  }
}

async function changeApi(name: string): Promise<void> {
  await useApi(name);
  lintSoon();
}
