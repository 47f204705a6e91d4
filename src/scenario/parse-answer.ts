import { isScalar } from 'yaml';
import {
  FAULT_NAMES,
  FAULTS,
  type Fault,
  type FaultName,
  type FaultSettings,
  makeFault,
  SETTING_KEYS,
} from '../faults/index.js';
import { plain } from '../yaml.js';
import type { Fields } from './fields.js';
import type { Answer } from './scenario.js';

/** What an answer says; where nothing is answered, there is nothing to say. */
const SAID = ['http', 'retry_after', 'headers', 'body'];
const SETTINGS = Object.keys(SETTING_KEYS) as (keyof typeof SETTING_KEYS)[];
export const ANSWER = ['http', 'fault', 'retry_after', 'headers', 'body', ...SETTINGS];

/** A body of a hundred megabytes is more than any client of JSON should take. */
const MOST_BYTES = 100_000_000;

/**
 * Reads the fields of an answer that stands in the place of a state or of a job.
 * @param state whether a state stands behind it, which a fault can damage
 */
export function readAnswer(answer: Fields, state: boolean): Answer {
  const fault = readFault(answer);
  const kind = fault && FAULTS[fault.name];
  // A fault that nobody knows is mistake enough.
  if (answer.node('fault') && !fault) return NOTHING;
  if (kind && kind.answer !== 'damaged') return { ...NOTHING, fault };
  const said = SAID.some((key) => answer.node(key));
  if (fault && state && !said) return { ...NOTHING, fault };
  if (!answer.node('http')) {
    const hint =
      fault && !state
        ? 'say which answer is damaged, for example http: 503'
        : 'give it a status, for example http: 503';
    answer.wrong(undefined, 'the answer has no "http"', hint);
  }
  const body = answer.node('body');
  if (body) answer.refuseAliases(body);
  return {
    fault,
    http: answer.whole('http', 200, 599) ?? 500,
    retryAfter: answer.duration('retry_after'),
    headers: readHeaders(answer),
    body: body && plain(body),
  };
}

const NOTHING: Answer = {
  fault: undefined,
  http: 0,
  retryAfter: undefined,
  headers: {},
  body: undefined,
};

function readFault(answer: Fields): Fault | undefined {
  const name = answer.oneOf('fault', FAULT_NAMES, 'fault');
  const known = FAULT_NAMES.find((each) => each === name);
  if (known) refuseWhatIsUnsaid(answer, known);
  for (const key of SETTINGS) {
    const takes: readonly string[] = known ? FAULTS[known].settings : SETTINGS;
    if (!answer.node(key) || (answer.node('fault') && takes.includes(key))) continue;
    const of = FAULT_NAMES.filter((each) =>
      (FAULTS[each].settings as readonly string[]).includes(key),
    );
    answer.wrong(
      answer.node(key),
      `"${key}" is not for this answer`,
      `it measures ${of.join(', ')}`,
    );
  }
  return known && makeFault(known, withoutUndefined(readSettings(answer, known)));
}

/** Keys that cannot stand beside this fault. */
function refuseWhatIsUnsaid(answer: Fields, name: FaultName): void {
  const { answer: behind } = FAULTS[name];
  if (behind === 'damaged') return;
  for (const key of SAID) {
    if (!answer.node(key) || (behind === 'own' && key === 'http')) continue;
    const hint =
      behind === 'none'
        ? 'leave it out: with this fault nothing is answered'
        : 'leave it out: this fault brings an answer of its own';
    answer.wrong(answer.node(key), `"${key}" cannot stand beside "fault: ${name}"`, hint);
  }
}

function readSettings(
  answer: Fields,
  name: FaultName,
): Partial<Record<keyof FaultSettings, number>> {
  return {
    closed: answer.duration('closed'),
    rate: answer.whole('bytes_per_second', 1, 1_000_000),
    bytes: answer.whole('bytes', 0, MOST_BYTES),
    offBy: readOffBy(answer),
    skew: answer.signed('skew'),
    http: readOwnStatus(answer, name),
  };
}

function readOffBy(answer: Fields): number | undefined {
  const node = answer.node('off_by');
  if (!node) return undefined;
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value !== 0) return value;
  answer.wrong(node, '"off_by" must be a whole number other than 0', 'for example -10');
  return undefined;
}

/** RFC 9110 §15.4: statuses that name another place; §15.6: those of a gateway. */
function readOwnStatus(answer: Fields, name: FaultName): number | undefined {
  const node = answer.node('http');
  if (!node) return undefined;
  if (name === 'gateway-html') return answer.whole('http', 500, 599);
  if (name !== 'redirect') return undefined;
  const known = ['301', '302', '303', '307', '308'];
  return Number(answer.oneOf('http', known, 'status of a redirect')) || undefined;
}

function withoutUndefined(values: Partial<FaultSettings>): Partial<FaultSettings> {
  return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined));
}

function readHeaders(answer: Fields): Record<string, string> {
  const node = answer.node('headers');
  const given = Object.entries(answer.flat('headers'));
  for (const [name, value] of given) {
    if (value === null) {
      answer.wrong(node, `the header "${name}" has no value`, 'write "" for an empty one');
    }
    if (/^(content-length|transfer-encoding)$/i.test(name)) {
      const hint = 'leave it out: it follows from the body';
      answer.wrong(node, `"${name}" is written by the sandbox`, hint);
    }
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || /[^\t\x20-\x7e]/.test(String(value))) {
      const hint = 'RFC 9110 §5.1: letters, digits, dashes; printable ASCII values';
      answer.wrong(node, `"${name}" cannot be sent as a header`, hint);
    }
  }
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
