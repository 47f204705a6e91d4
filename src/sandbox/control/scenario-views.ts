import { declarationOf } from '../../faults/index.js';
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
    life: scenario.life.map(tellStep),
    lines: scenario.life.map(({ line }) => line),
    ...(scenario.refuse ? { refuse: scenario.refuse.fault?.name ?? scenario.refuse.http } : {}),
    expect: scenario.expect,
    result: scenario.result,
  };
}

/** One line of a life: "STATE for 2 polls, eta 3s after each answer, sent 5s late". */
export function tellStep({ response: says, duration: lasts, eta, delay, token }: Step): string {
  if (endsToken({ token }))
    return `the token ${token === 'expires' ? 'runs out' : 'is revoked'}, until another one comes`;
  const what =
    'state' in says
      ? says.state +
        (says.error ? ` (${says.error.text})` : '') +
        (says.shape ? `, ${says.shape}` : '')
      : tellAnswer(says.answer) + (token ? ': the token lacks a scope' : '');
  const told = eta
    ? `, eta ${formatDuration(eta.after)} ${eta.from === 'start' ? 'from start' : 'after each answer'}`
    : '';
  const late = delay ? `, sent ${formatDuration(delay)} late` : '';
  return `${what} ${tellLasts(lasts)}${told}${tellHeaders(says)}${late}`;
}

/** ", with ETag and Retry-After": headers of a state's own. */
function tellHeaders(says: Step['response']): string {
  if (!('state' in says)) return '';
  const { headers = {}, retryAfter } = says;
  const names = [...Object.keys(headers), ...(retryAfter ? ['Retry-After'] : [])];
  return names.length > 0 ? `, with ${names.join(' and ')}` : '';
}

/** "answer 503", or what is played in an answer's place. */
export function tellAnswer({ fault, http }: Answer): string {
  if (!fault) return `answer ${http}`;
  const { title } = declarationOf(fault);
  return http === 0 ? title : `answer ${http}: ${title}`;
}

function tellLasts(lasts: StepDuration): string {
  if (lasts.kind === 'time') return `for ${formatDuration(lasts.time)}`;
  if (lasts.kind === 'polls') return `for ${lasts.polls} ${lasts.polls === 1 ? 'poll' : 'polls'}`;
  return lasts.kind === 'released' ? 'until released' : 'for ever';
}
