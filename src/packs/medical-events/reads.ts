import { textOf } from '../../contract/json.js';
import type { ApiRequest, Pack, Refusal, Reply, World } from '../../sandbox/pack.js';
import { verifyApproval } from './approval.js';
import { makeTitle, printForm } from './composition.js';
import { placesIn } from './path-places.js';
import { qualify } from './qualify.js';
import { context, list, one, paged } from './read.js';
import { target } from './reference.js';
import { itemsOf } from './references.js';
import { all, type Kind, type Owned } from './resource.js';
import { listRules, readRule } from './rule-engine.js';
import {
  activeDiagnoses,
  short,
  shortEncounter,
  shortEpisodeWithDiagnoses,
  withIdentity,
} from './shapes.js';

const inEpisode = { within: 'episodes' } as const;
const inComposition = { within: 'compositions' } as const;
const inPlan = { within: 'care_plans' } as const;

/** There is an approval that the patient has confirmed, and that still holds. */
function isApproved({ id, facts }: Owned, world: World): boolean {
  return all(world, 'approval', facts.patient).some(
    ({ document }) =>
      document.is_verified === true &&
      Date.parse(textOf(document.expires_at)) > world.now &&
      itemsOf(document, 'granted_resources').some(
        (granted) => target({ granted }, 'granted') === id,
      ),
  );
}

/** Of no patient: found by a number that stands on paper. */
function byNumber(kind: Kind, field: string) {
  return (request: ApiRequest, world: World): Reply | Refusal => {
    const { own = '' } = placesIn(request, world);
    const found = world.all<Owned>(kind).find(({ document }) => document[field] === own);
    if (!found) return { status: 404, type: 'NOT_FOUND', message: 'Specimen not found' };
    const { identity, ...document } = withIdentity()(found, world);
    const { gender, age } = identity as Record<string, unknown>;
    const data = { ...document, identity: { gender, age } };
    return { status: 200, content: { data, type: 'object' } };
  };
}

/** Requests that ask for a specimen, or that it was taken for. */
function ofSpecimen(request: ApiRequest, world: World): Reply | Refusal {
  const id = placesIn(request, world).behind('specimens')?.toLowerCase() ?? '';
  const specimen = world.find<Owned>('specimen', id);
  if (!specimen) return { status: 404, type: 'NOT_FOUND', message: 'Specimen not found' };
  const named = new Set(
    itemsOf(specimen.document, 'request').map((each) => target({ each }, 'each')),
  );
  const found = world.all<Owned>('service_request').filter(({ id: own, document }) => {
    const specimens = [...itemsOf(document, 'specimens'), ...itemsOf(document, 'focus')];
    const fits = request.query.status === undefined || document.status === request.query.status;
    return fits && (named.has(own) || specimens.some((each) => target({ each }, 'each') === id));
  });
  return paged(found.toReversed(), request, ({ document }) => document);
}

