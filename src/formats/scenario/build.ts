import { FAULTS, type FaultSettings, makeFault, SETTING_KEYS } from '../../faults/index.js';
import { usuallyMet } from '../../scenario/play.js';
import {
  type Answer,
  type ErrorText,
  type Expect,
  endsToken,
  type RetryAfter,
  type Scenario,
  type State,
  type Step,
  type StepDuration,
  type Tolerance,
} from '../../scenario/scenario.js';
import type { Vocabulary } from '../../scenario/vocabulary.js';
import { parseDuration } from '../../time/duration.js';
import type { FormatDocument } from '../document.js';
import { ANSWER_KEYS } from './answer-conditions.js';
import type { AnswerFile } from './answer-file.js';
import { conditionsOf } from './conditions.js';
import { millis, parseEta, parseLength, parseRetryAfter } from './lengths.js';
import type { ScenarioFile } from './scenario-file.js';
import type { StepFile } from './step-file.js';
import { buildScenarioWebhooks } from './webhooks-file.js';

/** The scenario that a file says, once the file has been found good. */
export function buildScenario(
  document: FormatDocument,
  file: ScenarioFile,
  words: Vocabulary,
  tolerances: Record<string, Tolerance>,
): Scenario {
  const conditions = conditionsOf(file);
  const offContract = file.off_contract ?? false;
  const life = (file.life ?? []).map((step, i) => ({
    ...buildStep(step, words, offContract),
    line: document.yaml.at(document.node(['life', i])).line,
  }));
  return {
    name: String(file.scenario),
    title: said(file.title) ?? '',
    about: said(file.about) ?? '',
    group: said(file.group) ?? 'own',
    file: document.yaml.file,
    operations: file.operations?.map(String),
    when: conditions.map(({ when }) => when),
    whenAt: conditions.map(({ path }) => document.yaml.at(document.node(path))),
    refuse: file.refuse && buildAnswer(file.refuse),
    ...(file.scheduled === undefined ? {} : { scheduled: String(file.scheduled) }),
    ...(file.cancelled === undefined ? {} : { cancelled: String(file.cancelled) }),
    life,
    result: file.result ?? {},
    meets: file.meets?.map((step) => step - 1) ?? metUnasked(life, file),
    expect: buildExpect(file.expect),
    tolerances,
    offContract,
    ...(life.some(({ token }) => token) ? { playsTokens: true } : {}),
    ...(file.webhooks ? { webhooks: buildScenarioWebhooks(file.webhooks) } : {}),
  };
}

/** Who waits for a webhook that is lost asks some time, and need not be there before the end. */
function metUnasked(life: Scenario['life'], { webhooks }: ScenarioFile): number[] {
  const usual = usuallyMet(life);
  return webhooks?.lost ? usual.slice(-1) : usual;
}

function said(text: string | number | boolean | undefined): string | undefined {
  return text === undefined ? undefined : String(text);
}

function buildStep(step: StepFile, words: Vocabulary, offContract: boolean): Omit<Step, 'line'> {
  return {
    response: buildResponse(step, words),
    duration: buildDuration(step),
    eta: step.eta === undefined ? undefined : parseEta(step.eta.trim()),
    delay: millis(step.delay) ?? 0,
    ...(step.token === undefined ? {} : { token: step.token }),
    offContract: step.off_contract ?? offContract,
  };
}

function buildResponse(step: StepFile, words: Vocabulary): Step['response'] {
  const { token, answer } = step;
  // RFC 6750 §3.1: a token that has ended is answered 401, one that may not do it 403.
  const status = token === 'lacks-scope' ? (words.missingScope ?? 403) : 401;
  if (token !== undefined) return { answer: { ...NOTHING, http: status } };
  return answer ? { answer: buildAnswer(answer) } : buildState(step, words);
}

function buildDuration(step: StepFile): StepDuration {
  if (endsToken({ token: step.token })) return { kind: 'polls', polls: 1 };
  const said = step.for === undefined ? undefined : parseLength(step.for.trim());
  return said ?? { kind: 'ever' };
}

function buildState(step: StepFile, words: Vocabulary): State {
  const name = String(step.state);
  return {
    state: name,
    outcome: words.states.get(name)?.outcome ?? 'open',
    shape: said(step.shape),
    envelope: said(step.envelope),
    error: step.error && buildError(step.error, words),
    ...(step.headers ? { headers: buildHeaders(step.headers) } : {}),
    ...(step.retry_after === undefined ? {} : { retryAfter: buildRetryAfter(step.retry_after) }),
  };
}

function buildError(given: NonNullable<StepFile['error']>, words: Vocabulary): ErrorText {
  const key = said(given.code);
  const known = words.errors.get(key ?? words.failure ?? '');
  const message = said(given.message) ?? known?.message ?? '';
  const code = known?.code ?? key ?? '';
  return {
    code,
    name: said(given.name) ?? known?.name ?? '',
    message,
    text: code ? `${code}: ${message}` : message,
    ...(known?.details === undefined ? {} : { details: known.details }),
    ...(known?.shape === undefined ? {} : { shape: known.shape }),
  };
}

function buildAnswer(answer: AnswerFile): Answer {
  const fault = answer.fault && makeFault(answer.fault, settingsOf(answer));
  const silent = ANSWER_KEYS.every((key) => answer[key] === undefined);
  // What a fault damages is the answer of the state behind it, unless the step writes one.
  if (fault && (silent || FAULTS[fault.name].answer !== 'damaged')) return { ...NOTHING, fault };
  const { http = 500, retry_after, headers = {}, body } = answer;
  return {
    fault,
    http,
    retryAfter: buildRetryAfter(retry_after),
    headers: buildHeaders(headers),
    body,
  };
}

function buildHeaders(headers: NonNullable<AnswerFile['headers']>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function buildRetryAfter(text: string | undefined): RetryAfter | undefined {
  return text === undefined ? undefined : parseRetryAfter(text.trim());
}

const NOTHING: Answer = {
  fault: undefined,
  http: 0,
  retryAfter: undefined,
  headers: {},
  body: undefined,
};

/** A fault that makes up an answer takes the status as one of its settings. */
function ownStatus({ fault }: AnswerFile): boolean {
  return fault !== undefined && FAULTS[fault].statuses !== undefined;
}

function settingsOf(answer: AnswerFile): Partial<FaultSettings> {
  const http = ownStatus(answer) ? answer.http : undefined;
  const given = Object.entries(SETTING_KEYS).map(([key, setting]) => {
    const value = answer[key as keyof typeof SETTING_KEYS];
    return [setting, typeof value === 'string' ? parseDuration(value) : value];
  });
  const kept = [...given, ['http', http]].filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as Partial<FaultSettings>;
}

function buildExpect(given: ScenarioFile['expect']): Expect {
  if (!given) return {};
  const { within, output, ...rest } = given;
  const limit = millis(within);
  return {
    ...rest,
    ...(limit === undefined ? {} : { within: limit }),
    ...(output === undefined ? {} : { output: String(output) }),
  } as Expect;
}
