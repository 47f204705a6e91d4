import { plain } from '../yaml.js';
import type { Fields } from './fields.js';
import { type Answer, FAULTS, type Fault } from './scenario.js';

/** What only an answer has; a fault has nothing to say. */
const SAID = ['http', 'retry_after', 'headers', 'body'];
export const ANSWER = ['http', 'fault', 'retry_after', 'headers', 'body'];

/** Reads the fields of an answer that stands in the place of a state or of a job. */
export function readAnswer(answer: Fields): Answer {
  if (answer.node('fault')) return readFault(answer);
  if (!answer.node('http')) {
    const hint = 'give it a status, for example http: 503';
    answer.wrong(undefined, 'the answer has no "http"', hint);
  }
  const body = answer.node('body');
  if (body) answer.refuseAliases(body);
  return {
    fault: undefined,
    http: answer.whole('http', 200, 599) ?? 500,
    retryAfter: answer.duration('retry_after'),
    headers: readHeaders(answer),
    body: body && plain(body),
  };
}

function readFault(answer: Fields): Answer {
  for (const key of SAID) {
    if (!answer.node(key)) continue;
    const hint = 'leave it out: with a fault nothing is answered';
    answer.wrong(answer.node(key), `"${key}" cannot stand beside "fault"`, hint);
  }
  const fault = answer.oneOf('fault', FAULTS, 'fault') as Fault | undefined;
  return { fault, http: 0, retryAfter: undefined, headers: {}, body: undefined };
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
