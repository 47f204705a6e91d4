import type { Binding } from '../../contract/binding.js';
import type { Contract } from '../../contract/contract.js';
import { canonicalId } from '../../contract/id-form.js';
import type { ResourceRole } from '../../contract/resource-binding.js';
import { ownParameter, type ResourceKind, readKind } from '../../contract/resource-kind.js';
import type { Api } from '../api.js';
import { keyIn, type Resource, type ResourceView } from '../resources.js';

/** What an operation does with resources. */
interface ResourceUse {
  kind: ResourceKind;
  role: ResourceRole;
}

/** What the binding of an API says of its resources. */
export interface ResourceKinds {
  byName: ReadonlyMap<string, ResourceKind>;
  /** By operationId: those that answer at once. */
  uses: ReadonlyMap<string, ResourceUse>;
  /** By operationId: what jobs of it make or change. */
  ofJobs: ReadonlyMap<string, ResourceKind>;
}

const known = new WeakMap<Binding, { contract: Contract; kinds: ResourceKinds }>();

/** Undefined: the binding names none. */
export function kindsOf({
  binding,
  contract,
}: Pick<Api, 'binding' | 'contract'>): ResourceKinds | undefined {
  if (binding.resources === undefined) return undefined;
  const found = known.get(binding);
  if (found?.contract === contract) return found.kinds;
  const kinds = readKinds(binding, contract);
  known.set(binding, { contract, kinds });
  return kinds;
}

function readKinds(binding: Binding, contract: Contract): ResourceKinds {
  const byName = new Map(
    [...(binding.resources ?? [])].map(([name, resource]) => [name, readKind(resource, contract)]),
  );
  const uses = new Map<string, ResourceUse>();
  const ofJobs = new Map<string, ResourceKind>();
  for (const kind of byName.values()) {
    const { operations, madeBy } = kind.binding;
    for (const role of Object.keys(operations) as ResourceRole[]) {
      for (const id of operations[role]) uses.set(id, { kind, role });
    }
    for (const id of madeBy) {
      if (binding.schedules.has(id)) ofJobs.set(id, kind);
      else uses.set(id, { kind, role: 'create' });
    }
    for (const id of changing(binding, kind)) if (!ofJobs.has(id)) ofJobs.set(id, kind);
  }
  return { byName, uses, ofJobs };
}

/** Operations whose jobs change what is there: their `resource` is the parameter that names one of this kind. */
function changing({ schedules }: Binding, kind: ResourceKind): string[] {
  const parameter = ownParameter(kind);
  if (parameter === undefined) return [];
  return [...schedules].flatMap(([id, { resource }]) => (resource === parameter ? [id] : []));
}

/** Do jobs or requests of this operation make one of the kind? */
export function isMadeBy({ binding }: ResourceKind, operation: string): boolean {
  return binding.madeBy.includes(operation);
}

/** What a resource of a kind is kept under: two kinds may both have one with the id 1. */
export function keyFor({ binding }: ResourceKind, id: string): string {
  return keyIn(binding.name, id);
}

/** UUIDs are the same in any case (RFC 9562 §4). */
export function findResource(
  resources: ResourceView,
  kind: ResourceKind,
  id: string,
): Resource | undefined {
  return resources.get(keyFor(kind, id)) ?? resources.get(keyFor(kind, canonicalId(id)));
}

/** What a job of an operation makes or changes, as it is now: of a kind of the binding, else as a pack keeps it. */
export function resourceOfJob(
  api: Api,
  resources: ResourceView,
  operation: string,
  id: string,
): Resource | undefined {
  const kind = kindsOf(api)?.ofJobs.get(operation);
  return (kind && findResource(resources, kind, id)) ?? resources.get(id);
}
