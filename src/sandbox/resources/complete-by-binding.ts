import type { Json } from '../../contract/json.js';
import { ownParameter, type ResourceKind, singular } from '../../contract/resource-kind.js';
import type { Api } from '../api.js';
import type { ApiRequest, FinishedJob, Refusal, World } from '../pack.js';
import { keyOf } from '../resources.js';
import { saidOf } from './fields.js';
import { keep, parentsOf } from './kept.js';
import { findResource, isMadeBy, kindsOf } from './kinds.js';
import { type Making, makeDocument, sourceOf } from './make-document.js';
import { mergePatch } from './merge-patch.js';

/** Refuses a request to change what is not there. */
export function refuseAbsent(api: Api, request: ApiRequest, world: World): Refusal | undefined {
  const { id: operation } = request.operation;
  const kind = kindsOf(api)?.ofJobs.get(operation);
  const parameter = api.binding.schedules.get(operation)?.resource;
  if (!kind || parameter === undefined || isMadeBy(kind, operation)) return undefined;
  const id = request.params[parameter] ?? '';
  if (findResource(world.resources, kind, id) ?? world.resources.get(id)) return undefined;
  const message = `${singular(kind.binding.name)} ${id} is not found`;
  return { status: 404, code: 'REQUEST_UNKNOWN_RESOURCE', message };
}

/** Makes, changes or takes away what a job that is done is about, unless a pack has kept it. */
export function completeByBinding(api: Api, job: FinishedJob, world: World): void {
  const kind = kindsOf(api)?.ofJobs.get(job.operation);
  if (!kind || world.resources.get(job.resource)) return;
  const { resources, now, ids } = world;
  const before = findResource(resources, kind, job.resource);
  const method = world.contract.operations.get(job.operation)?.method;
  if (before && method === 'DELETE') {
    resources.remove(keyOf(before));
    return;
  }
  if (!before && !isMadeBy(kind, job.operation)) {
    world.note(`${singular(kind.binding.name)} ${job.resource} is gone: nothing is changed`);
    return;
  }
  const parents = parentsOf(job.params, parameterFor(api, kind, job.operation));
  const wanted = { id: before?.id ?? job.resource, parents, now };
  const said = saidBy(kind, job, world, method === 'PUT' ? undefined : before?.document);
  const made = makeDocument(kind, { ...wanted, ...said, before: before?.document, ids });
  if (made.note) world.note(`${kind.binding.name}: ${made.note}`);
  keep(resources, kind, { ...wanted, document: made.document });
}

function parameterFor(api: Api, kind: ResourceKind, operation: string): string | undefined {
  return api.binding.schedules.get(operation)?.resource ?? ownParameter(kind);
}

/** What the job's request and its scenario say. @param below what the body is merged into */
function saidBy(
  kind: ResourceKind,
  job: FinishedJob,
  { now }: World,
  below: Json | undefined,
): Pick<Making, 'said' | 'told'> {
  const { resource: id, body, params, id: name, result } = job;
  const { said, told } = sourceOf(kind, { id, body, params, now, job: name });
  const whole = below ? mergePatch(below, saidOf(kind, said)) : said;
  return { said: whole, told: { ...told, ...result } };
}
