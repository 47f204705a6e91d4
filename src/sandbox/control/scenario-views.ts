import { declarationOf } from '../../faults/index.js';
import { inEnglish, type Say } from '../../say.js';
import {
  type Answer,
  endsToken,
  type Scenario,
  type Step,
  type StepDuration,
} from '../../scenario/scenario.js';
import { formatDuration } from '../../time/duration.js';

/** @property api name of the API whose jobs live it, where several are served */
export type ScenarioSummary = ReturnType<typeof summarize> & { api?: string };

export function summarize(scenario: Scenario) {
  const { name, title, about, group, operations, offContract } = scenario;
  return {
    name,
    title,
    about,
    group,
    ...(operations ? { operations: [...operations] } : {}),
    when: scenario.when.map((when) =>
      Object.fromEntries(Object.entries(when).filter(([, part]) => Object.keys(part).length > 0)),
    ),
    off_contract: offContract || scenario.life.some((step) => step.offContract),
  };
}

export function showScenario(scenario: Scenario) {
  return {
    ...summarize(scenario),
    file: scenario.file,
    life: scenario.life.map((step) => tellStep(step)),
    ...(scenario.refuse ? { refuse: scenario.refuse.fault?.name ?? scenario.refuse.http } : {}),
    expect: scenario.expect,
    result: scenario.result,
  };
}

/** One line of a life: "STATE for 2 polls, eta 3s after each answer, sent 5s late". */
export function tellStep(
  { response: says, duration: lasts, eta, delay, token }: Step,
  t: Say = inEnglish,
): string {
  if (endsToken({ token }))
    return token === 'expires'
      ? t('the token runs out, until another one comes')
      : t('the token is revoked, until another one comes');
  const what =
    'state' in says
      ? says.state +
        (says.error ? ` (${says.error.text})` : '') +
        (says.shape ? `, ${says.shape}` : '')
      : tellAnswer(says.answer, t) + (token ? `: ${t('the token lacks a scope')}` : '');
  const told = eta
    ? eta.from === 'start'
      ? `, ${t`eta ${formatDuration(eta.after)} from start`}`
      : `, ${t`eta ${formatDuration(eta.after)} after each answer`}`
    : '';
  const late = delay ? `, ${t`sent ${formatDuration(delay)} late`}` : '';
  return `${tellLasts(what, lasts, t)}${told}${tellHeaders(says, t)}${late}`;
}

/** ", with ETag and Retry-After": headers of a state's own. */
function tellHeaders(says: Step['response'], t: Say): string {
  if (!('state' in says)) return '';
  const { headers = {}, retryAfter } = says;
  const names = [...Object.keys(headers), ...(retryAfter ? ['Retry-After'] : [])];
  return names.length > 0 ? `, ${t`with ${names.join(' and ')}`}` : '';
}

/** "answer 503", or what is played in an answer's place. */
export function tellAnswer({ fault, http }: Answer, t: Say = inEnglish): string {
  if (!fault) return t`answer ${http}`;
  const { title } = declarationOf(fault);
  return http === 0 ? t(title) : t`answer ${http}: ${title}`;
}

function tellLasts(what: string, lasts: StepDuration, t: Say): string {
  if (lasts.kind === 'time') return t`${what} for ${formatDuration(lasts.time)}`;
  if (lasts.kind === 'polls')
    return lasts.polls === 1 ? t`${what} for 1 poll` : t`${what} for ${lasts.polls} polls`;
  return lasts.kind === 'released' ? t`${what} until released` : t`${what} for ever`;
}
