import type { World } from '../../sandbox/pack.js';

/** A request or a job, as far as its path goes. */
export interface Addressed {
  /** The operation, or its id. */
  operation: string | { path: string };
  params: Readonly<Record<string, string>>;
}

/** What a path names: `…/care_plans/{a}/activities/{b}/actions/cancel` names a care plan and an activity. */
export interface PathPlaces {
  /** In small letters; empty where the path names none. */
  patient: string;
  /** What the path names last, if it is not the patient. */
  own: string | undefined;
  /** What stands behind the first of this name: `care_plans`. */
  behind(collection: string): string | undefined;
}

/**
 * Ids by where they stand and not by the names of parameters, which differ from operation to operation in the public
 * description: the patient is `{id}`, `{patient_id}` or `{person_id}`.
 */
export function placesIn({ operation, params }: Addressed, world: World): PathPlaces {
  const path =
    typeof operation === 'string'
      ? (world.contract.operations.get(operation)?.path ?? '')
      : operation.path;
  const segments = path.split('/');
  const named = segments.flatMap((segment, i): [string, string][] => {
    const parameter = /^\{(.+)\}$/.exec(segment)?.[1];
    return parameter === undefined ? [] : [[segments[i - 1] ?? '', params[parameter] ?? '']];
  });
  const behind = (collection: string) => named.find(([name]) => name === collection)?.[1];
  const [last] = named.filter(([name]) => name !== 'patients').slice(-1);
  return { patient: (behind('patients') ?? '').toLowerCase(), own: last?.[1], behind };
}
