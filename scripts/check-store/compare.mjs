/** Holds what came against what the model expects; every difference is a text. */

const isObject = (value) => value !== null && typeof value === 'object';

/** Where two values differ, as `.data.eta: expected …, came …`; undefined where they do not. */
export function differs(expected, came, at = '') {
  if (isObject(expected) && isObject(came) && Array.isArray(expected) === Array.isArray(came)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(came)])) {
      const difference = differs(expected[key], came[key], `${at}.${key}`);
      if (difference) return difference;
    }
    return undefined;
  }
  if (expected === came) return undefined;
  return `${at || 'it'}: expected ${JSON.stringify(expected)}, came ${JSON.stringify(came)}`;
}

/** The same for some keys only. */
function has(expected, came, at = '') {
  for (const [key, value] of Object.entries(expected)) {
    if (value === undefined) continue;
    const isPart = key === 'holds';
    const difference = (isPart ? has : differs)(value, came?.[key], `${at}.${key}`);
    if (difference) return difference;
  }
  return undefined;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether a request that must get no whole answer has got none. */
function lostAsExpected({ lost, whole }, reply) {
  if (lost === 'hang') return reply.left ? undefined : `expected no answer, came ${shown(reply)}`;
  if (lost !== 'truncated-body')
    return reply.status === undefined && !reply.unsent && !reply.left
      ? undefined
      : `expected a connection that breaks (${lost}), came ${shown(reply)}`;
  if (reply.status !== whole.status || reply.whole)
    return `expected half a body, came ${shown(reply)}`;
  const text = JSON.stringify(whole.body);
  return text.startsWith(reply.text) && reply.text.length < text.length
    ? undefined
    : `expected the beginning of ${text}, came ${reply.text}`;
}

export const shown = ({ status, text, left, unsent }) =>
  unsent ? 'no connection' : left ? 'no answer' : `${status} ${text?.slice(0, 300)}`;

/** @returns {string | undefined} how a reply is another than expected */
export function differsFrom(answer, reply, remembered) {
  if (answer.lost) return lostAsExpected(answer, reply);
  if (reply.status !== answer.status || !reply.whole)
    return `expected ${answer.status}, came ${shown(reply)}`;
  if (answer.any) return undefined;
  for (const [name, value] of Object.entries(answer.headers ?? {}))
    if (reply.headers[name] !== value)
      return `header ${name}: expected ${value}, came ${reply.headers[name]}`;
  if (answer.html)
    return reply.text.startsWith('<html') ? undefined : `expected HTML, came ${reply.text}`;
  if (answer.text !== undefined)
    return reply.text === answer.text ? undefined : `expected "${answer.text}", came ${reply.text}`;
  const body = parsed(reply.text);
  if (answer.code) return differs(answer.code, body.error?.code, '.error.code');
  if (answer.has) return has(answer.has, body);
  if (answer.same) return sameAsEver(answer.same, reply.text, remembered);
  if (answer.broken) return differs(answer.body, parsed(`${reply.text}}`));
  if (answer.why) return differs({ ...answer.body, why: body.why }, body);
  return differs(answer.body, body);
}

/** What was read once is read for ever. */
function sameAsEver(resource, text, remembered) {
  const { data } = parsed(text);
  if (data?.identifier?.value !== resource)
    return `expected ${resource}, came ${text.slice(0, 300)}`;
  const before = remembered.get(resource);
  return before === undefined ? undefined : differs(before, data);
}

/** What the journal says of an exchange. */
const KEYS =
  'seq method path api operation job scenario step state told listed forgotten resource eta status fault'.split(
    ' ',
  );

/** @returns {string | undefined} how a line of the journal is another than expected */
export function lineDiffers(expected, line) {
  for (const key of KEYS) {
    const difference = differs(expected[key], line[key], `journal.${key}`);
    if (difference) return difference;
  }
  return undefined;
}
