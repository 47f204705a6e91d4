import { isObject, type Json } from './json.js';
import type { Slip } from './slip.js';
import { pathOf, type Visit } from './walk.js';

/** Words whose schemas hold for the same value as the schema itself. */
const ALL = ['allOf'] as const;
const CHOICES = ['oneOf', 'anyOf'] as const;
const OTHERS = ['not', 'if', 'then', 'else'] as const;

/** From one schema to another that holds for the same value. */
interface Step {
  from: Json;
  to: Json;
  /** `$ref`, or the word that holds `to`. */
  word: string;
  usual?: boolean;
}

/**
 * Finds schemas that come back to themselves without a step into the value, so that checking one would
 * never end, and cuts the circle. Most often a schema lists its heirs in `oneOf` and each heir includes it
 * in `allOf`: an heir then includes it without that choice, which is what is meant. Otherwise the
 * reference is left unchecked. Circles through properties and items are fine.
 * @param referring the schemas with a `$ref`
 */
export function cutEndless(referring: readonly Visit[], target: (node: Json) => unknown): Slip[] {
  const visits = new Map(referring.map((visit) => [visit.node, visit]));
  const done = new Set<Json>();
  const slips: Slip[] = [];
  for (const { node } of referring) {
    for (let circle = circleFrom(node, target, done); circle; ) {
      const cut = cutIn(circle);
      const visit = visits.get(cut.from);
      // OpenAPI 3.0.3, "Composition and Inheritance": what a discriminator decides may be written so.
      if (visit && !cut.usual) slips.push(told(visit, cut));
      circle = circleFrom(node, target, done);
    }
  }
  return slips;
}

function told({ node, place }: Visit, { word }: Step): Slip {
  const path = pathOf(place);
  const what = node.$ref === undefined && word === 'heir' ? HEIR : UNCHECKED;
  return {
    code: 'CONTRACT_ENDLESS_SCHEMA',
    kind: what,
    path,
    message: `the schema at ${path.join('.')} comes back to itself without a step into the value; ${what}`,
    hint: 'put what both share into a schema of its own',
  };
}

const HEIR = 'what it refers to is read without the choice that leads back';
const UNCHECKED = 'the reference is left unchecked';

/** Depth first; each schema is entered once in all, so that the whole costs no more than the document is long. */
function circleFrom(
  start: Json,
  target: (node: Json) => unknown,
  done: Set<Json>,
): Step[] | undefined {
  if (done.has(start)) return undefined;
  const way: { node: Json; steps: Step[]; by: Step | undefined }[] = [
    { node: start, steps: stepsFrom(start, target), by: undefined },
  ];
  const open = new Set<Json>([start]);
  for (let last = way.at(-1); last; last = way.at(-1)) {
    const step = last.steps.pop();
    if (!step) {
      way.pop();
      open.delete(last.node);
      done.add(last.node);
    } else if (open.has(step.to)) {
      const from = way.findIndex(({ node }) => node === step.to);
      return [...way.slice(from + 1).map(({ by }) => by as Step), step];
    } else if (!done.has(step.to)) {
      open.add(step.to);
      way.push({ node: step.to, steps: stepsFrom(step.to, target), by: step });
    }
  }
  return undefined;
}

function stepsFrom(node: Json, target: (node: Json) => unknown): Step[] {
  const steps: Step[] = [];
  const add = (to: unknown, word: string) => {
    if (isObject(to)) steps.push({ from: node, to, word });
  };
  if (typeof node.$ref === 'string') add(target(node), '$ref');
  for (const word of [...ALL, ...CHOICES]) {
    for (const inner of Array.isArray(node[word]) ? node[word] : []) add(inner, word);
  }
  for (const word of OTHERS) add(node[word], word);
  if (isObject(node.dependentSchemas)) {
    for (const inner of Object.values(node.dependentSchemas)) add(inner, 'dependentSchemas');
  }
  return steps;
}

/** Cuts a circle where it loses least. */
function cutIn(circle: readonly Step[]): Step {
  // `$ref` from an heir's allOf (or from the heir itself) to a schema that goes on with a choice.
  for (const [i, step] of circle.entries()) {
    const next = circle[(i + 1) % circle.length] as Step;
    if (step.word !== '$ref' || !(CHOICES as readonly string[]).includes(next.word)) continue;
    if (step.to.$ref !== undefined) continue;
    const { $ref: _, ...own } = step.from;
    const { [next.word]: __, discriminator, ...rest } = step.to;
    delete step.from.$ref;
    Object.assign(step.from, rest, own);
    return { ...step, word: 'heir', usual: discriminator !== undefined };
  }
  const step = circle.find(({ word }) => word === '$ref') as Step;
  delete step.from.$ref;
  return step;
}
