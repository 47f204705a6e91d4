/**
 * What is answered about a job, as its binding says (docs/reference/binding.md). An answer is `{ status, body, headers }`;
 * one that is lost on its way `{ lost: FAULT }`, with what else may be said of it.
 */
import { iso, retryAfter } from './durations.mjs';
import { etaOf, stateOf, stepOf, toldAs } from './life.mjs';

const PLACE = /^\{([\w.]+)\}$/;
const read = (places, path) => path.split('.').reduce((value, key) => value?.[key], places);

/** Fills the places of a template; a key whose place has nothing to say is left out. */
export function fill(template, places) {
  if (Array.isArray(template)) return template.map((item) => fill(item, places));
  if (typeof template === 'string') {
    const alone = PLACE.exec(template);
    if (alone) return read(places, alone[1]);
    return template.replaceAll(/\{([\w.]+)\}/g, (_, path) => read(places, path) ?? '');
  }
  if (template === null || typeof template !== 'object') return template;
  const filled = Object.entries(template).map(([key, value]) => [key, fill(value, places)]);
  return Object.fromEntries(filled.filter(([, value]) => value !== undefined));
}

/** What a failed job tells whose scenario names no error. */
const NO_ERROR = { message: 'The job has failed', text: 'The job has failed' };

/** The business error of a failed job: a known code is enough, the client reads `CODE: message`. */
function errorOf(job) {
  const said = stepOf(job).error;
  if (!said) return job.api.outcomes[stateOf(job)] === 'failed' ? NO_ERROR : undefined;
  const known = job.api.binding.errors[said.code] ?? {};
  const error = { ...known, code: known.code ?? said.code, ...said };
  const text = error.code === undefined ? error.message : `${error.code}: ${error.message}`;
  return { ...error, code: error.code === undefined ? undefined : String(error.code), text };
}

export function placesOf(job, now) {
  const ended = job.finished === undefined ? undefined : iso(job.finished);
  return {
    job: job.id,
    state: stateOf(job),
    eta: iso(etaOf(job, now)),
    createdAt: iso(job.start),
    endedAt: ended,
    doneAt: ended,
    polls: job.polls,
    body: job.body,
    resource: { ...job.body, id: job.resource },
    error: errorOf(job),
    now: iso(now),
  };
}

/** A state that the contract does not know is told as an open one. */
function formOf(job) {
  const { states } = job.api.binding;
  const said = states[stateOf(job)] ?? states[job.api.firstOpen];
  if (!said.shapes) return said;
  const shape = stepOf(job).shape ?? Object.keys(said.shapes)[0];
  return said.shapes[shape];
}

/** What the report says of a job, without an envelope. */
export const dataOf = (job, now) => fill(formOf(job).data, placesOf(job, now));

/** Puts an answer's data into the envelope of its API. */
function enveloped(api, data, request, status, envelope) {
  if (envelope === 'bare') return data;
  const template = api.binding.envelopes[envelope ?? Object.keys(api.binding.envelopes)[0]];
  return fill(template, {
    data,
    http: status,
    url: request.url,
    type: 'object',
    request: request.id,
  });
}

/** `message` left out: the binding's own of the status. */
export function refusal(api, request, status, message) {
  const places = {
    http: status,
    url: request.url,
    request: request.id,
    type: api.binding.types?.[status],
    message: message ?? api.binding.messages[status] ?? `Status ${status}`,
  };
  return { status, body: fill(api.binding.refusal, places) };
}

const named = (headers) =>
  Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );

function headersOf({ headers, retryAfter: after }, job, now) {
  const all = named(headers);
  return after === undefined ? all : { ...all, 'retry-after': retryAfter(after, now, job.pace) };
}

export function good(api, request, data, { status = 200, envelope, headers } = {}) {
  return { status, body: enveloped(api, data, request, status, envelope), headers };
}

/** What the job's state says, whatever its step answers. */
export function stateAnswer(job, request, now) {
  const step = stepOf(job);
  const headers = step.state ? headersOf(step, job, now) : {};
  return good(job.api, request, dataOf(job, now), { envelope: step.envelope, headers });
}

function wordForWord(job, request, now) {
  const { answer } = stepOf(job);
  const headers = headersOf(answer, job, now);
  if (answer.body !== undefined) {
    const isText = typeof answer.body === 'string';
    const body = isText ? undefined : fill(answer.body, placesOf(job, now));
    return { status: answer.http, body, text: isText ? answer.body : undefined, headers };
  }
  if (answer.http < 400) return { status: answer.http, text: '', headers };
  return { ...refusal(job.api, request, answer.http), headers };
}

/** What a poll gets in the present step. */
export function pollAnswer(job, request, now) {
  const { answer } = stepOf(job);
  if (!answer) return stateAnswer(job, request, now);
  if (!answer.fault) return wordForWord(job, request, now);
  if (answer.fault === 'gateway-html') return { status: 502, html: true };
  const whole = stateAnswer(job, request, now);
  if (answer.fault === 'malformed-json') return { ...whole, broken: 'brace', headers: undefined };
  return { lost: answer.fault, whole };
}

export function scheduledAnswer(job, request, now) {
  const said = job.api.binding.scheduled;
  const headers = { 'x-sandbox-scenario': job.scenario };
  if (said.headers) headers.location = `/~${request.session}${job.api.path(job.id)}`;
  const data = fill(said.data, placesOf(job, now));
  return good(job.api, request, data, { status: said.http ?? 200, headers });
}

/** `getJob` of the control API. */
export function viewOf(job, now) {
  const lived = [...job.past, { step: job.index, from: job.since }];
  const ends = stepOf(job).ends.after;
  const until = ends === undefined ? undefined : job.since + ends / job.pace;
  return fill(
    {
      id: job.id,
      api: job.api.name,
      operation: job.operation,
      scenario: job.scenario,
      state: stateOf(job),
      step: job.index,
      polls: job.polls,
      resource: job.resource,
      waits_for_release: stepOf(job).ends === 'released',
      start: iso(job.start),
      eta: iso(etaOf(job, now)),
      finished: job.finished === undefined ? undefined : iso(job.finished),
      error: errorOf(job)?.text,
      life: lived.map((one) => livedStep(job, { ...one, until: one.until ?? until })),
    },
    {},
  );
}

function livedStep(job, { step, from, until }) {
  const { state, answer } = job.steps[step];
  const shown = { step, from: iso(from), until: until === undefined ? undefined : iso(until) };
  if (state) return { ...shown, state, outcome: toldAs(job, state) };
  return { ...shown, answer: answer.http ?? 0, fault: answer.fault };
}
