import { at, isObject, type Json, textOf } from '../../contract/json.js';
import type { BusinessError } from '../../sandbox/pack.js';
import { type Action, unlike } from './act.js';
import { conflict, unprocessable } from './failures.js';
import { target, withNames } from './reference.js';
import { all, find, inStatus, keep, type Owned, statusOf } from './resource.js';
import { type Task, taken } from './task.js';
import { processing } from './written-by-service.js';

const REASONS = ['status_reason', 'explanatory_letter'];

const reasons = (_: Owned, task: Task) => taken(task, REASONS);

const SERVICE_REQUEST = {
  kind: 'service_request',
  unknown: "Service request with id '{id}' is not found",
} as const;
const EPISODE = { kind: 'episode', unknown: 'Failed to get episode' } as const;
const APPROVAL = { kind: 'approval', unknown: "Approval with id '{id}' is not found" } as const;
const NOT_AVAILABLE = {
  kind: 'specimen',
  from: ['available'],
  refused: 'Specimen is not in available status',
} as const;

/**
 * What moves resources, by operationId. Statuses and words are those of the public source of the service
 * (medical_events, 2019) for episodes, service requests and approvals, and of its public pages for the others.
 */
export const ACTIONS: Readonly<Record<string, Action>> = {
  updateEpisode: {
    ...EPISODE,
    from: ['active'],
    refused: 'Episode in status {status} can not be updated',
    set: (_, task) => withNames(taken(task, ['name', 'care_manager']), task.world),
  },
  closeEpisode: {
    ...EPISODE,
    from: ['active'],
    to: 'closed',
    refused: 'Episode in status {status} can not be closed',
    check: (episode, task) => isOfOthers(episode, task) ?? endsAfterStart(episode, task),
    set: (episode, task) => ({
      ...taken(task, ['closing_summary', 'status_reason']),
      period: { ...(episode.document.period as Json), end: at(task.said, 'period.end') },
    }),
  },
  cancelEpisode: {
    ...EPISODE,
    from: ['active', 'closed'],
    // The status that the source calls cancelled is spelt so (`episode.ex`).
    to: 'entered_in_error',
    refused: 'Episode in status {status} can not be canceled',
    check: (episode, task) => isOfOthers(episode, task) ?? hasNoEncounters(episode, task),
    set: reasons,
  },
  cancelProcedure: {
    kind: 'procedure',
    from: ['completed'],
    to: 'entered_in_error',
    refused: 'Invalid transition for procedure - already {status}',
    differs: (path) =>
      conflict(
        `Submitted signed content does not correspond to previously created content: ${path}`,
      ),
    set: reasons,
  },
  processSpecimen: {
    ...NOT_AVAILABLE,
    check: receivedInTime,
    set: (_, task) => taken(task, ['received_time']),
  },
  invalidateSpecimen: { ...NOT_AVAILABLE, to: 'unavailable', set: reasons },
  rejectSpecimen: { ...NOT_AVAILABLE, to: 'unsatisfactory', set: reasons },
  cancelSpecimen: {
    kind: 'specimen',
    from: ['available', 'unavailable', 'unsatisfactory'],
    to: 'entered_in_error',
    refused: 'Specimen in status {status} cannot be cancelled',
    differs: unlike('specimen'),
    set: reasons,
  },
  resendSmsOnComposition: {
    kind: 'medical_composition',
    from: ['FINAL'],
    refused: 'Composition in status {status} cannot be resent',
  },
  markInErrorComposition: {
    kind: 'medical_composition',
    from: ['FINAL'],
    to: 'ENTERED_IN_ERROR',
    refused: 'Composition in status {status} cannot be marked in error',
    differs: unlike('composition'),
    // Shown as a code alone.
    set: (_, task) => ({
      ...taken(task, REASONS),
      status_reason: at(task.said, 'status_reason.coding.0.code'),
    }),
  },
  cancelServiceRequest: {
    ...SERVICE_REQUEST,
    from: ['active', 'completed'],
    to: 'entered_in_error',
    refused: 'Service request in status {status} cannot be cancelled',
    differs: unlike('service request'),
    set: reasons,
  },
  recallServiceRequest: {
    ...SERVICE_REQUEST,
    from: ['active'],
    to: 'recalled',
    refused: 'Service request in status {status} cannot be recalled',
    differs: unlike('service request'),
    set: reasons,
  },
  resendSmsOnServiceRequest: {
    ...SERVICE_REQUEST,
    from: ['active'],
    refused: 'Service request in status {status} cannot be resent',
  },
  useServiceRequest: {
    ...SERVICE_REQUEST,
    from: ['active'],
    refused: "Can't use inactive service request",
    check: (request, task) =>
      isExpired(request, task) ??
      (request.document.used_by_legal_entity
        ? conflict('Service request is already used')
        : undefined),
    set: (request, task) => ({
      ...withNames(
        taken(task, ['used_by_employee', 'used_by_legal_entity', 'used_by_division', 'program']),
        task.world,
      ),
      ...processing('in_queue', request.document, task.world),
    }),
  },
  changeServiceRequestStatusToInProgress: {
    ...SERVICE_REQUEST,
    from: ['active'],
    to: 'in_progress',
    refused: 'Invalid service request status',
    check: isUsedByOthers,
    set: ({ document }, { world }) => processing('in_progress', document, world),
  },
  releaseServiceRequest: {
    ...SERVICE_REQUEST,
    from: ['active'],
    refused: 'Service request in status {status} cannot be released',
    check: isExpired,
    set: ({ document }, { world }) => ({
      used_by_employee: undefined,
      used_by_legal_entity: undefined,
      used_by_division: undefined,
      ...processing('new', document, world),
    }),
  },
  completeServiceRequest: {
    ...SERVICE_REQUEST,
    from: ['in_progress'],
    to: 'completed',
    refused: 'Invalid service request status',
    check: isUsedByOthers,
    set: ({ document }, task) => ({
      ...withNames(taken(task, ['completed_with', 'status_reason', 'program_service']), task.world),
      ...processing('completed', document, task.world),
    }),
  },
  resendSmsOnDeviceRequest: {
    kind: 'device_request',
    from: ['active'],
    refused: 'Device request in status {status} cannot be resent',
  },
  revokeDeviceRequest: {
    kind: 'device_request',
    from: ['active'],
    to: 'revoked',
    refused: 'Device request in status {status} cannot be revoked',
    differs: unlike('device request'),
    set: reasons,
  },
  completeDeviceRequest: {
    kind: 'device_request',
    from: ['active'],
    to: 'completed',
    refused: 'Device request in status {status} cannot be completed',
  },
  markInErrorDeviceRequest: {
    kind: 'device_request',
    from: ['active', 'completed'],
    to: 'entered_in_error',
    refused: 'Device request in status {status} cannot be marked in error',
    differs: unlike('device request'),
    set: reasons,
  },
  completeDeviceDispense: {
    kind: 'device_dispense',
    from: ['in_progress'],
    to: 'completed',
    refused: 'Device dispense in status {status} cannot be completed',
    set: (_, task) => taken(task, ['when_handed_over', 'payment_id', 'payment_amount']),
    after: completeRequest,
  },
  stopDeviceDispense: {
    kind: 'device_dispense',
    from: ['in_progress'],
    to: 'stopped',
    refused: 'Device dispense in status {status} cannot be stopped',
  },
  markInErrorDeviceDispense: {
    kind: 'device_dispense',
    from: ['completed'],
    to: 'entered_in_error',
    refused: 'Device dispense in status {status} cannot be marked in error',
    differs: unlike('device dispense'),
    set: reasons,
  },
  resendSmsOnApproval: {
    ...APPROVAL,
    from: ['new'],
    refused: 'Approval in status {status} can not be resent',
    data: '',
  },
  cancelApproval: {
    ...APPROVAL,
    from: ['new', 'active'],
    to: 'cancelled',
    refused: 'Approval in status {status} can not be cancelled',
    set: (_, { world }) => ({ expires_at: new Date(world.now).toISOString() }),
  },
  cancelCarePlan: {
    kind: 'care_plan',
    from: ['new', 'active'],
    to: 'cancelled',
    refused: 'Care plan in status {status} cannot be cancelled',
    differs: unlike('care plan'),
    check: hasNoOpenActivities,
    set: reasons,
  },
  completeCarePlan: {
    kind: 'care_plan',
    from: ['active'],
    to: 'completed',
    refused: 'Care plan in status {status} cannot be completed',
    check: (plan, task) => hasNoOpenActivities(plan, task) ?? hasCompletedActivity(plan, task),
    set: reasons,
  },
  cancelCarePlanActivity: {
    kind: 'activity',
    from: ['scheduled', 'in_progress'],
    to: 'cancelled',
    refused: 'Invalid activity status',
    set: withReasonInDetail,
  },
  completeCarePlanActivity: {
    kind: 'activity',
    from: ['scheduled', 'in_progress'],
    to: 'completed',
    refused: 'Invalid activity status',
    set: (activity, task) => ({
      ...taken(task, ['outcome_codeable_concept']),
      ...withReasonInDetail(activity, task),
    }),
  },
};

