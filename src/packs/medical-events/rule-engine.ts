import { at, type Json, textOf } from '../../contract/json.js';
import type { ApiRequest, Refusal, Reply, World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';
import { breachesOf } from './failures.js';
import { placesIn } from './path-places.js';
import { paged } from './read.js';

export const RULE = 'rule_engine_rule';

/** What is there from the beginning; no operation of this API makes any. */
const USUAL: readonly Json[] = [
  {
    id: '4c0e9b7d-a2f6-4d83-9157-b8e3f6c0d2a4',
    name: 'Body mass index',
    code: { system: 'eHealth/rule_engine_rules', code: 'BMI' },
    description: 'Weight and height of the same day',
    is_active: true,
    is_enabled: true,
    items: [
      { value: '18.5', description: 'Below it: underweight', number: '1' },
      { value: '25', description: 'From it: overweight', number: '2' },
    ],
  },
  {
    id: '8e15d3a0-6f47-4b29-b0c8-2d9a7e416f53',
    name: 'Glasgow coma scale',
    code: { system: 'eHealth/rule_engine_rules', code: 'GCS' },
    description: 'Eyes, voice and movement together',
    is_active: false,
    is_enabled: true,
    items: [{ value: '8', description: 'Up to it: severe', number: '1' }],
  },
];

/** Those of the session: the usual ones, and what was put in by hand, which takes the place of one of its id. */
function rulesIn(world: World): Json[] {
  const kept = world.all(RULE).map(({ document }) => document);
  const own = new Set(kept.map(({ id }) => id));
  return [...USUAL.filter(({ id }) => !own.has(id)), ...kept];
}

/** Where a rule has what a query asks for. */
const ASKED: Readonly<Record<string, string>> = {
  name: 'name',
  system: 'code.system',
  code: 'code.code',
  is_active: 'is_active',
};

export function listRules(request: ApiRequest, world: World): Reply {
  const wanted = Object.entries(ASKED).flatMap(([name, path]) => {
    const value = request.query[name];
    return value === undefined ? [] : [[path, String(value)] as const];
  });
  const found = rulesIn(world).filter((rule) =>
    wanted.every(([path, value]) => String(at(rule, path)) === value),
  );
  return paged(found, request, ({ id, name, code }) => ({ id, name, code }));
}

export function readRule(request: ApiRequest, world: World): Reply | Refusal {
  const id = placesIn(request, world).own?.toLowerCase();
  const data = rulesIn(world).find((rule) => rule.id === id);
  if (!data) return { status: 404, type: 'NOT_FOUND', message: 'Rule engine rule not found' };
  return { status: 200, content: { data, type: 'object' } };
}

const EXAMPLE = `{"kind": "${RULE}", "id": "UUID", "name": "…"}`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Puts a rule in by hand. */
export function seedRule({ kind: _, ...given }: Json, world: World): Resource | string {
  const id = textOf(given.id ?? world.ids.uuid()).toLowerCase();
  if (!UUID.test(id)) return `id is no UUID; give ${EXAMPLE}`;
  const document = { is_active: true, is_enabled: true, items: [], ...given, id };
  const [wrong] = breachesOf('getRuleEngineRule', document, '$', world)?.invalid ?? [];
  if (!wrong) return world.keep({ kind: RULE, id, document });
  return `the contract does not allow ${wrong.entry}: ${wrong.rules[0]?.description}; give ${EXAMPLE}`;
}
