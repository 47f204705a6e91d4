import type { Pack, Refusal, World } from '../../../sandbox/pack.js';
import { pageOf } from '../../page.js';
import type { Machine } from './kind.js';
import { isTooSoon, sendOtp, showOtp, tryCode } from './otp.js';
import { conflict, NO_OTP, NOT_FOUND, TOO_SOON, WRONG_STATUS } from './refusals.js';
import { bodyOf, find, namedIn, type Request, revise, shown, statusOf } from './request.js';
import { documentsAreMissing } from './settings.js';

type Read = Pack['reads'][string];

function show({ show: own = shown }: Machine, request: Request, world: World) {
  return own(request, world);
}

/** The answer to who has begun a request. */
export function begun(machine: Machine, request: Request, world: World) {
  const content = {
    data: show(machine, request, world),
    type: 'object' as const,
    urgent: machine.urgent(request),
  };
  return { status: 201, content };
}

/** Reads a request, whoever it is about. */
export function reading(machine: Machine): Read {
  return (request, world) => {
    const found = find(world, machine.kind, namedIn(request));
    if (!found) return NOT_FOUND;
    return { ...begun(machine, found, world), status: 200 };
  };
}

/** Lists the requests for which each filter of the query holds; newest first. */
export function listing(
  machine: Machine,
  filters: Readonly<Record<string, (request: Request, world: World) => unknown>>,
  short: (request: Request, world: World) => unknown = (request, world) =>
    show(machine, request, world),
): Read {
  return ({ query, params }, world) => {
    const asked = { ...query, ...params };
    const found = world
      .all<Request>(machine.kind)
      .filter((request) =>
        Object.entries(filters).every(([name, read]) => {
          const wanted = asked[name];
          if (wanted === undefined) return true;
          return String(read(request, world)).toLowerCase() === String(wanted).toLowerCase();
        }),
      )
      .reverse();
    const { items, page, size, entries, pages } = pageOf(found, query);
    const paging = {
      page_number: page,
      page_size: size,
      total_entries: entries,
      total_pages: pages,
    };
    const data = items.map((request) => short(request, world));
    return { status: 200, content: { data, type: 'list', paging } };
  };
}

/** Somebody agrees: with the code that they were sent, or by papers that have been uploaded. */
export function approving(machine: Machine): Read {
  return (request, world) => {
    const found = find(world, machine.kind, namedIn(request));
    const { approve } = machine;
    if (!found || !approve) return NOT_FOUND;
    if (!approve.from.includes(statusOf(found, world.now))) return approve.wrong;
    const { otp, refused } = confirm(found, bodyOf(request).verification_code, world);
    if (refused) {
      if (otp) revise(world, found, { facts: { otp } });
      return refused;
    }
    const wrong = machine.check?.(found, world);
    if (wrong) return wrong;
    const more = machine.approved?.(found, world) ?? {};
    const document = { ...more, status: approve.to };
    const kept = revise(world, found, { document, facts: otp ? { otp } : {} });
    machine.after?.(kept, world);
    return {
      status: approve.http,
      content: { data: show(machine, kept, world), type: 'object' },
    };
  };
}

function confirm(request: Request, code: unknown, world: World) {
  const { method, otp } = request.facts;
  if (otp) return tryCode(otp, code, world);
  const isMissing = method.type === 'OFFLINE' && documentsAreMissing(world);
  const refused = isMissing ? conflict('Documents person.NATIONAL_ID is not uploaded') : undefined;
  return { otp: undefined, refused };
}

export function rejecting(machine: Machine): Read {
  return (request, world) => {
    const found = find(world, machine.kind, namedIn(request));
    const { reject } = machine;
    if (!found || !reject) return NOT_FOUND;
    if (!reject.from.includes(statusOf(found, world.now))) return reject.wrong;
    const kept = revise(world, found, { document: { status: 'REJECTED' } });
    const data = show(machine, kept, world);
    return { status: reject.http, content: { data, type: 'object' } };
  };
}

/** Sends another code, which takes the place of the one before; not too often. */
export function resending({ kind }: Machine): Read {
  return (request, world) => {
    const found = find(world, kind, namedIn(request));
    if (!found) return NOT_FOUND;
    const refused = mayNotResend(found, world);
    if (refused) return refused;
    const otp = sendOtp(world);
    revise(world, found, { facts: { otp } });
    world.note(`the code is ${otp.code}`);
    return { status: 200, content: { data: showOtp(otp), type: 'object' } };
  };
}

function mayNotResend(request: Request, world: World): Refusal | undefined {
  if (statusOf(request, world.now) !== 'NEW') return WRONG_STATUS;
  const { otp } = request.facts;
  if (!otp) return NO_OTP;
  return isTooSoon(otp, world) ? TOO_SOON : undefined;
}
