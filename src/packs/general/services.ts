import { isObject, type Json, textOf } from '../../contract/json.js';
import type { Pack } from '../../sandbox/pack.js';
import { list, one, paged, type Read } from './read.js';

/** Branches of the catalogue in which something has this code, or a name with these words; whole below what fits. */
function branches(tree: Json, fits: (one: Json) => boolean): Json | undefined {
  if (fits(tree)) return tree;
  const inner = ['groups', 'services'].flatMap((name) => {
    const found = listOf(tree[name]).flatMap((each) => branches(each, fits) ?? []);
    return found.length > 0 ? [[name, found] as const] : [];
  });
  return inner.length > 0 ? { ...tree, ...Object.fromEntries(inner) } : undefined;
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

const listServices: Read = (request, world) => {
  const { code, name } = request.query;
  const words = textOf(name ?? '').toLowerCase();
  const fits = (each: Json) =>
    (code === undefined || each.code === code) &&
    textOf(each.name ?? '')
      .toLowerCase()
      .includes(words);
  const found = world
    .all('service_group')
    .flatMap(({ document }) => branches(document, fits) ?? []);
  return paged(found, request);
};

/** Programs and what they pay for, by operationId. */
export const SERVICES: Pack['reads'] = {
  listServices,
  getMedicalProgramsList: list('medical_program'),
  getMedicalProgram: one('medical_program'),
  getProgramServicesList: list('program_service'),
  getProgramService: one('program_service'),
};
