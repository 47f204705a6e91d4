import type { AnswerTemplate } from '../../contract/binding.js';
import type { Contract } from '../../contract/contract.js';
import type { Json } from '../../contract/json.js';
import { toldValue } from '../../contract/message.js';
import type { Breach, Operation } from '../../contract/operation.js';
import { missingHeaders } from '../../contract/required-headers.js';
import { answerOf, schemaOf } from '../../contract/validator.js';
import { nearest } from '../../problem.js';
import type { Answer } from '../answer.js';
import type { Api } from '../api.js';
import { asNumber, fitting } from './cure.js';
import { type Keys, keysOf, sourceAt } from './places.js';
import type { PlannedAnswer } from './planned-answers.js';
import { namesAt, schemaAt, tellSchema } from './schema-at.js';
import { isOfLater, type Written, writtenAs } from './written.js';

/** One thing that is wrong in a binding, before it is known on which line it stands. */
export interface BindingFault {
  /** Faults of one cause are told once. */
  cause: string;
  at: Keys;
  message: string;
  hint: string;
  severity?: 'warning';
  /** A field that is not there. */
  missing?: {
    /** With its type. */
    field: string;
    /** As it could be written. */
    cure: string;
    /** Operation and status. */
    by: string;
  };
}

/** What is wrong with an answer that a binding would give, and how each is mended. */
export function judgeAnswer(api: Api, planned: PlannedAnswer): BindingFault[] {
  const { contract } = api;
  const answer = planned.render();
  const undocumented = judgeStatus(planned, answer);
  if (undocumented) return [undocumented];
  const headers = judgeHeaders(api, planned, answer);
  const written = writtenAs(api.binding, planned.template, planned.envelope);
  const wrong = breachesOf(contract, planned.operation, answer).filter(
    (breach) => !isOfLater(written, breach),
  );
  if (wrong.length === 0) return headers;
  const otherwise = isEnvelopeKnown(contract, planned, answer, written)
    ? undefined
    : judgeEnvelope(api, planned, wrong);
  if (otherwise) return [otherwise, ...headers];
  const told = wrong.flatMap((breach) => judgeBreach(contract, planned, answer, breach, written));
  return [...missingTogether(told), ...headers];
}

/** Fields that one object lacks are one mistake, with one cure. */
function missingTogether(faults: readonly BindingFault[]): BindingFault[] {
  const byPlace = new Map<string, BindingFault[]>();
  for (const fault of faults) {
    const place = fault.missing ? JSON.stringify(fault.at) : fault.cause;
    byPlace.set(place, [...(byPlace.get(place) ?? []), fault]);
  }
  return [...byPlace.values()].flatMap((same) => {
    const [first] = same;
    if (!first?.missing) return same;
    const lacked = same.flatMap(({ missing }) => missing ?? []);
    const shown = lacked.slice(0, NAMED);
    const more = lacked.length > NAMED ? ` and ${lacked.length - NAMED} more` : '';
    const fields = shown.map(({ field }) => field).join(', ') + more;
    const { by } = first.missing;
    return [
      {
        ...first,
        cause: `required ${lacked.map(({ field }) => field).join()}`,
        message: `${fields} ${lacked.length === 1 ? 'is' : 'are'} missing, which ${by} requires`,
        hint: `add \`${lacked.map(({ cure }) => cure).join(', ')}\``,
      },
    ];
  });
}

/** So many fields are named; the cure has them all. */
const NAMED = 6;

export function breachesOf(
  { validator }: Contract,
  operation: Operation,
  answer: Answer,
): Breach[] {
  return validator.answer(operation, answer.status, answer.mediaType, toldValue(answer));
}

function statusesOf({ answers }: Operation): string {
  return Object.keys(answers).join(', ') || 'none at all';
}

function judgeStatus(
  { operation, at }: PlannedAnswer,
  { status }: Answer,
): BindingFault | undefined {
  if (answerOf(operation, status)) return undefined;
  const good = Object.keys(operation.answers).filter((each) => /^[23]\d\d$/.test(each));
  return {
    cause: `status ${operation.id} ${status}`,
    at: [...at, 'http'],
    message: `this is answered ${status}, which ${operation.id} does not document; it has ${statusesOf(operation)}`,
    hint: good.length === 1 ? `write \`http: ${good[0]}\`` : 'say with `http` which of them it is',
  };
}

function judgeHeaders({ contract }: Api, { operation, at }: PlannedAnswer, answer: Answer) {
  return missingHeaders(contract.document, operation, answer.status, answer.headers).map(
    (name): BindingFault => ({
      cause: `header ${operation.id} ${answer.status} ${name}`,
      at: [...at, 'headers'],
      message: `the header ${name} is missing, which ${operation.id} requires of a ${answer.status}`,
      hint: `write \`headers: { ${name}: ${headerFor(name)} }\``,
    }),
  );
}

function headerFor(name: string): string {
  if (/location$/i.test(name)) return '"{origin}{api}/…/{job}"';
  return /^retry-after$/i.test(name) ? '"{retryAfter}"' : '…';
}

/** Does the contract know where an envelope puts the data? Then that it lacks nothing else says nothing against it. */
function isEnvelopeKnown(
  { document }: Contract,
  { operation }: PlannedAnswer,
  { status, mediaType }: Answer,
  { data: [key] }: Written,
): boolean {
  const schema = schemaOf(operation, status, mediaType);
  return typeof key === 'string' && namesAt(document, schema, []).includes(key);
}

