import { at, isObject, type Json, textOf } from '../../contract/json.js';
import type { BusinessError, World } from '../../sandbox/pack.js';
import { unprocessable } from './failures.js';
import { knowsPatients } from './known-world.js';
import { tellMade } from './links.js';
import { keepParts, type Part, partsOf, takenIds, unshowable } from './package-parts.js';
import { reference, target } from './reference.js';
import { itemsOf, wrongReference } from './references.js';
import { find, keep, type Owned } from './resource.js';
import type { Task } from './task.js';

/** Why a package of an encounter cannot be saved. */
export function judgeEncounterPackage(task: Task): BusinessError | undefined {
  const { said, patient, world, job } = task;
  const { encounter } = said;
  if (!isObject(encounter)) {
    return unprocessable('$.encounter', 'required', 'required property encounter was not present');
  }
  const visit = at(job.body, 'visit');
  const parts = partsOf(said, 'encounter');
  return (
    takenId(visit, task) ??
    takenIds(parts, task) ??
    unknownVisit(visit, encounter, task) ??
    future(encounter, world) ??
    strangers(parts, task) ??
    unknownConditions(encounter, task) ??
    unshowable(parts, task) ??
    firstWrong(parts, (part) => wrongReference(part.kind, part.sent, patient, part.entry, world))
  );
}

/** Saves visit, encounter and what was found in it; from then on they can be read. */
export function submitEncounterPackage(task: Task): void {
  const { job, world, patient, said } = task;
  const visit = at(job.body, 'visit');
  if (isObject(visit) && typeof visit.id === 'string') {
    keep(world, 'visit', patient, visit as Json & { id: string });
  }
  const parts = partsOf(said, 'encounter').map((part) =>
    part.kind === 'encounter' ? { ...part, id: job.resource } : part,
  );
  const made = keepParts(parts, task);
  const [encounter] = made;
  if (encounter?.kind === 'encounter') diagnose(encounter, task);
  tellMade(job, made);
}

/** Why a package of a diagnostic report cannot be saved. */
export function judgeReportPackage(task: Task): BusinessError | undefined {
  const { said, patient, world } = task;
  if (!isObject(said.diagnostic_report)) {
    const what = 'required property diagnostic_report was not present';
    return unprocessable('$.diagnostic_report', 'required', what);
  }
  const parts = partsOf(said, 'diagnostic_report');
  return (
    takenIds(parts, task) ??
    strangers(parts, task) ??
    unshowable(parts, task) ??
    firstWrong(parts, (part) => wrongReference(part.kind, part.sent, patient, part.entry, world))
  );
}

/** Saves a diagnostic report and its observations. */
export function submitReportPackage(task: Task): void {
  const parts = partsOf(task.said, 'diagnostic_report').map((part) =>
    part.kind === 'diagnostic_report' ? { ...part, id: task.job.resource } : part,
  );
  tellMade(task.job, keepParts(parts, task));
}

function firstWrong(
  parts: readonly Part[],
  look: (part: Part) => BusinessError | undefined,
): BusinessError | undefined {
  for (const part of parts) {
    const wrong = look(part);
    if (wrong) return wrong;
  }
  return undefined;
}

/** The visit's id is that of something else. */
function takenId(visit: unknown, { world, job, patient }: Task): BusinessError | undefined {
  const id = textOf(at(visit, 'id') ?? '').toLowerCase();
  const taken = world.resources.get(id) !== undefined && !find(world, 'visit', patient, id);
  return id === job.resource || taken ? { code: 'already-exists' } : undefined;
}

/** The visit comes with the package, or was submitted before. */
function unknownVisit(visit: unknown, encounter: Json, task: Task): BusinessError | undefined {
  const named = target(encounter, 'visit');
  if (textOf(at(visit, 'id') ?? '').toLowerCase() === named && named !== '') return undefined;
  if (find(task.world, 'visit', task.patient, named)) return undefined;
  return { code: 'visit-not-found' };
}

function future({ date, period }: Json, { now }: World): BusinessError | undefined {
  if (Date.parse(textOf(date)) > now) return { code: 'encounter-date' };
  const end = Date.parse(textOf(at(period, 'end')));
  if (end > now)
    return unprocessable('$.encounter.period.end', 'invalid', 'End date must be in past');
  return undefined;
}

/** Where the documents of a package name the one that they belong to. */
const BELONGS = {
  context: 'encounter',
  encounter: 'encounter',
  diagnostic_report: 'diagnostic_report',
} as const;

/** What is found in an encounter belongs to it, and to no other. */
function strangers(parts: readonly Part[], task: Task): BusinessError | undefined {
  const [head] = parts;
  return firstWrong(parts.slice(1), ({ kind, entry, sent }) => {
    const [field] =
      Object.entries(BELONGS).find(
        ([name, to]) => to === head?.kind && target(sent, name) !== '',
      ) ?? [];
    if (field === undefined || target(sent, field) === task.job.resource) return undefined;
    const what = `Submitted context is not allowed for the ${kind.replaceAll('_', ' ')}`;
    return unprocessable(`${entry}.${field}.identifier.value`, 'invalid', what);
  });
}

/** Conditions of diagnoses come with the package, or were submitted before. */
function unknownConditions(encounter: Json, { said, world }: Task): BusinessError | undefined {
  if (!knowsPatients(world)) return undefined;
  const sent = new Set(itemsOf(said, 'conditions').map(({ id }) => textOf(id).toLowerCase()));
  const unknown = itemsOf(encounter, 'diagnoses').findIndex((diagnosis) => {
    const id = target(diagnosis, 'condition');
    return !sent.has(id) && !world.find('condition', id);
  });
  if (unknown === -1) return undefined;
  const entry = `$.encounter.diagnoses[${unknown}].condition.identifier.value`;
  return unprocessable(entry, 'invalid', 'Condition with such id is not found');
}

/** The diagnoses of an encounter become those of its episode. */
function diagnose({ id, document, facts }: Owned, { world }: Task): void {
  const episode = find(world, 'episode', facts.patient, facts.episode);
  const diagnoses = itemsOf(document, 'diagnoses');
  if (!episode || diagnoses.length === 0) return;
  const now = new Date(world.now).toISOString();
  const evidence = { ...reference('encounter', id), display_value: null };
  const entry = { date: now, evidence, diagnoses, is_active: 'true' };
  const before = itemsOf(episode.document, 'diagnoses_history');
  keep(world, 'episode', facts.patient, {
    ...episode.document,
    id: episode.id,
    current_diagnoses: diagnoses,
    diagnoses_history: [...before, entry],
    updated_at: now,
  });
}
