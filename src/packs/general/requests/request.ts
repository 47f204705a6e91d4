import { at, isObject, type Json, textOf } from '../../../contract/json.js';
import type { ApiRequest, World } from '../../../sandbox/pack.js';
import type { Resource } from '../../../sandbox/resources.js';
import { formatMoment } from '../../../time/format-moment.js';
import type { Moment } from '../../../time/moments.js';
import { hideNumber, isInForce, methodsOf } from '../../methods.js';
import { CLINIC } from '../../people.js';
import { type Otp, sendOtp } from './otp.js';
import { lengthOf } from './settings.js';

/** How somebody is asked whether they agree. */
export interface Method {
  type: 'OTP' | 'OFFLINE' | 'NA';
  /** A telephone number. */
  number?: string;
}

interface Facts extends Record<string, unknown> {
  method: Method;
  otp?: Otp;
  expires_at: Moment;
  /** Whom it is about, in small letters. */
  patient?: string;
}

/** A request that somebody has to agree to. Its document has `makes`, the id of what it will make, where it makes something. */
export interface Request extends Resource {
  facts: Facts;
}

/** These are open, so that time ends them. */
const OPEN = ['NEW', 'APPROVED'];

export const NA: Method = { type: 'NA' };

/** What the path of a request names last. */
export function namedIn({ params }: Pick<ApiRequest, 'params'>): string {
  return Object.values(params).at(-1) ?? '';
}

export function find(world: World, kind: string, id: string | undefined): Request | undefined {
  return world.find<Request>(kind, id);
}

/** Its status by now. */
export function statusOf({ document, facts }: Request, now: Moment): string {
  const status = textOf(document.status);
  return OPEN.includes(status) && now >= facts.expires_at ? 'EXPIRED' : status;
}

/** Puts a new request in, and sends a code if its method is one. */
export function begin(
  world: World,
  kind: string,
  document: Json & { id: string },
  { method, patient }: { method: Method; patient?: string },
): Request {
  const otp = method.type === 'OTP' ? sendOtp(world) : undefined;
  const moment = formatMoment(world.now);
  const kept = world.keep<Request>({
    kind,
    id: document.id,
    document: { status: 'NEW', inserted_at: moment, updated_at: moment, ...document },
    facts: {
      method,
      expires_at: world.now + lengthOf(world, 'REQUEST_SECONDS'),
      ...(patient === undefined ? {} : { patient: patient.toLowerCase() }),
      ...(otp ? { otp } : {}),
    },
    ...titled(otp),
  });
  if (otp) world.note(`the code is ${otp.code}`);
  return kept;
}

/** The world lists the code by which a request can be approved. */
function titled(otp: Otp | undefined): { title?: string } {
  return otp ? { title: `code ${otp.code}` } : {};
}

export function revise(
  world: World,
  request: Request,
  { document, facts }: { document?: Json; facts?: Partial<Facts> },
): Request {
  return world.keep<Request>({
    ...request,
    document: { ...request.document, ...document, updated_at: formatMoment(world.now) },
    facts: { ...request.facts, ...facts },
    ...titled(facts?.otp ?? request.facts.otp),
  });
}

/** The document as answers show it: with its status by now, and without what only the sandbox knows. */
export function shown({ document, ...rest }: Request, { now }: World): Json {
  const { makes: _, ...told } = document;
  return { ...told, status: statusOf({ document, ...rest }, now) };
}

/**
 * How a person that the world knows confirms something: by the method that is asked for, else by the first of theirs.
 * @returns undefined: the person has no such method
 */
export function methodOf(
  world: World,
  personId: string,
  authorizeWith?: unknown,
): Method | undefined {
  const id = personId.toLowerCase();
  const known = methodsOf(world, id, world.find('person', id)?.document) ?? [];
  const inForce = known.filter((one) => isInForce(one, world));
  if (authorizeWith === undefined || authorizeWith === null) {
    return inForce[0] ? asMethod(inForce[0]) : NA;
  }
  const wanted = textOf(authorizeWith).toLowerCase();
  const found = inForce.find((one) => textOf(one.id).toLowerCase() === wanted);
  if (found) return asMethod(found);
  // A session that knows nobody takes everybody.
  return world.all('person').length === 0 ? { type: 'OTP', number: '+380500000000' } : undefined;
}

/** A method as documents have it: another person's is a code to that person. */
export function asMethod({ type, phone_number: number }: Json): Method {
  if (type === 'OFFLINE' || type === 'NA') return { type };
  return typeof number === 'string' ? { type: 'OTP', number } : { type: 'OTP' };
}

/** With its number as the platform shows it. @param key what the operation calls the number */
export function showMethod({ type, number }: Method, key: 'number' | 'phone_number'): Json {
  return { type, ...(number === undefined ? {} : { [key]: hideNumber(number) }) };
}

/** Papers that a person who is sent no code has to show. */
export function papersOf({ type }: Method, id: string): Json[] | undefined {
  if (type !== 'OFFLINE') return undefined;
  return ['person.NATIONAL_ID'].map((paper) => ({
    type: paper,
    url: `https://storage.example/${id}/${paper}.jpeg`,
  }));
}

export function bodyOf({ body }: Pick<ApiRequest, 'body'>): Json {
  return isObject(body) ? body : {};
}

/** The institution that asks. */
export function legalEntityOf({ caller }: Pick<ApiRequest, 'caller'>): string {
  return caller?.legal_entity ?? CLINIC.id;
}

export function textAt(value: unknown, path: string): string {
  return textOf(at(value, path) ?? '');
}

/** Number of a document as the platform writes it: `0000-12H4-245D`. */
export function makeNumber({ ids }: World): string {
  const letters = '0123456789AEHKMPTX';
  const part = () => {
    let rest = ids.number();
    return [0, 1, 2, 3]
      .map(() => {
        const letter = letters[rest % letters.length];
        rest = Math.floor(rest / letters.length);
        return letter;
      })
      .join('');
  };
  return `0000-${part()}-${part()}`;
}