/** What answers at once, by operationId; each shows what the jobs have made. */
export const READS: Pack['reads'] = {
  getEpisode: one('episode'),
  searchEpisodes: list('episode'),
  getApprovedEpisodes: list('episode', { only: isApproved }),
  getShortEpisodesByDiagnosesGroups: list('episode', { show: shortEpisodeWithDiagnoses }),

  getEncounter: one('encounter'),
  searchEncounters: list('encounter'),
  getEncounterContext: context('encounter'),
  getEncountersInEpisodeContext: list('encounter', inEpisode),
  getEncounterInEpisodeContext: one('encounter', inEpisode),

  getCondition: one('condition'),
  searchConditions: list('condition'),
  getConditionContext: context('condition'),
  getConditionsInEpisodeContext: list('condition', inEpisode),
  getConditionInEpisodeContext: one('condition', inEpisode),

  getObservation: one('observation'),
  searchObservations: list('observation'),
  getObservationContexts: context('observation', ['diagnostic_report']),
  getObservationsInEpisodeContext: list('observation', inEpisode),
  getObservationInEpisodeContext: one('observation', inEpisode),

  getAllergyIntolerance: one('allergy_intolerance'),
  searchAllergyIntolerances: list('allergy_intolerance'),
  getAllergyIntoleranceContext: context('allergy_intolerance'),
  getAllergyIntolerancesInEpisodeContext: list('allergy_intolerance', inEpisode),
  getAllergyIntoleranceInEpisodeContext: one('allergy_intolerance', inEpisode),

  getImmunization: one('immunization'),
  searchImmunizations: list('immunization'),
  getImmunizationContext: context('immunization'),
  getImmunizationsInEpisodeContext: list('immunization', inEpisode),
  getImmunizationInEpisodeContext: one('immunization', inEpisode),

  getRiskAssessment: one('risk_assessment'),
  searchRiskAssessments: list('risk_assessment'),
  getRiskAssessmentContext: context('risk_assessment'),
  getDevice: one('device'),
  searchDevices: list('device'),
  getDeviceContext: context('device'),
  getDeviceAssociation: one('device_association'),
  searchDeviceAssociations: list('device_association'),
  getDeviceAssociationContext: context('device_association'),
  getDetectedIssue: one('detected_issue'),
  searchDetectedIssues: list('detected_issue'),
  getDetectedIssueContext: context('detected_issue'),
  getMedicationStatement: one('medication_statement'),
  searchMedicationStatements: list('medication_statement'),
  getMedicationStatementContext: context('medication_statement'),
  getMedicationAdministration: one('medication_administration'),
  searchMedicationAdministrations: list('medication_administration'),
  getMedicationAdministrationContext: context('medication_administration'),
  getClinicalImpression: one('clinical_impression'),
  searchClinicalImpressions: list('clinical_impression'),
  getClinicalImpressionContext: context('clinical_impression'),

  getDiagnosticReport: one('diagnostic_report'),
  searchDiagnosticReports: list('diagnostic_report'),
  getApprovedDiagnosticReports: list('diagnostic_report', { only: isApproved }),
  getShortDiagnosticReportsByServiceGroups: list('diagnostic_report', {
    show: short('diagnostic_report'),
  }),
  getDiagnosticReportContexts: context('diagnostic_report', ['origin_episode']),
  getProcedure: one('procedure', { patient: 'Patient not found' }),
  searchProcedures: list('procedure'),
  getProcedureContexts: context('procedure', ['origin_episode']),
  getShortProceduresByServiceGroups: list('procedure', { show: short('procedure') }),

  getSpecimen: one('specimen'),
  searchSpecimens: list('specimen'),
  getSpecimenByAccessionIdentifier: byNumber('specimen', 'accession_identifier'),

  createCompositionTitle: makeTitle,
  getComposition: one('medical_composition'),
  searchCompositions: list('medical_composition', { show: short('composition') }),
  generateCompositionPrintForm: printForm,
  getCompositionContext: context('medical_composition'),
  getEpisodeInCompositionContext: one('episode', inComposition),
  getDiagnosticReportInCompositionContext: one('diagnostic_report', inComposition),
  getEncounterInCompositionContext: one('encounter', inComposition),
  getCarePlanInCompositionContext: one('care_plan', inComposition),
  getProcedureInCompositionContext: one('procedure', inComposition),
  getConditionInCompositionContext: one('condition', inComposition),
  getObservationInCompositionContext: one('observation', inComposition),
  getClinicalImpressionInCompositionContext: one('clinical_impression', inComposition),
  getImmunizationInCompositionContext: one('immunization', inComposition),
  getServiceRequestInCompositionContext: one('service_request', inComposition),
  getCompositionInCompositionContext: one('medical_composition', inComposition),
  getDeviceRequestInCompositionContext: one('device_request', inComposition),
  getDeviceDispenseInCompositionContext: one('device_dispense', inComposition),
  getActivityInCompositionContext: one('activity', inComposition),

  searchSummaryShortEpisodes: list('episode', { show: short('episode') }),
  searchSummaryShortEncounters: list('encounter', { show: shortEncounter }),
  getSummaryShortEncounter: one('encounter', { show: shortEncounter }),
  getSummaryImmunizations: list('immunization'),
  getSummaryImmunization: one('immunization'),
  getSummaryAllergyIntolerances: list('allergy_intolerance'),
  getSummaryAllergyIntolerance: one('allergy_intolerance'),
  getSummaryObservations: list('observation'),
  getSummaryObservation: one('observation'),
  getSummaryConditions: list('condition'),
  getSummaryCondition: one('condition'),
  getSummaryActiveDiagnoses: (request, world) => {
    const diagnoses = activeDiagnoses(all(world, 'episode', placesIn(request, world).patient));
    const { code } = request.query;
    const asked = diagnoses.filter(
      (each) => code === undefined || itemsOf(each, 'code.coding').some((one) => one.code === code),
    );
    return paged(asked, request);
  },
  getSummaryRiskAssessment: one('risk_assessment'),
  searchSummaryRiskAssessments: list('risk_assessment'),
  getSummaryDevice: one('device'),
  searchSummaryDevices: list('device'),
  getSummaryMedicationStatement: one('medication_statement'),
  searchSummaryMedicationStatement: list('medication_statement'),
  getSummaryDiagnosticReport: one('diagnostic_report'),
  searchSummaryDiagnosticReport: list('diagnostic_report'),
  getSummaryProcedure: one('procedure'),
  searchSummaryProcedures: list('procedure'),
  getSummaryClinicalImpression: one('clinical_impression'),
  getSummaryClinicalImpressions: list('clinical_impression'),
  searchSummaryShortCarePlans: list('care_plan', { show: short('care_plan') }),

  prequalifyServiceRequest: qualify(),
  getServiceRequest: one('service_request'),
  searchServiceRequests: list('service_request', { patient: 'Patient not found' }),
  searchServiceRequestsInEpisodeContext: list('service_request', {
    ...inEpisode,
    patient: 'Episode or patient not found',
  }),
  getServiceRequestInEpisodeContext: one('service_request', inEpisode),
  searchServiceRequestsByRequisition: list('service_request', { show: withIdentity() }),
  getServiceRequestsInSpecimenContext: ofSpecimen,
  qualifyServiceRequest: qualify('service_request'),

  prequalifyDeviceRequest: qualify(),
  getDeviceRequest: one('device_request'),
  searchDeviceRequests: list('device_request', { patient: 'Patient not found' }),
  searchDeviceRequestsByRequisition: list('device_request', { show: withIdentity() }),
  getDeviceRequestContext: context('device_request', ['care_plan']),
  qualifyDeviceRequest: qualify('device_request', { participants: [] }),
  getDeviceDispense: one('device_dispense'),
  searchDeviceDispenses: list('device_dispense'),
  searchDeviceDispensesInPatientContext: list('device_dispense'),
  getDeviceDispenseContexts: context('device_dispense', ['origin_episode']),

  getApproval: one('approval'),
  getApprovals: list('approval'),
  verifyApproval,

  getCarePlan: one('care_plan'),
  searchCarePlans: list('care_plan', { show: short('care_plan') }),
  searchCarePlansV2: list('care_plan', { show: short('care_plan') }),
  getCarePlansByRequisition: list('care_plan', { show: withIdentity(short('care_plan')) }),
  prequalifyCarePlanActivity: qualify(),
  getCarePlanActivity: one('activity', inPlan),
  getCarePlanActivities: list('activity', inPlan),

  listRuleEngineRules: listRules,
  getRuleEngineRule: readRule,
};