/** What belongs to another institution than who asks, where that is known. */
function isOfOthers({ document }: Owned, { job }: Task): BusinessError | undefined {
  const owner = target(document, 'managing_organization');
  if (!job.caller || owner === job.caller.legal_entity.toLowerCase()) return undefined;
  return conflict("Managing_organization does not correspond to user's legal_entity");
}

/** A service request is carried out by the institution that has taken it. */
function isUsedByOthers({ document }: Owned, { job }: Task): BusinessError | undefined {
  const user = target(document, 'used_by_legal_entity');
  const own = job.caller?.legal_entity.toLowerCase() ?? user;
  if (user !== '' && user === own) return undefined;
  return conflict('Service request is used by another legal entity');
}

function endsAfterStart({ document }: Owned, { said }: Task): BusinessError | undefined {
  const end = textOf(at(said, 'period.end')).slice(0, 10);
  const start = textOf(at(document, 'period.start')).slice(0, 10);
  if (end >= start) return undefined;
  return unprocessable(
    '$.period.end',
    'invalid',
    'End date must be greater or equal than start date',
  );
}

function hasNoEncounters({ id, facts }: Owned, { world }: Task): BusinessError | undefined {
  const open = all(world, 'encounter', facts.patient).some(
    (one) => one.facts.episode === id && one.document.status !== 'entered_in_error',
  );
  return open
    ? conflict('Episode can not be canceled while it has not canceled encounters')
    : undefined;
}

