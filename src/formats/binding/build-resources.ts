import { parseIdForm } from '../../contract/id-form.js';
import type { Paging } from '../../contract/job-operations.js';
import { isObject, type Json } from '../../contract/json.js';
import {
  RESOURCE_ROLES,
  type ResourceBinding,
  type ResourceRole,
} from '../../contract/resource-binding.js';
import { compileTemplate } from '../../contract/template.js';

/** Undefined: the binding names none. */
export function buildResources(raw: unknown): ReadonlyMap<string, ResourceBinding> | undefined {
  if (!isObject(raw)) return undefined;
  return new Map(
    Object.entries(raw).map(([name, value]) => [
      name,
      buildResource(name, isObject(value) ? value : {}),
    ]),
  );
}

function buildResource(name: string, from: Json): ResourceBinding {
  const roles = RESOURCE_ROLES.map((role) => [role, listOf(from[role])] as const);
  return {
    name,
    madeBy: listOf(from.made_by),
    operations: Object.fromEntries(roles) as Record<ResourceRole, string[]>,
    id: textOf(from.id),
    field: textOf(from.field),
    ids: from.ids === undefined ? undefined : parseIdForm(String(from.ids)),
    data: from.data === undefined ? undefined : compileTemplate(from.data),
    items: textOf(from.items),
    filter: isObject(from.filter)
      ? new Map(Object.entries(from.filter).map(([key, field]) => [plain(key), String(field)]))
      : undefined,
    paging: isObject(from.paging) ? buildPaging(from.paging) : undefined,
  };
}

function buildPaging(from: Json): Partial<Paging> {
  const entries = Object.entries(from).map(([key, value]) => {
    return [key, typeof value === 'number' ? value : plain(String(value))] as const;
  });
  return Object.fromEntries(entries);
}

/** `query.limit` → `limit`. */
function plain(parameter: string): string {
  return parameter.replace(/^query\./, '');
}

function textOf(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}

function listOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return [value].flat().map(String);
}
