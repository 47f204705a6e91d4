import { at, isObject, type Json } from '../../contract/json.js';
import type { BusinessError } from '../../sandbox/pack.js';
import { firstDifference } from './differences.js';
import { conflict, missing, unprocessable } from './failures.js';
import { factsOf, type Kind } from './kinds.js';
import { tellMade } from './links.js';
import { keptOf, type Part, partsOf } from './package-parts.js';
import { target } from './reference.js';
import { inStatus, keep, type Owned, stamps, statusOf } from './resource.js';
import type { Task } from './task.js';

const IN_ERROR = 'entered_in_error';

type Head = 'encounter' | 'diagnostic_report';

/** What is said where the head of a package is not there, or entered in error already. */
const WORDS = {
  encounter: { code: 'encounter-not-found', again: { code: 'already-cancelled' } },
  diagnostic_report: {
    code: 'not-found',
    message: 'Diagnostic report not found',
    again: conflict('Invalid transition for diagnostic_report - already entered_in_error'),
  },
} as const;

/** Why a package cannot be cancelled (public source of the service, `encounters/cancel.ex`). */
export function judgeCancel(head: Head, task: Task): BusinessError | undefined {
  const parts = partsOf(task.said, head);
  const [first] = parts;
  const subject = first?.kind === head ? keptOf(first, task) : undefined;
  const { again, ...unknown } = WORDS[head];
  if (!first || !subject) return unknown;
  if (subject.document.status === IN_ERROR) return again;
  return (
    noReason(head, first) ??
    nothingCancelled(parts) ??
    wrongParts(parts, task) ??
    boundConditions(head, parts)
  );
}

/** Marks what a package names as entered in error, each if it says so. */
export function cancelPackage(head: Head, task: Task): void {
  const marked = partsOf(task.said, head).flatMap((part) => {
    const kept = keptOf(part, task);
    return kept && isMarked(part) ? [mark(part, kept, task)] : [];
  });
  tellMade(task.job, marked);
}

function mark({ kind, sent }: Part, { id, document, facts }: Owned, { world }: Task): Owned {
  const said = ['cancellation_reason', 'status_reason', 'explanatory_letter'].flatMap((field) =>
    sent[field] === undefined ? [] : [[field, sent[field]] as const],
  );
  const more: Json = Object.fromEntries(said);
  const { updated_at } = stamps(world);
  const moved = inStatus(kind, { ...document, ...more, updated_at }, IN_ERROR);
  return keep(world, kind, facts.patient, { ...moved, id });
}

/** Does the package say that this is entered in error? Of a head that names no status it is meant. */
function isMarked({ kind, sent }: Part): boolean {
  const status = statusOf(kind, sent);
  const head = kind === 'encounter' || kind === 'diagnostic_report';
  return status === IN_ERROR || (head && status === '');
}

function noReason(head: Head, first: Part): BusinessError | undefined {
  if (!isMarked(first) || at(first.sent, 'cancellation_reason.coding.0.code') !== undefined) {
    return undefined;
  }
  const what = 'required property cancellation_reason was not present';
  return unprocessable(`$.${head}.cancellation_reason`, 'required', what);
}

function nothingCancelled(parts: readonly Part[]): BusinessError | undefined {
  if (parts.some(isMarked)) return undefined;
  return conflict('At least one entity should have status "entered_in_error"');
}

/** Each document is there, is not in error, and says what is kept. */
function wrongParts(parts: readonly Part[], task: Task): BusinessError | undefined {
  for (const part of parts) {
    const { kind, sent, entry } = part;
    const kept = keptOf(part, task);
    if (!kept) return missing(`${factsOf(kind).label} not found`);
    if (statusOf(kind, kept.document) === IN_ERROR) {
      return conflict(`Invalid transition for ${kind} - already entered_in_error`);
    }
    const path = firstDifference(sent, kept.document);
    if (path === undefined) continue;
    const says = 'Submitted signed content does not correspond to previously created content';
    return conflict(`${says}: ${entry.slice(2)}.${path}`);
  }
  return undefined;
}

/** A condition that an encounter names as a diagnosis stands as long as the encounter does. */
function boundConditions(head: Head, parts: readonly Part[]): BusinessError | undefined {
  const [first] = parts;
  if (head !== 'encounter' || !first || isMarked(first)) return undefined;
  const { diagnoses } = first.sent;
  const named = new Set(
    (Array.isArray(diagnoses) ? diagnoses : [])
      .filter(isObject)
      .map((diagnosis) => target(diagnosis, 'condition')),
  );
  const bound = (kind: Kind) => kind === 'condition';
  return parts.some((part) => bound(part.kind) && isMarked(part) && named.has(part.id))
    ? conflict('The condition can not be canceled while encounter is not canceled')
    : undefined;
}
