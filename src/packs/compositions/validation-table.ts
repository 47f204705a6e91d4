import {
  CANCEL_PAGE,
  CREATE_CHANGES,
  CREATE_PAGE,
  ERROR_TABLE,
  VALIDATION_TABLE,
} from './rules/business-rule.js';

/** One code of the real service. */
export interface ValidationRow {
  code: string;
  /** The service's own name for it; empty where no public page tells it. */
  name: string;
  message: string;
  /** Whose words the message is in: those of the service, or ours where no public page tells them. */
  wording: 'service' | 'ours';
  /** The operations that check it. */
  checked: readonly ('create' | 'sign' | 'cancel' | 'read')[];
  source: string;
  /** The business rule that plays it; left out: scenarios alone do, or the engine (1000). */
  rule?: string;
}

/** The validation table, as far as it is public. The binding's `errors` say the same to clients. */
// biome-ignore format: a table is read line by line
export const VALIDATION: readonly ValidationRow[] = [
  { code: '1000', name: 'COMPOSITION_NOT_FOUND_ERROR', message: 'Composition not found', wording: 'service', checked: ['create', 'sign', 'cancel', 'read'], source: ERROR_TABLE },
  { code: '1001', name: 'COMPOSITION_UPDATE_PREPERSON_TO_PERSON_ONLY', message: 'Composition updates are only allowed for preperson->person', wording: 'service', checked: ['create'], source: ERROR_TABLE, rule: 'refinement-needs-person' },
  { code: '1002', name: 'COMPOSITION_ALREADY_EXISTS_FOR_SUBJECT', message: 'Composition for a given subject already exists', wording: 'service', checked: ['create', 'sign'], source: ERROR_TABLE, rule: 'one-conclusion-a-subject' },
  { code: '1003', name: 'CANT_CANCEL_NONFINAL_COMPOSITION', message: "Can't cancel composition in non-FINAL state", wording: 'service', checked: ['cancel'], source: ERROR_TABLE, rule: 'cancel-final-only' },
  { code: '1004', name: 'CANCELLATION_INVALID_CODING', message: 'Invalid cancellation coding', wording: 'service', checked: ['cancel'], source: ERROR_TABLE, rule: 'cancellation-reason' },
  { code: '1005', name: 'CANCELLATION_FOR_OUTDATED_COMPOSITION', message: "Can't cancel composition: too old", wording: 'service', checked: ['cancel'], source: ERROR_TABLE, rule: 'cancellation-window' },
  { code: '1006', name: 'CANCELLATION_FOR_RUNNING_TASK', message: "Can't cancel composition: integration tasks are already running", wording: 'service', checked: ['cancel'], source: ERROR_TABLE, rule: 'no-running-task' },
  { code: '1009', name: 'BAD_FOCUS_CODING', message: 'The focus of a birth should be a person', wording: 'ours', checked: ['create'], source: CREATE_CHANGES, rule: 'birth-focus' },
  { code: '1010', name: 'FOCUS_NOT_FOUND', message: 'The focus is not found', wording: 'ours', checked: ['create'], source: CREATE_CHANGES, rule: 'focus-is-found' },
  { code: '1026', name: 'INVALID_IDENTIFIER_IN_PAYLOAD', message: 'The signed cancellation names another composition', wording: 'ours', checked: ['cancel'], source: CANCEL_PAGE },
  { code: '1073', name: '', message: 'The type is of another dictionary', wording: 'ours', checked: ['create'], source: VALIDATION_TABLE, rule: 'type-system' },
  { code: '1081', name: 'INVALID_NEWBORN_CATEGORY', message: 'The category does not suit a birth', wording: 'ours', checked: ['create'], source: VALIDATION_TABLE, rule: 'category-suits-type' },
  { code: '1085', name: 'INVALID_DISABILITY_CATEGORY', message: 'The category does not suit a temporary disability', wording: 'ours', checked: ['create'], source: VALIDATION_TABLE, rule: 'category-suits-type' },
  { code: '1088', name: '', message: 'The treatment violation is not in its dictionary', wording: 'ours', checked: ['create'], source: VALIDATION_TABLE, rule: 'treatment-violation' },
  { code: '1111', name: 'FOCUS_IS_NOT_ACTIVE', message: 'The focus is not active', wording: 'ours', checked: ['create'], source: CREATE_CHANGES, rule: 'focus-is-active' },
  { code: '1127', name: 'FINAL_COMPOSITION_FOR_ENCOUNTER_ALREADY_EXISTS', message: 'The encounter has a FINAL composition already', wording: 'ours', checked: ['create'], source: CREATE_CHANGES, rule: 'encounter-without-final' },
  { code: '1130', name: 'CANCELLATION_NOT_ALLOWED_ERLN_CALL_PENDING', message: 'ERLN has not been asked yet', wording: 'ours', checked: ['cancel'], source: CANCEL_PAGE },
  { code: '1131', name: 'CANCELLATION_NOT_ALLOWED_ERLN_CALL_IN_PROGRESS', message: 'ERLN has not answered yet', wording: 'ours', checked: ['cancel'], source: CANCEL_PAGE },
  { code: '1136', name: 'CANT_CANCEL_NONAMENDED_COMPOSITION', message: 'The replaced conclusion is not in status AMENDED', wording: 'ours', checked: ['cancel'], source: CANCEL_PAGE, rule: 'replaced-is-amended' },
  { code: '1137', name: 'CANT_CANCEL_NOT_FOUND', message: 'The replaced conclusion is not found', wording: 'ours', checked: ['cancel'], source: CANCEL_PAGE, rule: 'replaced-is-found' },
  { code: '1138', name: 'PERSON_HAS_NO_TAX_ID', message: 'The person has no tax id', wording: 'ours', checked: ['create'], source: CREATE_CHANGES },
  { code: '1143', name: 'NEW_START_DATE_IS_BEFORE_PREVIOUS_START_DATE', message: 'Existing composition has start date after suggested start date', wording: 'service', checked: ['create'], source: ERROR_TABLE, rule: 'start-not-before-previous' },
  { code: '1146', name: 'CANT_REPLACE_DIFFERENT_TYPE', message: 'The replaced conclusion is of another type', wording: 'ours', checked: ['create'], source: VALIDATION_TABLE, rule: 'replaced-same-type' },
  { code: '1148', name: 'CANT_REPLACE', message: 'The replaced birth is not ENTERED_IN_ERROR', wording: 'ours', checked: ['create'], source: CREATE_CHANGES, rule: 'replaced-birth-is-cancelled' },
  { code: '1153', name: 'CANT_AMEND_IS_APPENDED', message: 'The replaced conclusion is not the last of its chain', wording: 'ours', checked: ['create'], source: CREATE_CHANGES, rule: 'replaced-is-last' },
  { code: '1154', name: '', message: 'The subject is of the wrong kind', wording: 'ours', checked: ['create'], source: VALIDATION_TABLE, rule: 'birth-subject' },
  { code: '1160', name: 'INVALID_REPLACEMENT_ARGUMENT', message: 'The conclusion cannot be replaced by this one', wording: 'ours', checked: ['create'], source: CREATE_CHANGES, rule: 'replacement-argument' },
  { code: '1161', name: '', message: 'The category is not in its dictionary', wording: 'ours', checked: ['create'], source: VALIDATION_TABLE, rule: 'category-known' },
  { code: '1167', name: 'ILLEGAL_AUTHOR_POSITION', message: 'Illegal author position', wording: 'service', checked: ['create'], source: ERROR_TABLE, rule: 'author-position' },
  { code: '1171', name: 'FOCUS_AUTH_NOT_SPECIFIED', message: 'The focus has no such authentication method', wording: 'ours', checked: ['create'], source: CREATE_CHANGES, rule: 'inform-with' },
  { code: '1172', name: '', message: 'Treatment violation date should be >= composition start && <= now', wording: 'service', checked: ['create'], source: ERROR_TABLE, rule: 'treatment-violation-date' },
  { code: '1181', name: 'REPLACEMENT_FLOW_NOT_IMPLEMENTED_YET', message: 'The replacement flow is not enabled', wording: 'ours', checked: ['create'], source: CREATE_CHANGES, rule: 'replacement-flow' },
  { code: '1182', name: 'SUBJECT_FOCUS_EQUALITY_REQUIRED', message: 'Subject and focus should be the same', wording: 'ours', checked: ['create'], source: CREATE_PAGE, rule: 'subject-is-focus' },
  { code: '1184', name: '', message: 'The related conclusion is ENTERED_IN_ERROR', wording: 'ours', checked: ['sign'], source: VALIDATION_TABLE, rule: 'related-not-in-error' },
  { code: '1201', name: 'INVALID_DISABILITY_FOCUS_CATEGORY', message: 'The focus does not suit the category', wording: 'ours', checked: ['create'], source: CREATE_CHANGES },
  { code: '1202', name: 'INVALID_DISABILITY_FOCUS_STATUS', message: 'The status of the focus of a disability is not allowed', wording: 'ours', checked: ['create'], source: CREATE_CHANGES },
  { code: '1203', name: 'INVALID_NEWBORN_FOCUS_STATUS', message: 'The status of the focus of a birth is not allowed', wording: 'ours', checked: ['create'], source: CREATE_CHANGES },
  { code: '1204', name: 'INVALID_NEWBORN_FOCUS_VERIFICATION_STATUS', message: 'The verification status of the focus of a birth is not allowed', wording: 'ours', checked: ['create'], source: CREATE_CHANGES },
  { code: '1205', name: 'INVALID_DISABILITY_FOCUS_VERIFICATION_STATUS', message: 'The verification status of the focus of a disability is not allowed', wording: 'ours', checked: ['create'], source: CREATE_CHANGES },
  { code: '1214', name: 'FOREIGN_TREATMENT_FOR_FOCUS_PREPERSON_NOT_ALLOWED', message: 'Foreign treatment is not allowed for a preperson', wording: 'ours', checked: ['create'], source: CREATE_CHANGES, rule: 'foreign-treatment' },
];
