import { loadContract } from '../../../src/contract/contract.js';
import { at, type Json } from '../../../src/contract/json.js';
import { compositions } from '../../../src/packs/compositions/index.js';
import { prepareContainers } from '../../../src/packs/signature/signed-content.js';
import { idsOf } from '../../../src/sandbox/ids.js';
import type {
  ApiRequest,
  BusinessError,
  Refusal,
  Reply,
  World,
} from '../../../src/sandbox/pack.js';
import { beginStream } from '../../../src/sandbox/random.js';
import { Resources } from '../../../src/sandbox/resources.js';
import { defaultsOf } from '../../../src/sandbox/settings.js';
import { makeWorld as worldOf } from '../../../src/sandbox/world.js';

await prepareContainers();

export const contract = await loadContract('spec/compositions/openapi.yaml', ['', '/api']);

export const PATIENT = '1d4f0c2a-9b3e-4c57-8a61-e0f7d2b94c18';
export const ENCOUNTER = 'a4e8d7c3-1f60-4b92-9e25-c83b6d10f7a5';
export const EPISODE = '05d7b2e9-8c4a-4f16-9d30-a71e6c8f2b54';
export const MOTHER = 'd31e7f60-52b8-4c94-a07d-6e1b9c48f235';
export const NOBODY = '00000000-0000-4000-8000-000000000000';

export function makeWorld(seed = 1): World {
  const now = Date.parse('2025-03-03T09:15:35.874Z');
  const stream = beginStream(`${seed}/test`);
  return worldOf({
    contract,
    resources: new Resources(1000),
    ids: idsOf(() => stream),
    now,
    settings: defaultsOf(compositions.settings ?? []),
    note: () => {},
  });
}

const concept = (system: string, code: string) => ({ coding: [{ system, code }] });
const reference = (kind: string, value: string) => ({
  type: concept('eHealth/resources', kind),
  value,
});

/** The body of a create request. */
export function conclusion(
  type: 'TEMP_DISABILITY' | 'NEWBORN' = 'TEMP_DISABILITY',
  more: Json = {},
): Json {
  const birth = type === 'NEWBORN';
  return {
    type: concept('COMPOSITION_TYPES', type),
    category: concept('COMPOSITION_CATEGORIES', birth ? 'LIVE_BIRTH' : 'SICKNESS'),
    event: [
      {
        code: concept('COMPOSITION_EVENTS', 'COMPOSITION_VALIDITY_PERIOD'),
        period: { start: '2025-03-03T00:00:01Z', end: birth ? null : '2025-03-07T20:59:59Z' },
      },
    ],
    subject: reference(birth ? 'preperson' : 'person', PATIENT),
    encounter: reference('encounter', ENCOUNTER),
    author: reference('employee', 'e2c94a70-6b1d-4f83-a5d9-38f07c2e1b46'),
    section: { focus: reference('person', birth ? MOTHER : PATIENT) },
    ...(birth ? { extension: [{ valueCode: 'NEWBORN_BIRTH_DATE', valueDate: '2025-03-03' }] } : {}),
    ...more,
  };
}

function request(
  operation: string,
  params: Record<string, string> = {},
  query: Json = {},
  body?: unknown,
): ApiRequest {
  const known = contract.operations.get(operation);
  if (!known) throw new Error(`the contract has no operation ${operation}`);
  return { operation: known, params, query, body };
}

export function admit(
  world: World,
  operation: string,
  id: string,
  body?: unknown,
): Refusal | undefined {
  return compositions.admit(request(operation, { compositionId: id }, {}, body), world);
}

/** Brings a job of an operation to its end. */
export function finish(
  world: World,
  operation: string,
  id: string,
  { body, result = {} }: { body?: unknown; result?: Json } = {},
): BusinessError | undefined {
  const tell = () => undefined;
  const job = { id: world.ids.uuid(), operation, params: {}, body, resource: id, result, tell };
  return compositions.judge?.(job, world) ?? compositions.complete(job, world);
}

export function created(world: World, body: Json = conclusion()): string {
  const id = world.ids.uuid();
  const error = finish(world, 'createComposition', id, { body });
  if (error) throw new Error(`not created: ${error.code}`);
  return id;
}

export function signed(world: World, body: Json = conclusion(), result: Json = {}): string {
  const id = created(world, body);
  const error = finish(world, 'signComposition', id, {
    body: inBase64(documentOf(world, id)),
    result,
  });
  if (error) throw new Error(`not signed: ${error.code} ${error.message}`);
  return id;
}

/** Plain JSON in the place of a container. */
function inBase64(content: unknown): Json {
  return { data: Buffer.from(JSON.stringify(content)).toString('base64') };
}

/** Signs what is there, as a job that comes to its end. */
export function sign(world: World, id: string): BusinessError | undefined {
  return finish(world, 'signComposition', id, { body: inBase64(documentOf(world, id)) });
}

/** Cancels with a reason that suits. */
export function cancel(world: World, id: string): BusinessError | undefined {
  const document = documentOf(world, id);
  const type = String(at(document, 'type.coding.0.code'));
  const reason = concept(`eHealth/COMPOSITION_CANCELLATION_REASONS_${type}`, 'INCORRECT_PATIENT');
  const content = { identifier: document.identifier, reason };
  return finish(world, 'cancelComposition', id, { body: inBase64(content) });
}

export function documentOf(world: World, id: string): Json {
  return world.resources.get(id)?.document ?? {};
}

export function ask(
  world: World,
  operation: string,
  params: Record<string, string>,
  query: Json = {},
) {
  const read = compositions.reads[operation];
  if (!read) throw new Error(`the pack reads no ${operation}`);
  return read(request(operation, params, query), world);
}

export function dataOf(answer: Reply | Refusal): unknown {
  if (!('content' in answer) || !('data' in answer.content)) return undefined;
  return answer.content.data;
}

export function tasksOf(world: World, id: string): Json[] {
  const params = { patientId: PATIENT, encounterId: ENCOUNTER, compositionId: id };
  return dataOf(ask(world, 'getIntegrationDataByEncounter', params)) as Json[];
}
