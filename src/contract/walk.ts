import { isObject, type Json } from './json.js';
import { type Kind, kindOfComponent, OBJECTS, PATTERNED, type Slot } from './openapi-objects.js';
import { follow } from './pointer.js';

/** Where something stands, as a chain of keys from the document's top. */
export interface Place {
  up: Place | undefined;
  key: string;
}

/** One object of a document, in the place where it stands. */
export interface Visit {
  kind: Kind;
  node: Json;
  place: Place | undefined;
  /** An operation of a path leads here; the rest is in the document and nobody needs it. */
  needed: boolean;
}

/** What a walk tells of. */
export interface Visitor {
  /** Before what is inside; its keys may be changed, and are read afterwards. */
  enter(visit: Visit): void;
}

/**
 * Visits every object of a document once: first what its paths need, following local references, then
 * the rest. Circles end where they began. Time grows with the document's length.
 */
export function walk(document: Json, visitor: Visitor): void {
  const seen = new Set<unknown>();
  const coming: { kind: Kind; pointer: string }[] = [];
  let needed = true;

  const visit = (kind: Kind, node: unknown, place: Place | undefined) => {
    if (!isObject(node) || seen.has(node)) return;
    seen.add(node);
    visitor.enter({ kind, node, place, needed });
    const { $ref } = node;
    if (typeof $ref === 'string' && $ref.startsWith('#/')) coming.push({ kind, pointer: $ref });
    const free = PATTERNED[kind];
    if (free) visitMap(free, node, place, true);
    // What paths need comes first, and the rest of the document when that is done.
    const inside = kind === 'document' ? { paths: OBJECTS.document.paths as Slot } : OBJECTS[kind];
    for (const [key, slot] of Object.entries(inside)) visitSlot(slot, node, { up: place, key });
  };

  const visitSlot = ({ kind, form }: Slot, node: Json, place: Place) => {
    const inner = node[place.key];
    if (form === 'map') visitMap(kind, inner, place, false);
    else if (Array.isArray(inner)) visitList(kind, inner, place);
    else if (form === 'one') visit(kind, inner, place);
  };

  const visitMap = (kind: Kind, value: unknown, place: Place | undefined, extensible: boolean) => {
    if (!isObject(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (extensible && key.startsWith('x-')) continue;
      visit(kind, inner, { up: place, key });
    }
  };

  const visitList = (kind: Kind, items: readonly unknown[], place: Place) => {
    for (const [i, item] of items.entries()) {
      visit(kind, item, { up: place, key: String(i) });
    }
  };

  const visitReferred = () => {
    for (let next = coming.pop(); next; next = coming.pop()) {
      const { kind, pointer } = next;
      // A reference to an object of another kind would have it read as what it is not.
      if ((kindOfComponent(pointer) ?? kind) !== kind) continue;
      const found = follow(document, pointer);
      if (found) visit(kind, found.value, placeOf(found.path));
    }
  };

  visit('document', document, undefined);
  visitReferred();
  needed = false;
  for (const [key, slot] of Object.entries(OBJECTS.document)) {
    visitSlot(slot, document, { up: undefined, key });
    visitReferred();
  }
}

export function placeOf(path: readonly string[]): Place | undefined {
  return path.reduce<Place | undefined>((up, key) => ({ up, key }), undefined);
}

export function pathOf(place: Place | undefined): string[] {
  const path: string[] = [];
  for (let here = place; here; here = here.up) path.push(here.key);
  return path.reverse();
}
