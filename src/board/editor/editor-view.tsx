import { useEffect } from 'preact/hooks';
import { route } from '../route.js';
import { t } from '../text.js';
import { failed, readable, report, text, unsaved, words } from './draft.js';
import { ExpectBlock } from './expect-block.js';
import { HeadBlock } from './head-block.js';
import { LifeBlock } from './life-block.js';
import { openDraft } from './open-draft.js';
import { ProblemList } from './problems.js';
import { SaveBar } from './save-bar.js';
import { stepOfLine } from './step-of-line.js';
import { YamlEditor } from './yaml-editor.js';

/** A scenario as blocks and as YAML, side by side: each changes the other. */
export function EditorView() {
  const { path, query } = route.value;
  const name = path.length > 1 ? path.slice(1).join('/') : undefined;
  const job = jobIn(query);
  const api = query.get('api') ?? undefined;
  useEffect(() => {
    void openDraft(name, job, api);
  }, [name, job, api]);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (unsaved.value && touched()) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, []);
  return (
    <div class="editor">
      <h1>{name === undefined ? t('A new scenario') : name}</h1>
      {failed.value !== undefined && (
        <p class="told wrong" role="alert">
          {t(failed.value)}
        </p>
      )}
      {words.value && text.value !== '' && (
        <>
          <SaveBar />
          <div class="two">
            <div class="blocks">
              {!readable.value && (
                <output class="told wrong">
                  {t('The YAML cannot be read at the moment; the blocks come back once it can.')}
                </output>
              )}
              <div inert={!readable.value}>
                <HeadBlock />
                <LifeBlock />
                <ExpectBlock />
              </div>
            </div>
            <section class="written" aria-labelledby="editor-yaml">
              <h2 id="editor-yaml">YAML</h2>
              <YamlEditor />
              <OtherProblems />
            </section>
          </div>
        </>
      )}
    </div>
  );
}

/** A job that has been played, as `SESSION/JOB`. */
function jobIn(query: URLSearchParams): string | undefined {
  const from = query.get('from');
  if (from !== null) return from;
  const [session, job] = [query.get('session'), query.get('job')];
  return session !== null && job !== null ? `${session}/${job}` : undefined;
}

/** What is wrong outside of the steps, and how much in all. */
function OtherProblems() {
  const { problems = [], errors = 0 } = report.value ?? {};
  const others = problems.filter(
    ({ line }) => !readable.value || stepOfLine(text.value, line) === undefined,
  );
  return (
    <div class="problems">
      <output class={errors > 0 ? 'count bad' : 'count'}>
        {report.value && (errors === 0 ? t('No mistake') : t`Mistakes: ${errors}`)}
      </output>
      {others.length > 0 && <ProblemList problems={others} />}
    </div>
  );
}

function touched(): boolean {
  return text.value.length > 0 && text.value !== firstText;
}

let firstText = '';
text.subscribe((now) => {
  if (now === '') firstText = '';
  else if (firstText === '') firstText = now;
});
