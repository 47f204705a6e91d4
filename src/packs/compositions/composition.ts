import { at, type Json, textOf } from '../../contract/json.js';
import type { World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';
import type { Relation } from './relations.js';
import type { KeptTask } from './tasks.js';

export const KIND = 'composition';

/** In the order of a life; the last two are its possible ends. */
export const STATUSES = ['PRELIMINARY', 'FINAL', 'AMENDED', 'ENTERED_IN_ERROR'] as const;
export type Status = (typeof STATUSES)[number];

/** A composition as the API shows it, and what is beside it. */
export interface Composition extends Resource {
  facts: Facts;
}

export type Facts = {
  relatesTo: readonly Relation[];
  /** Exchanges with other registers, oldest first. */
  tasks: readonly KeptTask[];
  /** False while `episodeOfCare` is made up: a create request does not name the episode. */
  episodeKnown: boolean;
  /** Of what it relates to, ids of those that had been cancelled when it was made: it stands in their place. */
  inPlaceOf?: readonly string[];
};

/** Ids are compared without case (RFC 9562 §4: output is lower case, input either). */
export function sameId(a: unknown, b: unknown): boolean {
  return textOf(a ?? '').toLowerCase() === textOf(b ?? '').toLowerCase() && Boolean(a);
}

export function find(world: World, id: string): Composition | undefined {
  return world.find<Composition>(KIND, id);
}

export function statusOf(composition: Composition): Status {
  return composition.document.status as Status;
}

/** `TEMP_DISABILITY` or `NEWBORN`. */
export function typeOf(document: Json): string {
  return textOf(at(document, 'type.coding.0.code') ?? '');
}

/** Puts a composition there, so that one that binds its subject is found by it. */
export function keep(world: World, composition: Composition): Composition {
  const subject = at(composition.document, 'subject.value');
  const about = binds(composition) ? wordFor(textOf(subject)) : undefined;
  const title = `${typeOf(composition.document)}, ${statusOf(composition)}`;
  return world.keep<Composition>({ ...composition, about, title });
}

/** Somebody is born once: of a birth the draft binds too, of a disability only what has been signed. */
function binds(composition: Composition): boolean {
  const status = statusOf(composition);
  if (typeOf(composition.document) === 'NEWBORN') return status !== 'ENTERED_IN_ERROR';
  return status === 'FINAL';
}

/** The compositions that bind a subject: FINAL disabilities, and births that have not been cancelled. */
export function bindingOf(world: World, subject: string): readonly Composition[] {
  return world.resources.about(wordFor(subject)) as readonly Composition[];
}

function wordFor(subject: string): string {
  return `${KIND} of ${subject.toLowerCase()}`;
}

/** Puts a changed copy in the place of a composition; whoever holds the old one sees no change. */
export function revise(
  world: World,
  composition: Composition,
  change: { document?: Json; facts?: Partial<Facts> },
): Composition {
  return keep(world, {
    ...composition,
    document: { ...composition.document, ...change.document },
    facts: { ...composition.facts, ...change.facts },
  });
}
