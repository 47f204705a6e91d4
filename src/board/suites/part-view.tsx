import { useRef } from 'preact/hooks';
import { formatCount } from '../../audit/format.js';
import { Prose } from '../../view/prose.js';
import { Steps } from '../../view/report/steps.js';
import { opened } from '../live.js';
import { linkTo } from '../route.js';
import { t } from '../text.js';
import { BaseUrl } from './base-url.js';
import { Found } from './found.js';
import { MetSteps, SuiteSteps } from './met-steps.js';
import { hostOnly, type Plan, type Step } from './plan.js';
import { isRunning, STANDINGS, type Standing, standingOf } from './standing.js';

interface Props {
  plan: Plan;
  step: Step;
  /** How many times faster than real time the next one is started. */
  pace: number;
  onPace: (pace: number) => void;
  onStart: () => void;
  /** Goes to the next scenario; undefined: none is left. */
  next: (() => void) | undefined;
}

/** One scenario of the plan: what it is, its address, what its client does. */
export function PartView({ plan, step, pace, onPace, onStart, next }: Props) {
  const { part, view, chapter, url } = step;
  const standing = standingOf(step);
  const process = chapter?.verdict.process;
  return (
    <section class="part" aria-labelledby="part-name">
      <h2 id="part-name">{t(part.title)}</h2>
      <p class="quiet">
        <a href={linkTo(['scenarios', ...part.name.split('/')])}>
          <code>{part.name}</code>
        </a>
        {part.operations && <> · {part.operations.join(', ')}</>}
      </p>
      {part.about && (
        <p class="part-about">
          <Prose text={t(part.about)} />
        </p>
      )}
      {opened.value === undefined ? (
        <>
          <BaseUrl url={url} />
          <label class="host-only">
            <input
              type="checkbox"
              checked={hostOnly.value}
              onChange={({ currentTarget }) => void plan.sayHostOnly(currentTarget.checked, step)}
            />
            {t(
              'The client keeps this address for every scenario: it can be given a host and a port alone',
            )}
          </label>
          {!view && <PaceChoice suite={plan.suite.pace} pace={pace} onPace={onPace} />}
          <Actions
            plan={plan}
            step={step}
            standing={standing}
            pace={pace}
            onStart={onStart}
            next={next}
          />
          <output class={`standing ${STANDINGS[standing].come}`} aria-live="polite">
            {tellStanding(standing, view?.holds.exchanges ?? 0)}
          </output>
        </>
      ) : (
        <p class="quiet">{t('A file is looked at here: nothing in it can be played.')}</p>
      )}
      {process ? (
        <Steps process={process} id="part" />
      ) : (
        plan.suite.steps && <SuiteSteps steps={plan.suite.steps} />
      )}
      {process && <NextStep plan={plan} step={step} />}
      <MetSteps part={part} chapter={chapter} />
      {chapter && <Found chapter={chapter} />}
    </section>
  );
}

function tellStanding(standing: Standing, exchanges: number): string {
  if (standing === 'waits') {
    return t('Start it, and point the client at the address above.');
  }
  if (standing === 'running') {
    return exchanges === 0
      ? t('Started: nothing has come from the client yet.')
      : t`The client works: ${formatCount(exchanges, 'exchange')} so far.`;
  }
  return t(ENDED[standing]);
}

const ENDED = {
  broken: 'Broken: the client broke a rule.',
  'not played': 'Not played: nothing can be said of it.',
  'to improve': 'Kept, but there is something to improve.',
  kept: 'Kept: whatever was put to the test was right.',
} as const;

function Actions({
  plan,
  step,
  standing,
  pace,
  onStart,
  next,
}: Omit<Props, 'onPace'> & { standing: Standing }) {
  const { view, chapter } = step;
  const running = isRunning(step);
  const unseen = chapter?.verdict.process?.steps.some(({ outcome }) => outcome === 'unseen');
  const main = useRef<HTMLButtonElement>(null);
  const act = (work: Promise<void>) => void work.then(() => main.current?.focus());
  const start = (times: number) => {
    onStart();
    act(plan.start(step, times));
  };
  return (
    <div class="actions">
      {!view && (
        <button ref={main} type="button" class="main" onClick={() => start(pace)}>
          {t('Start')}
        </button>
      )}
      {running && (
        <button
          ref={main}
          type="button"
          class="main"
          onClick={() => act(plan.note(step, { run: 'over' }))}
        >
          {t('The client is done')}
        </button>
      )}
      {view && !running && next && (
        <button ref={main} type="button" class="main" onClick={next}>
          {t('Next scenario')}
        </button>
      )}
      {unseen && (
        <button type="button" onClick={() => void plan.note(step, { seen: true })}>
          {t('I have seen that the client shows what failed')}
        </button>
      )}
      {view && (
        <button type="button" onClick={() => start(view.clock.pace)}>
          {t('Start anew')}
        </button>
      )}
      {view && !running && standing !== 'kept' && (
        <button type="button" onClick={() => act(plan.note(step, { run: 'running' }))}>
          {t('The client goes on')}
        </button>
      )}
    </div>
  );
}

function PaceChoice({
  suite,
  pace,
  onPace,
}: {
  suite: number | undefined;
  pace: number;
  onPace: (pace: number) => void;
}) {
  if (suite === undefined || suite === 1) return null;
  return (
    <fieldset class="pace">
      <legend>{t('Time')}</legend>
      <label>
        <input type="radio" name="pace" checked={pace === 1} onChange={() => onPace(1)} />
        {t("The API's own: a minute is a minute")}
      </label>
      <label>
        <input type="radio" name="pace" checked={pace !== 1} onChange={() => onPace(suite)} />
        {t`${suite} times as fast, for a client that divides its own pauses by ${suite}`}
      </label>
    </fieldset>
  );
}

/** What the client has to do next in a process. */
function NextStep({ plan, step }: { plan: Plan; step: Step }) {
  const steps = step.chapter?.verdict.process?.steps ?? [];
  const next = steps.find(({ outcome, optional }) => outcome === 'not reached' && !optional);
  const known = plan.suite.steps?.find(({ name }) => name === next?.step);
  if (!next || !known) return null;
  return (
    <p class="next-step">
      <b>{t('What comes next')}:</b> {t(known.title)}
      {known.advice && (
        <>
          {' '}
          – <Prose text={t(known.advice)} />
        </>
      )}{' '}
      <code>{known.operations.join(', ')}</code>
    </p>
  );
}
