import { follow, part } from './read.mjs';

/**
 * Is this an answer that the contract describes for an operation?
 * @param judge by the letter
 * @param meant as authors mean it: asked where the letter says no; such an answer is good, with `meant: true`
 * @returns `good` (a success that the contract describes), `refusal` (4xx), `error` (5xx or none at all) or `wrong`,
 *   with a word why
 */
export async function judgeAnswer(document, operation, answer, judge, meant) {
  const { status, type, text } = answer;
  if (status === 0) return { verdict: 'error', why: text };
  const [, { responses = {} } = {}] = follow(document, operation.pointer);
  if (status >= 500 && !succeedsBy(responses, status))
    return { verdict: 'error', why: `${status} ${text.slice(0, 200)}` };
  const key = [String(status), `${String(status)[0]}XX`, `${String(status)[0]}xx`, 'default'].find(
    (k) => k in responses,
  );
  if (status >= 400 && !succeedsBy(responses, status)) {
    return { verdict: 'refusal', why: `${status} ${text.slice(0, 200)}` };
  }
  if (key === undefined) return { verdict: 'wrong', why: `${status} is not described` };
  const [at, response] = follow(document, `${operation.pointer}/responses/${part(key)}`);
  const said = { type, text, method: operation.method, status };
  const why = await bodyProblem(document, at, response, said, judge);
  if (why === undefined) return { verdict: 'good' };
  if (meant && (await bodyProblem(document, at, response, said, meant)) === undefined)
    return { verdict: 'good', meant: true };
  return { verdict: 'wrong', why };
}

/** A contract that describes errors alone is answered by one of them. */
function succeedsBy(responses, status) {
  const keys = Object.keys(responses);
  if (keys.some((key) => /^[123]/.test(key) || key === 'default')) return false;
  return (
    keys.includes(String(status)) || keys.some((k) => k.toUpperCase() === `${String(status)[0]}XX`)
  );
}

async function bodyProblem(document, at, response, { type, text, method, status }, judge) {
  const types = Object.keys(response?.content ?? {});
  if (types.length === 0 || method === 'HEAD' || status === 204 || status === 304) return undefined;
  const essence = type.split(';')[0].trim().toLowerCase();
  const described = types.find((t) => matches(t.split(';')[0].trim().toLowerCase(), essence));
  if (described === undefined)
    return `media type ${type || 'none'} is not one of ${types.join(', ')}`;
  const schema = `${at}/content/${part(described)}/schema`;
  if (follow(document, schema)[1] === undefined || !/[/+]json$/.test(essence)) return undefined;
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return `body is no JSON: ${text.slice(0, 100)}`;
  }
  const fits = await judge(schema, value);
  return fits === 'invalid' ? `body does not fit its schema: ${text.slice(0, 300)}` : undefined;
}

function matches(range, essence) {
  if (range === '*/*' || range === essence) return true;
  return range.endsWith('/*') && essence.startsWith(range.slice(0, -1));
}
