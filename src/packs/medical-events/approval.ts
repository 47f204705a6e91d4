import { at, isObject, type Json, textOf } from '../../contract/json.js';
import type { ApiRequest, BusinessError, Refusal, Reply, World } from '../../sandbox/pack.js';
import { invalid } from '../invalid.js';
import { hideNumber, methodsOf } from '../methods.js';
import { conflict } from './failures.js';
import { findPatient, knowsPatients } from './known-world.js';
import { tellMade } from './links.js';
import { placesIn } from './path-places.js';
import { reference, target, withNames } from './reference.js';
import { itemsOf } from './references.js';
import { find, keep, type Owned, stamps } from './resource.js';
import type { Task } from './task.js';

/** An approval holds for half a day. */
const LASTS = 12 * 60 * 60_000;

/** Why there can be no approval for a service request (public source, `approvals/consumer.ex`). */
export function judgeApproval({ said, world }: Task): BusinessError | undefined {
  const named = target(said, 'service_request');
  if (named === '') return undefined;
  const request = world.find<Owned>('service_request', named);
  if (!request) return knowsPatients(world) ? conflict('Service request is not found') : undefined;
  if (request.document.status !== 'active') return conflict('Service request should be active');
  if (itemsOf(request.document, 'permitted_resources').length > 0) return undefined;
  return conflict('Service request does not contain resources references');
}

/** Makes a new approval, which the patient has not confirmed yet. */
export function approve({ job, said, patient, world }: Task): void {
  const { resources, service_request, resource_types = [], created_by, ...asked } = said;
  const request = world.find<Owned>('service_request', target(said, 'service_request'));
  const granted_to = asked.granted_to;
  const document = {
    ...asked,
    granted_resources: resources ?? itemsOf(request?.document, 'permitted_resources'),
    granted_resource_types: resource_types,
    ...(service_request ? { reason: service_request } : {}),
    created_by: created_by ?? granted_to,
    granted_by: reference('mpi-hash', patient),
    is_verified: false,
    authentication_method_current: methodOf(world, patient),
    status: 'new',
    expires_at: new Date(world.now + LASTS).toISOString(),
    ...stamps(world),
  };
  const made = keep(world, 'approval', patient, {
    ...withNames(document, world),
    id: job.resource,
  });
  tellMade(job, [made]);
}

/** How the patient is asked: the first method that the session knows, its number hidden as the service hides it. */
function methodOf(world: World, patient: string): Json {
  const [first] = methodsOf(world, patient, findPatient(world, patient)?.document) ?? [];
  if (!first) return { type: 'OTP', number: '+38093*****85' };
  const { type = 'OTP', phone_number: number } = first;
  return { type, ...(typeof number === 'string' ? { number: hideNumber(number) } : {}) };
}

/** The status of an approval; one whose time is over says so. */
export function statusOfApproval({ document }: Owned, { now }: World): string {
  if (document.status === 'cancelled') return 'cancelled';
  return Date.parse(textOf(document.expires_at)) <= now ? 'expired' : textOf(document.status);
}

/**
 * Confirms an approval with the code that the patient was sent. Nobody is sent one here: any of four digits will do,
 * and a shorter one is wrong.
 */
export function verifyApproval(request: ApiRequest, world: World): Reply | Refusal {
  const { patient, own } = placesIn(request, world);
  const found = find(world, 'approval', patient, own);
  if (!found)
    return { status: 404, type: 'not_found', message: `Approval with id '${own}' is not found` };
  const status = statusOfApproval(found, world);
  if (status !== 'new') {
    return { status: 409, message: `Approval in status ${status} can not be verified` };
  }
  if (at(found.document, 'authentication_method_current.type') === 'OTP') {
    const code = isObject(request.body) ? request.body.code : undefined;
    if (!/^\d{4,}$/.test(textOf(code))) {
      const wrong = invalid('$.code', 'invalid', 'Invalid verification code');
      return { status: 422, message: 'Invalid verification code', invalid: [wrong] };
    }
  }
  const document = { ...found.document, id: found.id, is_verified: true, status: 'active' };
  const verified = keep(world, 'approval', patient, {
    ...document,
    updated_at: stamps(world).updated_at,
  });
  return { status: 200, content: { data: verified.document, type: 'object' } };
}
