import { at, type Json, textOf } from '../../contract/json.js';
import type { ApiRequest, Invalid, Refusal, World } from '../../sandbox/pack.js';
import { invalid } from '../invalid.js';
import { noteSigners } from '../signature/note-signers.js';
import { prepareContainers, readSignedContent } from '../signature/signed-content.js';
import { signedSchema } from '../signed-schema.js';
import { unprocessable } from './refusals.js';

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

/**
 * What was signed in the body of a request, or why it cannot be taken; the journal is told who has signed.
 * @param check held to the schema that the contract names for it
 */
export function contentOf(
  { operation, body }: ApiRequest,
  world: World,
  check = true,
): { content: Json } | Refusal {
  const member = signedMember(operation.id) ?? '';
  const read = readSignedContent(textOf(at(body, member) ?? ''));
  if ('problem' in read) {
    return unprocessable([invalid(`$.${member}`, 'invalid', `${member} ${read.problem}`)]);
  }
  noteSigners(read.signers, world);
  const wrong = check ? breachesOf(operation.id, read.content, world) : [];
  return wrong.length > 0 ? unprocessable(wrong) : { content: read.content };
}

function breachesOf(operationId: string, content: Json, world: World): Invalid[] {
  const schema = signedSchema(operationId, world);
  if (schema === undefined) return [];
  const found = world.contract.validator.value(schema, content);
  return found.map((breach) => invalid(breach.at, breach.rule, breach.description));
}
