import { type Say, useText } from '../text.js';
import { kindOf, type LifeStep, markOf, weightOf } from './step-kind.js';

interface LifeProps {
  steps: readonly LifeStep[];
  /** What the request that schedules is answered, in the place of a job: a status or a fault. */
  refuse?: number | string | undefined;
  /** Only states and marks, for lists; what else there is to say is told to who points at a step. */
  small?: boolean;
}

/** The life of a job from left to right: a bar for each step, as wide as it is long among the others. */
export function Life({ steps, refuse, small = false }: LifeProps) {
  const t = useText();
  if (refuse !== undefined) {
    return (
      <ol class={small ? 'life small' : 'life'}>
        <li class="life-step k-refused">
          <b>
            <Mark>⊘</Mark> {String(refuse)}
          </b>
          {!small && <span>{t('in the place of a job')}</span>}
        </li>
      </ol>
    );
  }
  return (
    <ol class={small ? 'life small' : 'life'}>
      {steps.map((step, i) => (
        <Step key={i} step={step} small={small} />
      ))}
    </ol>
  );
}

function Step({ step, small }: { step: LifeStep; small: boolean }) {
  const t = useText();
  const facts = factsOf(step, t);
  return (
    <li
      class={`life-step ${kindOf(step)}`}
      style={{ flexGrow: weightOf(step) }}
      title={small ? facts.join(' · ') || undefined : undefined}
    >
      <b>
        <Mark>{markOf(step)}</Mark> {says(step, t)}
      </b>
      {!small && facts.map((fact) => <span key={fact}>{fact}</span>)}
    </li>
  );
}

function Mark({ children }: { children: string }) {
  return <span aria-hidden="true">{children}</span>;
}

/** What a client is told, or what happens to its answer. */
function says({ state, http, fault, fault_title: title, token }: LifeStep, t: Say): string {
  if (state !== undefined) return state;
  if (token !== undefined) return t(TOKENS[token] ?? token);
  const what = fault === undefined ? '' : t(title ?? fault);
  return [http, what].filter(Boolean).join(' ');
}

const TOKENS: Readonly<Record<string, string>> = {
  expires: 'token expires',
  revoked: 'token is revoked',
  'lacks-scope': 'token lacks a scope',
};

function factsOf(step: LifeStep, t: Say): string[] {
  const { for: lasts, eta, eta_from: from, retry_after: retry, delay, error } = step;
  return [
    ...(error === undefined ? [] : [error]),
    ...(lasts === undefined ? [] : [lengthOf(lasts, t)]),
    ...(eta === undefined ? [] : [from === 'start' ? t`eta ${eta} from start` : t`eta ${eta}`]),
    ...(retry === undefined ? [] : [`Retry-After ${retry}`]),
    ...(delay === undefined ? [] : [t`sent ${delay} late`]),
    ...(step.off_contract ? [t('off contract')] : []),
  ];
}

/** `2 polls`, `3s`, `until released`, in the reader's language. */
function lengthOf(lasts: string, t: Say): string {
  if (lasts === 'until released') return t('until released');
  const polls = /^(\d+) polls?$/.exec(lasts)?.[1];
  if (polls === undefined) return lasts;
  const counted = `${polls} ${polls === '1' ? 'poll' : 'polls'}`;
  return t(counted);
}
