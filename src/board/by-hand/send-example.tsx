import { useEffect, useRef, useState } from 'preact/hooks';
import type { JobState, SessionView } from '../../sandbox/control/views.js';
import { Outcome, useAct } from '../act.js';
import { CodeBlock } from '../code-block.js';
import { t } from '../text.js';
import { answerTo } from './answer-to.js';
import { pollOnce, pollToEnd } from './poll-job.js';
import { exampleOf, type Got, pretty, type SampleRequest } from './send.js';
import { operations } from './words.js';

/** For who has no client yet: an example is sent from here, and its job polled, as a client would. */
export function SendExample({ view, jobs }: { view: SessionView; jobs: readonly JobState[] }) {
  const scheduling = operations.value.filter(({ answered_by: by }) => by === 'job');
  const others = operations.value.filter(({ answered_by: by }) => by !== 'job' && by !== 'report');
  const [chosen, setChosen] = useState<string | undefined>();
  const operation = chosen ?? scheduling[0]?.id;
  const [request, setRequest] = useState<SampleRequest | undefined>();
  const [got, setGot] = useState<Got | undefined>();
  const act = useAct();
  useEffect(() => {
    setRequest(undefined);
    if (operation) exampleOf(operation).then(setRequest, () => {});
  }, [operation]);
  const change = (part: Partial<SampleRequest>) => request && setRequest({ ...request, ...part });
  const run = () =>
    act.run(async () => {
      if (request) setGot(await answerTo(view.url, request));
    });
  return (
    <section class="hand-part wide" aria-labelledby="send-example">
      <h2 id="send-example">{t('Send an example')}</h2>
      <div class="row">
        <label class="field grows">
          <span>{t('Operation')}</span>
          <select
            value={operation}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          >
            <optgroup label={t('Schedules a job')}>
              {scheduling.map(({ id, summary }) => (
                <option key={id} value={id}>
                  {summary ? `${id} · ${summary}` : id}
                </option>
              ))}
            </optgroup>
            <optgroup label={t('Others')}>
              {others.map(({ id, summary }) => (
                <option key={id} value={id}>
                  {summary ? `${id} · ${summary}` : id}
                </option>
              ))}
            </optgroup>
          </select>
        </label>
        <button type="button" class="main" onClick={run} disabled={!request || act.busy}>
          {t('Send')}
        </button>
      </div>
      {request && (
        <details class="code">
          <summary>{t('What is sent')}</summary>
          <label class="field">
            <span>{t('Path')}</span>
            <input
              value={request.path}
              spellcheck={false}
              onInput={({ currentTarget }) => change({ path: currentTarget.value })}
            />
          </label>
          {request.body !== undefined && (
            <label class="field">
              <span>{t('Body')}</span>
              <textarea
                rows={10}
                spellcheck={false}
                value={pretty(request.body)}
                onInput={({ currentTarget }) => change({ body: currentTarget.value })}
              />
            </label>
          )}
          <p class="quiet">
            {Object.entries(request.headers)
              .map(([name, value]) => `${name}: ${value}`)
              .join(' · ')}
          </p>
        </details>
      )}
      <Outcome act={act} />
      {got && <Answer got={got} label={t('Answer to the request')} />}
      <Poll view={view} jobs={jobs} />
    </section>
  );
}

/** Polls the newest job, or another one. */
function Poll({ view, jobs }: { view: SessionView; jobs: readonly JobState[] }) {
  const [chosen, setChosen] = useState<string | undefined>();
  const [got, setGot] = useState<Got | undefined>();
  const [polling, setPolling] = useState(false);
  const going = useRef(false);
  const act = useAct();
  useEffect(
    () => () => {
      going.current = false;
    },
    [],
  );
  const newest = jobs.at(-1);
  const job = jobs.find(({ id }) => id === chosen) ?? newest;
  if (!job) return null;
  const poll = async () => setGot(await pollOnce(view, job));
  const untilDone = () =>
    act.run(async () => {
      going.current = true;
      setPolling(true);
      try {
        await pollToEnd(view, job.id, () => going.current, setGot);
      } finally {
        going.current = false;
        setPolling(false);
      }
    });
  return (
    <div class="poll">
      <div class="row">
        <label class="field grows">
          <span>{t('Job')}</span>
          <select value={job.id} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
            {jobs
              .slice(-20)
              .toReversed()
              .map(({ id, operation, state }) => (
                <option key={id} value={id}>
                  {id.slice(0, 8)} · {operation} · {state}
                </option>
              ))}
          </select>
        </label>
        <button type="button" onClick={() => act.run(poll)} disabled={act.busy}>
          {t('Poll it')}
        </button>
        {polling ? (
          <button
            type="button"
            onClick={() => {
              going.current = false;
            }}
          >
            {t('Stop polling')}
          </button>
        ) : (
          <button type="button" onClick={untilDone} disabled={act.busy}>
            {t('Poll until its end, heeding the eta')}
          </button>
        )}
      </div>
      {polling && view.clock.mode === 'manual' && (
        <p class="quiet">{t('The clock stands still: the eta comes when you move it.')}</p>
      )}
      <Outcome act={act} />
      {got && <Answer got={got} label={t('Answer to the poll')} />}
    </div>
  );
}

function Answer({ got: { status, body }, label }: { got: Got; label: string }) {
  return (
    <figure class="got" aria-live="polite">
      <figcaption>
        {label}: <b>{status === 0 ? t('none') : status}</b>
      </figcaption>
      <CodeBlock label={label} text={pretty(body).slice(0, 20_000)} />
    </figure>
  );
}
