/** What is known of a kind of resource whatever happens to it. */
export interface KindFacts {
  /** As paths name all of them. */
  collection: string;
  /** As messages of the service begin. */
  label: string;
  /** The operation that shows one; what it could not show is refused. */
  show?: string;
  /** As the links of a job name it, where that is not the kind. */
  entity?: string;
  /** Where its status stands in its document, where that is not `status`. */
  status?: string;
}

/**
 * What this API keeps, each of it a patient's. Names follow the public description of the API; labels are the words
 * of its service.
 */
export const KINDS = {
  visit: { collection: 'visits', label: 'Visit' },
  episode: { collection: 'episodes', label: 'Episode', show: 'getEpisode' },
  encounter: { collection: 'encounters', label: 'Encounter', show: 'getEncounter' },
  condition: {
    collection: 'conditions',
    label: 'Condition',
    show: 'getCondition',
    status: 'verification_status',
  },
  observation: { collection: 'observations', label: 'Observation', show: 'getObservation' },
  allergy_intolerance: {
    collection: 'allergy_intolerances',
    label: 'Allergy intolerance',
    show: 'getAllergyIntolerance',
    status: 'verification_status',
  },
  immunization: { collection: 'immunizations', label: 'Immunization', show: 'getImmunization' },
  risk_assessment: {
    collection: 'risk_assessments',
    label: 'Risk assessment',
    show: 'getRiskAssessment',
  },
  device: { collection: 'devices', label: 'Device', show: 'getDevice' },
  medication_statement: {
    collection: 'medication_statements',
    label: 'Medication statement',
    show: 'getMedicationStatement',
  },
  medication_administration: {
    collection: 'medication_administrations',
    label: 'Medication administration',
    show: 'getMedicationAdministration',
  },
  clinical_impression: {
    collection: 'clinical_impressions',
    label: 'Clinical impression',
    show: 'getClinicalImpression',
  },
  diagnostic_report: {
    collection: 'diagnostic_reports',
    label: 'Diagnostic report',
    show: 'getDiagnosticReport',
  },
  procedure: { collection: 'procedures', label: 'Procedure', show: 'getProcedure' },
  specimen: { collection: 'specimens', label: 'Specimen', show: 'getSpecimen' },
  device_association: {
    collection: 'device_associations',
    label: 'Device association',
    show: 'getDeviceAssociation',
  },
  detected_issue: {
    collection: 'detected_issues',
    label: 'Detected issue',
    show: 'getDetectedIssue',
  },
  service_request: {
    collection: 'service_requests',
    label: 'Service request',
    show: 'getServiceRequest',
  },
  approval: { collection: 'approvals', label: 'Approval', show: 'getApproval' },
  care_plan: { collection: 'care_plans', label: 'Care plan', show: 'getCarePlan' },
  activity: {
    collection: 'activities',
    label: 'Activity',
    show: 'getCarePlanActivity',
    status: 'detail.status',
  },
  device_request: {
    collection: 'device_requests',
    label: 'Device request',
    show: 'getDeviceRequest',
  },
  device_dispense: {
    collection: 'device_dispenses',
    label: 'Device dispense',
    show: 'getDeviceDispense',
  },
  medical_composition: {
    collection: 'compositions',
    label: 'Composition',
    show: 'getComposition',
    entity: 'composition',
  },
} as const satisfies Record<string, KindFacts>;

export type Kind = keyof typeof KINDS;

export function factsOf(kind: Kind): KindFacts {
  return KINDS[kind];
}

export function isKind(word: string): word is Kind {
  return Object.hasOwn(KINDS, word);
}

/**
 * The lists of an encounter package by their names, in the order in which a processed job links what is in them
 * (public source of the service, `package.ex`).
 */
export const PACKAGE_LISTS = {
  immunizations: 'immunization',
  allergy_intolerances: 'allergy_intolerance',
  risk_assessments: 'risk_assessment',
  devices: 'device',
  medication_statements: 'medication_statement',
  medication_administrations: 'medication_administration',
  diagnostic_reports: 'diagnostic_report',
  procedures: 'procedure',
  clinical_impressions: 'clinical_impression',
  specimens: 'specimen',
  device_dispenses: 'device_dispense',
  device_associations: 'device_association',
  detected_issues: 'detected_issue',
  conditions: 'condition',
  observations: 'observation',
} as const satisfies Record<string, Kind>;