function receivedInTime({ document }: Owned, { said, world }: Task): BusinessError | undefined {
  if (document.received_time) {
    const why = 'Value is already set and cannot be changed';
    return unprocessable('$.received_time', 'invalid', why);
  }
  const received = Date.parse(textOf(said.received_time));
  const { collection } = document;
  const collected =
    at(collection, 'collected_date_time') ?? at(collection, 'collected_period.start');
  if (received <= world.now && !(received < Date.parse(textOf(collected)))) return undefined;
  const why = 'Should be between collected datetime and current datetime';
  return unprocessable('$.received_time', 'invalid', why);
}

function isExpired({ document }: Owned, { world }: Task): BusinessError | undefined {
  const until = Date.parse(textOf(document.expiration_date));
  return until < world.now ? conflict('Service request is expired') : undefined;
}

/** All that was prescribed has been handed over. */
function completeRequest({ document, facts }: Owned, { world }: Task): void {
  const request = find(world, 'device_request', facts.patient, target(document, 'based_on'));
  if (!request || statusOf('device_request', request.document) !== 'active') return;
  const completed = inStatus('device_request', request.document, 'completed');
  keep(world, 'device_request', facts.patient, { ...completed, id: request.id });
}

function activitiesOf(plan: Owned, { world }: Task): string[] {
  return all(world, 'activity', plan.facts.patient)
    .filter(({ facts }) => facts.care_plan === plan.id)
    .map(({ document }) => statusOf('activity', document));
}

function hasNoOpenActivities(plan: Owned, task: Task): BusinessError | undefined {
  const open = activitiesOf(plan, task).some((status) =>
    ['scheduled', 'in_progress'].includes(status),
  );
  return open ? conflict('Care plan has scheduled or in-progress activities') : undefined;
}

function hasCompletedActivity(plan: Owned, task: Task): BusinessError | undefined {
  if (activitiesOf(plan, task).includes('completed')) return undefined;
  return conflict('Care plan has no one completed activity');
}

/** The reason of an activity's status stands where its status does. */
function withReasonInDetail({ document }: Owned, { said }: Task): Json {
  const reason = at(said, 'detail.status_reason');
  const detail = isObject(document.detail) ? document.detail : {};
  return { detail: { ...detail, ...(reason ? { status_reason: reason } : {}) } };
}
