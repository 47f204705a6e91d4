import type { Json } from '../../contract/json.js';
import { textOf } from '../../contract/json.js';
import { nearest } from '../../problem.js';
import type { World } from '../../sandbox/pack.js';
import { keyIn, type Resource } from '../../sandbox/resources.js';

const EXAMPLES = {
  client: '{"kind": "client", "id": "UUID", "secret": "…"}',
  user: '{"kind": "user", "id": "UUID", "email": "…", "password": "…", "employee_id": "UUID"}',
};

/** Puts a client or a user in by hand, or changes one: `{"kind": "user", "id": "…", "is_blocked": true}`. */
export function seed(given: Json, world: World): Resource | string {
  const { kind = '', id, ...rest } = given;
  const known = Object.keys(EXAMPLES);
  if (kind !== 'client' && kind !== 'user') {
    return `unknown kind "${kind}"; ${nearest(textOf(kind), known)}`;
  }
  if (typeof id !== 'string' || id === '') return `a ${kind} needs its id; give ${EXAMPLES[kind]}`;
  return kind === 'client'
    ? seedClient(id.toLowerCase(), rest, world)
    : seedUser(id.toLowerCase(), rest, world);
}

function seedClient(id: string, { secret, ...more }: Json, world: World): Resource | string {
  const before = world.find('client', id);
  const known = secret ?? before?.facts.secret;
  if (typeof known !== 'string') return `a client needs its secret; give ${EXAMPLES.client}`;
  const document: Json = { ...before?.document, ...more, id };
  const title = textOf(document.name ?? id);
  return world.keep({
    kind: 'client',
    id,
    key: keyIn('client', id),
    title,
    document,
    facts: { secret: known },
  });
}

function seedUser(id: string, given: Json, world: World): Resource | string {
  const before = world.find('user', id);
  const {
    password = before?.facts.password,
    employee_id: employee = before?.facts.employee,
    ...more
  } = given;
  const document: Json = { is_blocked: false, ...before?.document, ...more, id };
  const { email } = document;
  if (typeof email !== 'string' || typeof password !== 'string') {
    return `a user needs email and password; give ${EXAMPLES.user}`;
  }
  const name = textOf(before?.facts.name ?? email);
  return world.keep({
    kind: 'user',
    id,
    title: name,
    document,
    facts: { password, employee, name },
  });
}
