import { declarationOf } from '../../faults/index.js';
import { inEnglish, type Say } from '../../say.js';
import {
  type Answer,
  endsToken,
  type Scenario,
  type State,
  type Step,
  type StepDuration,
} from '../../scenario/scenario.js';
import { formatDuration } from '../../time/duration.js';

/** @property api name of the API whose jobs live it, where several are served */
export type ScenarioSummary = ReturnType<typeof summarize> & { api?: string } & Partial<
    ReturnType<typeof showLife>
  >;

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
    lines: scenario.life.map(({ line }) => line),
    ...showLife(scenario),
    expect: scenario.expect,
    result: scenario.result,
  };
}

/** What a picture of a life needs. */
export function showLife({ life, refuse }: Pick<Scenario, 'life' | 'refuse'>) {
  return {
    steps: life.map(showStep),
    ...(refuse ? { refuse: refuse.fault?.name ?? refuse.http } : {}),
  };
}

/** A step as pictures and lists want it. */
function showStep(step: Step) {
  const { response: says, duration, eta, delay, token, offContract } = step;
  return {
    ...(endsToken({ token })
      ? { token }
      : 'state' in says
        ? showState(says)
        : showAnswer(says.answer)),
    ...(duration.kind === 'ever'
      ? {}
      : { for: tellLasts('', duration, inEnglish).trim().replace(/^for /, '') }),
    ...(eta ? { eta: formatDuration(eta.after), eta_from: eta.from } : {}),
    ...(delay ? { delay: formatDuration(delay) } : {}),
    ...(offContract ? { off_contract: true } : {}),
  };
}

function showState({ state, outcome, error }: State) {
  return { state, outcome, ...(error ? { error: error.text } : {}) };
}

function showAnswer({ fault, http, retryAfter }: Answer) {
  return {
    ...(http === 0 ? {} : { http }),
    ...(fault ? { fault: fault.name, fault_title: declarationOf(fault).title } : {}),
    ...(retryAfter ? { retry_after: formatDuration(retryAfter.after) } : {}),
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
