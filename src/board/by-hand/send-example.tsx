import { useEffect, useRef, useState } from 'preact/hooks';
import type { JobState, SessionView } from '../../sandbox/control/views.js';
import { messageOf, Outcome, useAct } from '../act.js';
import { CodeBlock } from '../code-block.js';
import { t } from '../text.js';
import { answerTo } from './answer-to.js';
import { pollOnce, pollToEnd } from './poll-job.js';
import { exampleOf, type Got, pretty, type SampleRequest } from './send.js';
import { bringing, takeToken, tokens, withToken } from './token.js';
import { type Operation, operations, pollsOf } from './words.js';

/** For who has no client yet: an example is sent from here, and its job polled, as a client would. */
export function SendExample({ view, jobs }: { view: SessionView; jobs: readonly JobState[] }) {
  const scheduling = operations.value.filter(({ answered_by: by }) => by === 'job');
  const others = operations.value.filter(({ answered_by: by }) => by !== 'job' && by !== 'report');
  const [chosen, setChosen] = useState<string | undefined>();
  const known = operations.value.find((one) => keyOf(one) === chosen) ?? scheduling[0];
  const [edited, setEdited] = useState<SampleRequest | undefined>();
  const [example, setExample] = useState<{ of: string; request: SampleRequest } | undefined>();
  const [failed, setFailed] = useState<string | undefined>();
  const [got, setGot] = useState<Got | undefined>();
  const act = useAct();
  const newest = jobs.findLast(({ api }) => api === known?.api);
  const job = known?.answered_by === 'job' ? undefined : newest?.id;
  // What jobs have made meanwhile is named by the next request.
  const ended = jobs.filter(({ finished }) => finished !== undefined).length;
  const session = view.name;
  useEffect(() => {
    if (!known) return;
    let late = false;
    const found = exampleOf(known.id, { session, job, api: known.api });
    found.then(
      (request) => late || setExample({ of: keyOf(known), request }),
      (problem) => late || setFailed(messageOf(problem)),
    );
    setFailed(undefined);
    return () => {
      late = true;
    };
  }, [session, known?.id, known?.api, job, ended]);
  const choose = (key: string) => {
    setEdited(undefined);
    setChosen(key);
  };
  const fitting = known && example?.of === keyOf(known) ? example.request : undefined;
  const request = edited ?? fitting;
  const change = (part: Partial<SampleRequest>) => request && setEdited({ ...request, ...part });
  const run = () =>
    act.run(async () => {
      if (request) setGot(await answerTo(view, await withToken(view, request)));
    });
  return (
    <section class="hand-part wide" aria-labelledby="send-example">
      <h2 id="send-example">{t('Send an example')}</h2>
      <div class="row">
        <label class="field grows">
          <span>{t('Operation')}</span>
          <select
            value={known && keyOf(known)}
            onChange={({ currentTarget }) => choose(currentTarget.value)}
          >
            <optgroup label={t('Schedules a job')}>
              <Options of={scheduling} />
            </optgroup>
            <optgroup label={t('Others')}>
              <Options of={others} />
            </optgroup>
          </select>
        </label>
        <button type="button" class="main" onClick={run} disabled={!request || act.busy}>
          {t('Send')}
        </button>
      </div>
      {failed !== undefined && <p class="wrong">{failed}</p>}
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
            {Object.entries(bringing(request, tokens.value.get(session)).headers)
              .map(([name, value]) => `${name}: ${value}`)
              .join(' · ')}
          </p>
        </details>
      )}
      <Outcome act={act} />
      {got && <Answer got={got} label={t('Answer to the request')} session={session} />}
      <Poll view={view} jobs={jobs} />
    </section>
  );
}

/** Several APIs may have an operation of one name. */
function keyOf({ id, api }: Operation): string {
  return api === undefined ? id : `${api}/${id}`;
}

function Options({ of }: { of: readonly Operation[] }) {
  return of.map((one) => (
    <option key={keyOf(one)} value={keyOf(one)}>
      {one.summary ? `${one.id} · ${one.summary}` : one.id}
    </option>
  ));
}

/** Polls the newest job, or another one. */
function Poll({ view, jobs }: { view: SessionView; jobs: readonly JobState[] }) {
  const [chosen, setChosen] = useState<string | undefined>();
  const [by, setBy] = useState<string | undefined>();
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
  const ways = pollsOf(job);
  const way = ways.find((id) => id === by) ?? ways[0] ?? '';
  const poll = async () => setGot(await pollOnce(view, job, way));
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
        {ways.length > 1 && (
          <label class="field">
            <span>{t('Read by')}</span>
            <select value={way} onChange={({ currentTarget }) => setBy(currentTarget.value)}>
              {ways.map((id) => (
                <option key={id}>{id}</option>
              ))}
            </select>
          </label>
        )}
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
      {got && <Answer got={got} label={t('Answer to the poll')} session={view.name} />}
    </div>
  );
}

function Answer({ got, label, session }: { got: Got; label: string; session: string }) {
  const { status, body, location } = got;
  return (
    <figure class="got" aria-live="polite">
      <figcaption>
        {label}: <b>{status === 0 ? t('none') : status}</b>
        {location !== undefined && (
          <>
            {' '}
            <code>{`Location: ${location}`}</code>
          </>
        )}
      </figcaption>
      <CodeBlock label={label} text={pretty(body).slice(0, 20_000)} />
      {status === 401 && <Renew session={session} />}
    </figure>
  );
}

/** What a client does whose token is no good any more. */
function Renew({ session }: { session: string }) {
  const act = useAct();
  const renew = () =>
    act.run(async () => {
      await takeToken(session);
      act.tell(t('The next request brings it.'));
    });
  return (
    <div class="row">
      <button type="button" onClick={renew} disabled={act.busy}>
        {t('Take a new token')}
      </button>
      <Outcome act={act} />
    </div>
  );
}
