import { at } from '../../contract/json.js';
import { prepareContainers } from '../signature/signed-content.js';

/** Where the body of an operation has signed content, by operationId. */
const SIGNED = {
  signPersonRequest: 'signed_content',
  signPersonRequestV2: 'signed_content',
  signDeclarationRequestV3: 'signed_declaration_request',
  createEmployeeRequestV2: 'signed_content',
  signConfidantPersonRelationshipRequest: 'signed_content',
  updatePersonVerificationStatus: 'signed_content',
  putLegalEntityV2: 'signed_legal_entity_request',
  signMergeRequest: 'signed_content',
  signMedicationRequestRequest: 'signed_medication_request_request',
  rejectMedicationRequest: 'signed_medication_reject',
  rejectMedicationRequestByPharmacyUser: 'signed_medication_reject',
  processMedicationDispenseByPharmacyUser: 'signed_medication_dispense',
  createPerson: 'signed_request',
} as const;

/** The member of an operation's body that is signed content; undefined: it has none. */
export function signedMember(operation: string): string | undefined {
  return Object.hasOwn(SIGNED, operation) ? SIGNED[operation as keyof typeof SIGNED] : undefined;
}

/** Opens what was signed before anybody decides; the library for it is fetched when one comes. */
export function prepareSigned(operation: string, body: unknown): Promise<void> | undefined {
  const member = signedMember(operation);
  return member === undefined ? undefined : prepareContainers(at(body, member));
}
