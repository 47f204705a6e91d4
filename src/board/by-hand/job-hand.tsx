import { useState } from 'preact/hooks';
import type { JobState } from '../../sandbox/control/views.js';
import { Outcome, useAct } from '../act.js';
import { Choice, type Option } from '../choice.js';
import { ask } from '../control.js';
import { go, linkTo } from '../route.js';
import { t } from '../text.js';
import { playStep, type Step } from './play.js';
import { type Place, pollOnce } from './poll-job.js';
import { type ApiWords, vocabulary, wordsFor } from './words.js';

/** The buttons by which a person plays one job. */
export function JobHand({ place, job }: { place: Place; job: JobState }) {
  const session = place.name;
  const act = useAct();
  const words = wordsFor(job);
  const path = ['sessions', session, 'jobs', job.id];
  const play = (step: Step) =>
    act.run(async () => {
      const broken = await playStep(session, job.id, step);
      if (broken !== undefined)
        act.tell(t('Played, although the API’s contract knows no such answer.'));
    });
  const poll = async () => {
    const { status } = await pollOnce(place, job);
    act.tell(t`Answer to the poll: ${status === 0 ? t('none') : status}`);
  };
  const held = job.by_hand === 'held';
  return (
    <article class={held ? 'job-hand held' : 'job-hand'} aria-label={t`Job ${job.id}`}>
      <header>
        <b>{job.state}</b> <span>{job.operation}</span>{' '}
        <span class="quiet">
          {job.scenario} · <code>{job.id.slice(0, 8)}</code>
          {held && ` · ${t('held by hand')}`}
        </span>
        <div class="row">
          <button type="button" onClick={() => act.run(poll)} disabled={act.busy}>
            {t('Poll it')}
          </button>
          {held || job.waits_for_release ? (
            <button type="button" onClick={() => act.run(() => ask('POST', [...path, 'release']))}>
              {t('Release')}
            </button>
          ) : (
            <button type="button" onClick={() => act.run(() => ask('POST', [...path, 'hold']))}>
              {t('Hold')}
            </button>
          )}
          {job.by_hand !== undefined && (
            <button
              type="button"
              onClick={() => go(linkTo(['editor'], { session, job: job.id, api: job.api }))}
            >
              {t('Make it a scenario')}
            </button>
          )}
        </div>
      </header>
      {words && <States words={words} play={play} />}
      <Answers play={play} />
      <Outcome act={act} />
    </article>
  );
}

/** States last until the person says otherwise. */
function States({ words, play }: { words: ApiWords; play(step: Step): void }) {
  const failing = words.states.filter(({ outcome }) => outcome === 'failed');
  return (
    <fieldset>
      <legend>{t('It is from now on')}</legend>
      <div class="row">
        {words.states.map(({ state, outcome }) => (
          <button
            key={state}
            type="button"
            class={`play k-${outcome}`}
            onClick={() => play({ state })}
          >
            {state}
          </button>
        ))}
        {failing.map(({ state }) => (
          <Choice
            key={state}
            label={t`${state} with an error`}
            placeholder={t('search code or text')}
            empties
            options={words.errors.map(errorOption)}
            onChoose={(code) => play({ state, error: { code } })}
          />
        ))}
      </div>
    </fieldset>
  );
}

function errorOption({ code, name, message }: ApiWords['errors'][number]): Option {
  return {
    value: code,
    label: code,
    words: `${name ?? ''} ${message} ${t(message)}`,
    shown: (
      <>
        <b>{code}</b> {t(message)}
      </>
    ),
  };
}

/** Answers that are asked for most, by their statuses. */
const STATUSES = [404, 401, 429, 503] as const;

/** Answers in the state's place are given so many times, then the job says its state again. */
function Answers({ play }: { play(step: Step): void }) {
  const [times, setTimes] = useState(1);
  const lasting = { for: times === 1 ? '1 poll' : `${times} polls` };
  const faults = vocabulary.value?.faults ?? [];
  const answer = (says: Step) => play({ answer: says, ...lasting });
  return (
    <fieldset>
      <legend>{t('The next polls are answered, once each unless you say more')}</legend>
      <div class="row">
        <label class="field times">
          <span>{t('Times')}</span>
          <input
            type="number"
            min={1}
            max={99}
            value={times}
            onInput={({ currentTarget: { valueAsNumber: n } }) =>
              setTimes(Number.isInteger(n) && n > 0 ? n : 1)
            }
          />
        </label>
        {STATUSES.map((http) => (
          <button
            key={http}
            type="button"
            class={`play ${http >= 500 ? 'k-failure' : 'k-refused'}`}
            onClick={() => answer({ http, ...(http > 428 ? { retry_after: '5s' } : {}) })}
          >
            {http}
          </button>
        ))}
        <button type="button" class="play k-lost" onClick={() => answer({ fault: 'hang' })}>
          {t('no answer')}
        </button>
        <Choice
          label={t('Another fault')}
          placeholder={t('search a fault')}
          empties
          options={faults.map(({ name, title }) => ({
            value: name,
            label: t(title),
            words: name,
            shown: (
              <>
                {t(title)} <code class="quiet">{name}</code>
              </>
            ),
          }))}
          onChoose={(fault) => answer({ fault })}
        />
      </div>
    </fieldset>
  );
}