/** Would it keep the contract in another envelope, or in none? */
function judgeEnvelope(
  { contract, binding }: Api,
  { operation, template, at, envelope, render }: PlannedAnswer,
  wrong: readonly Breach[],
): BindingFault | undefined {
  if (!template.data) return undefined;
  const better = (other: AnswerTemplate, around?: string) =>
    breachesOf(contract, operation, render(other, around)).length < wrong.length;
  if (envelope !== undefined && better({ ...template, bare: true })) {
    const message = `the answer is wrapped in the envelope \`${envelope}\`, and ${operation.id} documents none`;
    const hint =
      'write `bare: true` beside `data`, or `envelopes: { plain: "{data}" }` for all answers';
    return { cause: 'bare', at, message, hint };
  }
  if (envelope !== undefined) return undefined;
  const name = [...binding.envelopes.keys()].find((each) =>
    better({ ...template, bare: false }, each),
  );
  if (name === undefined) return undefined;
  const message = `the answer is sent bare, and ${operation.id} documents what the envelope \`${name}\` has around it`;
  return { cause: 'enveloped', at: [...at, 'bare'], message, hint: 'leave `bare: true` out' };
}

function judgeBreach(
  { document }: Contract,
  planned: PlannedAnswer,
  { status, mediaType }: Answer,
  breach: Breach,
  written: Written,
): BindingFault[] {
  const { operation, at: answer } = planned;
  if (breach.rule === 'documented') return [judgeType(planned, status, mediaType)];
  const keys = keysOf(breach.at);
  const schema = schemaOf(operation, status, mediaType);
  const known = { document, schema, parts: schemaAt(document, schema, keys), keys };
  const place = sourceAt(written.source, keys);
  const what = `${operation.id} ${status}`;
  const at = placeOf(answer, keys, written);
  const cause = `${breach.rule} ${breach.at} ${breach.description}`;
  if (breach.rule === 'required') {
    const missing = missingField(what, breach, known);
    return [{ cause, at: at.slice(0, -1), message: '', hint: '', missing }];
  }
  if (breach.rule === 'inclusion') return [{ cause, at, ...tellChoice(what, breach, place) }];
  if (breach.rule === 'schema') return [{ cause, at, ...tellExtra(what, breach, known) }];
  return [{ cause, at, ...tellOther(what, breach, known, place) }];
}

/** In the data of the answer, or in the envelope around it. */
function placeOf(answer: Keys, keys: Keys, { envelope, data }: Written): Keys {
  if (data.every((key, i) => keys[i] === key))
    return [...answer, 'data', ...keys.slice(data.length)];
  return ['envelopes', envelope ?? '', ...keys];
}

function judgeType(
  { operation, at }: PlannedAnswer,
  status: number,
  mediaType: string,
): BindingFault {
  const types = Object.keys(answerOf(operation, status)?.content ?? {});
  const cause = `type ${operation.id} ${status} ${mediaType}`;
  const documents = `${operation.id} ${status} documents ${types.join(', ')}`;
  if (mediaType === '')
    return {
      cause,
      at,
      message: `${documents}, and this answer has no body`,
      hint: 'give it `data`',
    };
  const hint = `write \`headers: { Content-Type: ${types[0]} }\` if that is JSON`;
  return { cause, at, message: `${documents}, and this answer is ${mediaType}`, hint };
}

/** What the contract says of the value that is wrong. */
interface Documented {
  document: Json;
  schema: Json | undefined;
  parts: readonly Json[];
  keys: Keys;
}

type Told = Pick<BindingFault, 'message' | 'hint'>;

function missingField(
  by: string,
  { at }: Breach,
  { document, parts, keys }: Documented,
): NonNullable<BindingFault['missing']> {
  const type = tellSchema(parts);
  const name = String(keys.at(-1));
  return {
    field: type ? `${at} (${type})` : at,
    cure: `${name}: ${fitting(document, { name, parts })}`,
    by,
  };
}

function tellChoice(what: string, { at, params }: Breach, place: unknown): Told {
  const said = place === undefined ? '' : `, here ${JSON.stringify(place)},`;
  return {
    message: `${at}${said} is none of the values that ${what} documents`,
    hint: `it has ${params.join(', ')}`,
  };
}

function tellExtra(what: string, { at }: Breach, { document, schema, keys }: Documented): Told {
  const known = namesAt(document, schema, keys.slice(0, -1));
  return {
    message: `${at} is a field that ${what} does not have, and it allows no others`,
    hint: `leave it out; ${nearest(String(keys.at(-1)), known)}`,
  };
}

function tellOther(
  what: string,
  { at, description }: Breach,
  { document, parts, keys }: Documented,
  place: unknown,
): Told {
  const message = `${at} is not as ${what} documents it: ${description}`;
  const expected = tellSchema(parts);
  if (expected === undefined) return { message, hint: 'write what the contract documents there' };
  const name = String(keys.at(-1) ?? 'data');
  const hint =
    asNumber(place, expected) ??
    `it has to be ${expected}, such as ${fitting(document, { name, parts })}`;
  return { message, hint };
}
