import { textOf } from '../../contract/json.js';
import type { World } from '../../sandbox/pack.js';
import { isBounded, isPast, says, valuesAt } from '../values.js';
import { type Kind, type Owned, statusOf } from './resource.js';

/**
 * Where a document has what a query parameter asks for, where that is not a field of the same name. `@` is what is
 * kept beside the document, `^` the episode that it belongs to. Of several places one must fit.
 */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  encounter_id: ['@encounter'],
  encounter: ['@encounter'],
  episode_id: ['@episode'],
  context_episode_id: ['@episode'],
  origin_episode_id: ['origin_episode'],
  initial_episode_id: ['origin_episode', '@episode'],
  managing_organization: ['managing_organization', '^managing_organization'],
  managing_organization_id: ['managing_organization', '^managing_organization'],
  legal_entity_id: ['managing_organization'],
  incoming_referral_id: ['incoming_referral'],
  diagnostic_report_id: ['diagnostic_report'],
  device_id: ['device', 'implicated', 'subject', 'focal_device.manipulated', 'used_references'],
  used_reference_id: ['used_references'],
  specimen_id: ['specimen', 'specimens'],
  service_request_id: ['based_on'],
  care_plan_id: ['based_on'],
  context_care_plan_id: ['based_on'],
  medication_request_id: ['request'],
  medication_code: ['medication_code', 'medication'],
  category_code: ['category'],
  container_identifier: ['container.identifier'],
  container_type: ['container.type'],
  device: ['details.device', 'details.device_code'],
  device_code: ['details.device_code'],
  attester: ['attester.party'],
  kind: ['detail.kind'],
  name: ['name', 'name.value'],
  granted_resource_type: ['granted_resource_types', 'granted_resources.identifier.type'],
};

/** Where the moments stand that a parameter bounds with `_from` and `_to`. */
const MOMENTS: Readonly<Record<string, readonly string[]>> = {
  period: ['period.start'],
  period_start: ['period.start'],
  period_end: ['period.end'],
  date: ['date', 'period.start'],
  effective_date: ['effective_date_time', 'effective_period.start'],
  performed_date: ['performed_date_time'],
  performed_period_start: ['performed_period.start'],
  performed_period_end: ['performed_period.end'],
  collected: ['collection.collected_date_time', 'collection.collected_period.start'],
  occurrence_period_start: ['occurrence_period.start'],
  occurrence_period_end: ['occurrence_period.end'],
};

/** Nobody keeps here what these ask for: they narrow nothing. */
export const NOT_KEPT: ReadonlySet<string> = new Set([
  'page',
  'page_size',
  'diagnoses_group_id',
  'service_group_id',
  'recorder_legal_entity_id',
  'performer_speciality',
]);

/** Does a resource fit all that a query asks for? */
export function fits(one: Owned, query: Readonly<Record<string, unknown>>, world: World): boolean {
  return Object.entries(query).every(
    ([name, wanted]) =>
      wanted === undefined || NOT_KEPT.has(name) || fitsOne(one, name, wanted, world),
  );
}

function fitsOne(one: Owned, name: string, wanted: unknown, world: World): boolean {
  const { document } = one;
  if (name === 'status') return statusOf(one.kind as Kind, document) === wanted;
  if (name === 'is_expired') return isPast(document.expires_at, world.now) === wanted;
  if (name === 'date') return moments(one, 'date', world).some((day) => startsWithDay(day, wanted));
  if (name === 'period_date') return isWithin(one, textOf(wanted), world);
  const bound = /^(.+)_(from|to)$/.exec(name);
  if (bound?.[1]) {
    const found = moments(one, bound[1], world);
    return found.some((moment) => isBounded(moment, bound[2] === 'from', textOf(wanted)));
  }
  return valuesOf(one, PLACES[name] ?? [name], world).some((value) => says(value, wanted));
}

function moments(one: Owned, base: string, world: World): string[] {
  return valuesOf(one, MOMENTS[base] ?? [base], world).filter((value) => typeof value === 'string');
}

function startsWithDay(moment: string, wanted: unknown): boolean {
  return moment.slice(0, 10) === textOf(wanted).slice(0, 10);
}

function isWithin(one: Owned, day: string, world: World): boolean {
  const [start = ''] = moments(one, 'period_start', world);
  const [end = '9999'] = moments(one, 'period_end', world);
  return start.slice(0, 10) <= day && day <= end;
}

/** All that stands at these places. */
function valuesOf({ document, facts }: Owned, places: readonly string[], world: World): unknown[] {
  return places.flatMap((place) => {
    if (place.startsWith('@')) return [facts[place.slice(1)]];
    if (!place.startsWith('^')) return valuesAt(document, place.split('.'));
    const episode = world.find<Owned>('episode', facts.episode);
    return valuesAt(episode?.document, place.slice(1).split('.'));
  });
}
