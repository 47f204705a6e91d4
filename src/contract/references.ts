import { nearest } from '../problem.js';
import { isObject, type Json } from './json.js';
import { follow } from './pointer.js';
import type { Slip } from './slip.js';
import { type Place, pathOf, type Visit, walk } from './walk.js';

/** A reference of a document. */
export interface Reference {
  node: Json;
  ref: string;
  place: Place | undefined;
  needed: boolean;
}

/** What a reference names. */
interface Target {
  value: unknown;
  path: readonly string[];
}

/** Stands for the address of a document that gives none; RFC 6761 §6.4 keeps the name free. */
const NOWHERE = 'https://document.invalid/';

/**
 * The references of a document, and the names that they may go by: `$id` and `$anchor` of schemas from
 * 3.1 on (JSON Schema Core 2020-12 §8.2), `$self` of 3.2. A name inside of an example is none.
 */
export class References {
  readonly all: Reference[] = [];
  readonly #document: Json;
  readonly #home: string;
  readonly #identified: boolean;
  /** Addresses without fragment. */
  readonly #byId = new Map<string, Target>();
  readonly #anchors = new Map<string, Target[]>();
  readonly #bases = new Map<Place | undefined, string>();

  constructor(document: Json) {
    this.#document = document;
    const { $self, openapi } = document;
    this.#home =
      typeof $self === 'string' && URL.canParse($self, NOWHERE)
        ? withoutFragment(new URL($self, NOWHERE).href)
        : NOWHERE;
    this.#identified = !String(openapi).startsWith('3.0');
    this.#byId.set(this.#home, { value: document, path: [] });
  }

  /** To be told of every object, before its names are taken away. */
  note({ kind, node, place, needed }: Visit): void {
    if (kind === 'schema' && this.#identified) this.#noteNames(node, place);
    const ref = node.$ref ?? (kind === 'schema' ? node.$dynamicRef : undefined);
    if (typeof ref === 'string') this.all.push({ node, ref, place, needed });
  }

  #noteNames(node: Json, place: Place | undefined): void {
    const { $id } = node;
    if (typeof $id === 'string' && !$id.startsWith('#') && URL.canParse($id, this.#baseAt(place))) {
      const id = withoutFragment(new URL($id, this.#baseAt(place)).href);
      this.#byId.set(id, { value: node, path: pathOf(place) });
      this.#bases.set(place, id);
    }
    for (const anchor of [node.$anchor, node.$dynamicAnchor]) {
      if (typeof anchor !== 'string') continue;
      const target = { value: node, path: pathOf(place) };
      this.#anchors.set(anchor, [...(this.#anchors.get(anchor) ?? []), target]);
    }
  }

  #baseAt(place: Place | undefined): string {
    if (this.#bases.size === 0) return this.#home;
    for (let here = place; here; here = here.up) {
      const base = this.#bases.get(here);
      if (base !== undefined) return base;
    }
    return this.#home;
  }

  /** Undefined when it leads out of the document, or nowhere. */
  resolve({ ref, place }: Reference): Target | undefined {
    const base = this.#baseAt(place);
    if (ref.startsWith('#')) {
      // What people write inside of a schema with an `$id` is most often a path from the document's top.
      const inner = base === this.#home ? undefined : this.#within(base, ref.slice(1));
      return inner ?? this.#within(this.#home, ref.slice(1));
    }
    if (!URL.canParse(ref, base)) return undefined;
    const { href, hash } = new URL(ref, base);
    return this.#within(withoutFragment(href), hash.slice(1));
  }

  #within(id: string, fragment: string): Target | undefined {
    const root = this.#byId.get(id);
    if (!root || !isObject(root.value)) return undefined;
    if (fragment === '') return root;
    if (fragment.startsWith('/')) {
      const found = follow(root.value, `#${fragment}`);
      return found && { value: found.value, path: [...root.path, ...found.path] };
    }
    const named = this.#anchors.get(fragment) ?? [];
    const inside = named.filter(({ path }) => root.path.every((key, i) => path[i] === key));
    return inside.length === 1 ? inside[0] : undefined;
  }

  /** A reference that cannot be followed. */
  unknown({ ref, place }: Reference): Slip {
    const path = [...pathOf(place), '$ref'];
    const siblings = follow(this.#document, ref.slice(0, ref.lastIndexOf('/')))?.value;
    const known = isObject(siblings) ? Object.keys(siblings) : [];
    const name = ref.slice(ref.lastIndexOf('/') + 1);
    const hint =
      ref.startsWith('#/') && known.length > 0
        ? nearest(name, known)
        : 'correct its path, or add what it names';
    const message = `the $ref ${JSON.stringify(ref)} leads nowhere`;
    return { code: 'CONTRACT_UNKNOWN_REF', kind: 'ref', path, message, hint };
  }
}

function withoutFragment(address: string): string {
  return address.replace(/#.*$/, '');
}

/** References that lead out of the document, and name nothing in it. */
export function referencesOut(document: Json): Reference[] {
  const references = new References(document);
  walk(document, { enter: (visit) => references.note(visit) });
  return references.all.filter(
    (reference) => !reference.ref.startsWith('#') && !references.resolve(reference),
  );
}
