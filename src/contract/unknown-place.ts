import { nearest } from '../problem.js';
import type { Contract } from './contract.js';
import type { JobPlace } from './job-place.js';
import type { Operation } from './operation.js';
import { bodyPaths, parameterNames, reachBody } from './request-fields.js';

/** What an operation lacks where a job's id should stand; headers and queries may always bring more than it names. */
export function unknownPlace(
  contract: Contract,
  { id, parameters }: Operation,
  { in: place, name }: JobPlace,
): { what: string; hint: string } | undefined {
  if (place === 'body') {
    if (reachBody(contract, id, name) !== 'no') return undefined;
    return { what: `field "${name}" in its body`, hint: nearest(name, bodyPaths(contract, id)) };
  }
  const names = parameterNames(parameters, place);
  const known = place === 'header' ? names.map((each) => each.toLowerCase()) : names;
  if (known.includes(name) || (place !== 'path' && known.length === 0)) return undefined;
  return { what: `${place} parameter "${name}"`, hint: nearest(name, names) };
}
