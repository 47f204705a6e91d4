import type { Pack } from '../../../sandbox/pack.js';
import { approving, listing, reading, rejecting, resending } from './actions.js';
import {
  CONFIDANT_REQUEST,
  createConfidantRequest,
  endConfidantRequest,
  signConfidantRequest,
} from './confidant.js';
import {
  createDeclarationRequest,
  DECLARATION_REQUEST,
  shortDeclarationRequest,
} from './declaration.js';
import { EMPLOYEE_REQUESTS } from './employee.js';
import { createMergeRequest, MERGE_REQUEST, signMergeRequest } from './merge.js';
import { createMethodRequest, METHOD_REQUEST } from './methods.js';
import { createPersonRequest, PERSON_REQUEST, shortPersonRequest } from './person.js';
import { type Request, statusOf } from './request.js';

export { JOBS } from './jobs.js';
export { SETTINGS } from './settings.js';

const at = (name: string) => (request: Request) => request.document[name];
const status = (request: Request, { now }: { now: number }) => statusOf(request, now);

/** Requests that a person confirms and a doctor signs, by operationId: no job stands behind them. */
export const REQUESTS: Pack['reads'] = {
  submitPersonRequest: createPersonRequest,
  submitPersonRequestV2: createPersonRequest,
  approvePersonRequest: approving(PERSON_REQUEST),
  approvePersonRequestV2: approving(PERSON_REQUEST),
  rejectPersonRequest: rejecting(PERSON_REQUEST),
  rejectPersonRequestV2: rejecting(PERSON_REQUEST),
  getPersonRequest: reading(PERSON_REQUEST),
  getPersonRequestV2: reading(PERSON_REQUEST),
  resendAuthorizationOtpOnPersonRequest: resending(PERSON_REQUEST),
  listPersonRequests: listing(PERSON_REQUEST, { status }, shortPersonRequest),

  createDeclarationRequestV3: createDeclarationRequest,
  approveDeclarationRequestV3: approving(DECLARATION_REQUEST),
  rejectDeclarationRequestV3: rejecting(DECLARATION_REQUEST),
  getDeclarationRequestV3: reading(DECLARATION_REQUEST),
  resendAuthorizationOtpOnDeclarationRequestV3: resending(DECLARATION_REQUEST),
  getDeclarationRequestsListV3: listing(
    DECLARATION_REQUEST,
    {
      status,
      employee_id: at('employee_id'),
      legal_entity_id: at('legal_entity_id'),
      channel: at('channel'),
    },
    shortDeclarationRequest,
  ),

  createMergeRequest,
  approveMergeRequest: approving(MERGE_REQUEST),
  rejectMergeRequest: rejecting(MERGE_REQUEST),
  signMergeRequest,
  getMergeRequest: reading(MERGE_REQUEST),
  resendAuthorizationOtpOnMergeRequest: resending(MERGE_REQUEST),
  getMergeRequests: listing(MERGE_REQUEST, {
    status,
    master_person_id: at('master_person_id'),
    merge_person_id: at('merge_person_id'),
  }),

  createAuthenticationMethodRequest: createMethodRequest,
  approveAuthenticationMethodRequest: approving(METHOD_REQUEST),
  resendAuthorizationOtpOnAuthenticationMethodRequest: resending(METHOD_REQUEST),

  createConfidantPersonRelationshipRequest: createConfidantRequest,
  deactivateConfidantPersonRelationshipRequest: endConfidantRequest,
  approveConfidantPersonRelationshipRequest: approving(CONFIDANT_REQUEST),
  signConfidantPersonRelationshipRequest: signConfidantRequest,
  getConfidantPersonRelationshipRequest: reading(CONFIDANT_REQUEST),
  resendAuthorizationOtpOnConfidantPersonRelationship: resending(CONFIDANT_REQUEST),
  getConfidantPersonRelationshipRequestsList: listing(CONFIDANT_REQUEST, {
    status,
    id: ({ facts }) => facts.patient,
  }),

  ...EMPLOYEE_REQUESTS,
};
