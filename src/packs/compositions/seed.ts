import { at, isObject, type Json, textOf } from '../../contract/json.js';
import { nearest } from '../../problem.js';
import type { World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';
import { keep, STATUSES } from './composition.js';
import { concept, reference } from './concept.js';
import { compose } from './create.js';
import { isEmployee, seedEmployee } from './employee.js';
import { readRelations } from './relations.js';
import { type IntegrationTask, UNAVAILABLE } from './tasks.js';

const EXAMPLE =
  '{"type": {"coding": [{"system": "COMPOSITION_TYPES", "code": "TEMP_DISABILITY"}]}, "subject": {"value": "UUID"}, "encounter": {"value": "UUID"}}';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Puts a composition in by hand, an employee, who signs them, or whom and what they name. */
export function seed(given: Json, world: World): Resource | string {
  if (isObject(given) && given.kind !== undefined) return seedAround(given, world);
  return isObject(given) && isEmployee(given)
    ? seedEmployee(given, world)
    : seedComposition(given, world);
}

/** What the rules ask after. The other packs of a platform keep it; a pack that is served alone is told of it here. */
const AROUND = ['person', 'preperson', 'encounter', 'employee', 'composition_configuration'];

function seedAround({ kind, ...document }: Json, world: World): Resource | string {
  if (world.platform) return `"${kind}" is kept by another pack of ${world.platform}`;
  const known = AROUND.find((name) => name === kind);
  if (!known) return `unknown kind "${kind}"; ${nearest(textOf(kind), AROUND)}`;
  const { id } = document;
  if (!UUID.test(textOf(id))) {
    return `id is ${JSON.stringify(id) ?? 'missing'}; give the UUID of the ${known}`;
  }
  if (known === 'employee' && isEmployee(document)) return seedEmployee(document, world);
  return world.keep({ kind: known, id: textOf(id).toLowerCase(), document });
}

/**
 * Puts a composition in by hand. The least it needs is type, subject.value and encounter.value; the
 * rest is filled in. `integration`, a list of tasks, becomes what getIntegrationData shows.
 */
function seedComposition(given: Json, world: World): Resource | string {
  const wrong = complaint(given);
  if (wrong) return wrong;
  const { integration, ...rest } = given;
  const id = textOf(at(given, 'identifier.value') ?? world.ids.uuid()).toLowerCase();
  const composition = compose(id, complete(rest, world), world);
  const tasks = readTasks(integration, world);
  const kept = tasks.map((shown) => ({ shown }));
  const seeded = { ...composition, facts: { ...composition.facts, tasks: kept } };
  const breach =
    breachOf('getComposition', seeded.document, world) ??
    breachOf('getIntegrationData', tasks, world);
  if (breach) return breach;
  return keep(world, seeded);
}

/** What a person need not write, made so that it suits the rest. */
function complete(given: Json, { ids, now }: World): Json {
  const birth = at(given, 'type.coding.0.code') === 'NEWBORN';
  const today = new Date(now).toISOString().slice(0, 10);
  const period = { start: `${today}T00:00:01Z`, end: birth ? null : `${today}T20:59:59Z` };
  const code = concept('COMPOSITION_EVENTS', 'COMPOSITION_VALIDITY_PERIOD');
  return {
    status: 'PRELIMINARY',
    type: given.type,
    category: concept('COMPOSITION_CATEGORIES', birth ? 'LIVE_BIRTH' : 'SICKNESS'),
    event: [{ code, period }],
    author: reference('employee', ids.uuid()),
    ...given,
    subject: {
      ...reference(birth ? 'preperson' : 'person', undefined),
      ...(given.subject as Json),
    },
    encounter: { ...reference('encounter', undefined), ...(given.encounter as Json) },
  };
}

function complaint(given: unknown): string | undefined {
  if (!isObject(given)) return `a composition is a JSON object, at least ${EXAMPLE}`;
  for (const path of ['type.coding.0.code', 'subject.value', 'encounter.value']) {
    const value = at(given, path);
    if (typeof value === 'string' && value !== '') continue;
    return `${path} is missing; give at least ${EXAMPLE}`;
  }
  const id = at(given, 'identifier.value');
  if (id !== undefined && !UUID.test(textOf(id))) {
    return `identifier.value is ${JSON.stringify(id)}; give a UUID, or leave it out to get one`;
  }
  const { status = 'PRELIMINARY', relatesTo, integration } = given;
  if (!STATUSES.some((known) => known === status)) {
    return `status is ${JSON.stringify(status)}; give one of ${STATUSES.join(', ')}`;
  }
  const relations = [relatesTo ?? []].flat();
  if (readRelations(relations).length < relations.length) {
    return 'relatesTo cannot be read; give {"code": "replaces" or "appends", "targetIdentifier": "UUID"}, or a list of these';
  }
  if (integration !== undefined && !isTaskList(integration)) {
    return 'integration is a list of tasks; give each {"component": "ERLN", "type": "CREATE_ERLN_RECORD", "taskStatus": "FAILED", "integrationStatus": "ERROR"}';
  }
  return undefined;
}

function isTaskList(value: unknown): value is IntegrationTask[] {
  const texts = ['component', 'type', 'taskStatus'];
  const isTask = (task: unknown) => texts.every((name) => typeof at(task, name) === 'string');
  return Array.isArray(value) && value.every(isTask);
}

function readTasks(integration: unknown, { now }: World): IntegrationTask[] {
  const tasks = (integration ?? []) as IntegrationTask[];
  const updatedAt = new Date(now).toISOString();
  return tasks.map((task) => ({
    ...(task.integrationStatus === 'ERROR' ? { statusMessage: UNAVAILABLE } : {}),
    updatedAt,
    ...task,
  }));
}

/** The sandbox must be able to show it: what the contract does not allow is refused here already. */
function breachOf(operationId: string, data: unknown, { contract }: World): string | undefined {
  const operation = contract.operations.get(operationId);
  if (!operation) return undefined;
  const breaches = contract.validator.answer(operation, 200, 'application/json', { data });
  const breach = breaches.find(({ at }) => at.startsWith('$.data')) ?? breaches[0];
  if (!breach) return undefined;
  const place = breach.at.replace('$.data', Array.isArray(data) ? '$.integration' : '$');
  return `the contract does not allow ${place}: ${breach.description}; change it or leave it out`;
}
