import type { Contract } from '../contract/contract.js';
import type { Millis } from '../scenario/duration.js';
import { type Fault, type FaultName, kindOf } from '../scenario/fault.js';
import type { Answer } from './answer.js';
import { duplicateKey, replaceText, replaceWhere } from './leaves.js';

/** What the answer is about. */
export interface Facts {
  /** Where it was asked for. */
  url: string;
  now: Millis;
  /** The one that it tells. */
  eta: Millis | undefined;
  /** The job's state that it names. */
  state: string | undefined;
  contract: Contract;
  /** By operationId. */
  operation: string;
}

type Spoil = (answer: Answer, fault: Fault, facts: Facts) => Answer;

/**
 * The answer as the fault has it. What happens on the wire is left to the server; here is done what
 * changes what is said.
 */
export function spoil(answer: Answer, fault: Fault, facts: Facts): Answer {
  const change = CHANGES[fault.name];
  return { ...(change ? change(answer, fault, facts) : answer), fault };
}

const CHANGES: Partial<Record<FaultName, Spoil>> = {
  'gateway-html': (_, { http = 502 }) => {
    const [title] = Object.entries(GATEWAY).find(([, status]) => status === http) ?? ['Error'];
    const value = gatewayPage(`${http} ${title}`);
    return html(http, value);
  },
  redirect: (_, { http = 303 }, { url }) => ({
    ...EMPTY,
    status: http,
    headers: { Location: url },
  }),
  'wrong-content-type': (answer) => withHeader(answer, 'Content-Type', 'text/html; charset=utf-8'),
  'malformed-json': (answer) => withText(answer, answer.body.slice(0, -1)),
  'breaks-contract': breakContract,
  // RFC 8259 §4: what a reader makes of it is unpredictable; most take the last.
  'duplicate-keys': (answer, _, { state }) => ({
    ...answer,
    body: duplicateKey(answer.value, state) ?? answer.body,
  }),
  // RFC 8259 §8.1: must not be sent, and may be forgiven.
  bom: (answer) => withText(answer, `\uFEFF${answer.body}`),
  'clock-skew': (answer, { skew }, { now }) =>
    withHeader(answer, 'Date', new Date(now + skew).toUTCString()),
  'eta-without-zone': withEta((eta) => iso(eta).slice(0, -1)),
  'eta-local': withEta(kyivTime),
  'eta-epoch': withEta((eta) => Math.ceil(eta / 1000)),
  'eta-missing': withEta(() => undefined),
  'eta-null': withEta(() => null),
};

const EMPTY = { fault: undefined, body: '', mediaType: '', value: undefined };

/** RFC 9110 §15.6, as the servers in front of services word them. */
const GATEWAY: Readonly<Record<string, number>> = {
  'Internal Server Error': 500,
  'Bad Gateway': 502,
  'Service Temporarily Unavailable': 503,
  'Gateway Time-out': 504,
};

/** What nginx sends when the service behind it does not answer. */
function gatewayPage(title: string): string {
  return [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
}

function html(status: number, body: string): Answer {
  const headers = { 'Content-Type': 'text/html' };
  return { fault: undefined, status, headers, body, mediaType: 'text/html', value: body };
}

function withHeader(answer: Answer, name: string, value: string): Answer {
  const others = Object.entries(answer.headers).filter(
    ([key]) => key.toLowerCase() !== name.toLowerCase(),
  );
  const mediaType = name === 'Content-Type' ? (value.split(';', 1)[0] as string) : answer.mediaType;
  return { ...answer, mediaType, headers: { ...Object.fromEntries(others), [name]: value } };
}

/** A text that is no JSON any more. */
function withText(answer: Answer, body: string): Answer {
  return { ...answer, body, value: body };
}

function withValue(answer: Answer, value: unknown): Answer {
  return { ...answer, value, body: JSON.stringify(value) };
}

/** The first place that spells the eta says it otherwise. */
function withEta(spell: (eta: Millis) => unknown): Spoil {
  return (answer, _, { eta }) => {
    if (eta === undefined) return answer;
    return withValue(answer, replaceText(answer.value, iso(eta), spell(eta)));
  };
}

/** The first value that the contract wants otherwise, the job's state before all others, is a number. */
function breakContract(answer: Answer, _: Fault, { state, contract, operation }: Facts): Answer {
  const asked = contract.operations.get(operation);
  if (!asked) return answer;
  const { status, mediaType } = answer;
  const breaches = (value: unknown) =>
    contract.validator.answer(asked, status, mediaType, value).length;
  const broken = replaceWhere(answer.value, state, (value) => breaches(value) > 0);
  return broken === undefined ? answer : withValue(answer, broken);
}

/** RFC 3339 with an offset: the same moment, by the clock on the wall in Kyiv. */
function kyivTime(moment: Millis): string {
  const timeZone = 'Europe/Kyiv';
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const zone = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName');
  const offset = zone?.value.slice('GMT'.length) || '+00:00';
  const [hours = 0, minutes = 0] = offset.split(':').map(Number);
  const wall = moment + (hours * 60 + minutes) * 60_000;
  return iso(wall).slice(0, -1) + offset;
}

/** Whether a client can still read of the state that the answer names. */
export function tellsState(answer: Answer, state: string): boolean {
  if (!answer.fault) return true;
  return kindOf(answer.fault).read !== 'no' && answer.body.includes(JSON.stringify(state));
}

/**
 * The eta if any client can read it from the answer, so that it has to be kept: a binding need not tell
 * any, and no more need a scenario.
 */
export function toldIn({ fault, body }: Answer, eta: Millis): Millis | undefined {
  if (body.includes(iso(eta))) return fault && kindOf(fault).read !== 'yes' ? undefined : eta;
  return fault?.name === 'eta-local' && body.includes(kyivTime(eta)) ? eta : undefined;
}

function iso(moment: Millis): string {
  return new Date(moment).toISOString();
}
