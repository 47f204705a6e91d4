import type { Refusal, World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';
import { keyIn } from '../../sandbox/resources.js';
import { CLINIC, DOCTORS, type Doctor, fullName, MIS } from '../people.js';
import { denied, INVALID_CLIENT } from './refusals.js';
import { choiceOf } from './settings.js';

/** A legal entity, or the MIS itself, as somebody who gets tokens. */
export interface Client extends Resource {
  facts: { secret: string };
}

/** Somebody who signs in. */
export interface User extends Resource {
  document: { id: string; email: string; is_blocked: boolean; tax_id?: string };
  facts: { password: string; employee: string | undefined; name: string };
}

const SECRETS: Readonly<Record<string, { name: string; secret: string }>> = {
  [MIS.id]: MIS,
  [CLINIC.id]: { name: CLINIC.name, secret: MIS.secret },
};

/** Puts the clients and users there that are known from the beginning. */
export function keepPeople(world: World): void {
  for (const id of Object.keys(SECRETS)) world.keep(knownClient(id) as Client);
  for (const doctor of DOCTORS) world.keep(userOf(doctor));
}

function knownClient(id: string): Client | undefined {
  const known = Object.hasOwn(SECRETS, id) ? SECRETS[id] : undefined;
  if (!known) return undefined;
  const { name, secret } = known;
  const document = { id, name, is_blocked: false };
  // A legal entity has the same id.
  const key = keyIn('client', id);
  return { kind: 'client', id, key, title: name, document, facts: { secret }, created: 0 };
}

function userOf(doctor: Doctor): User {
  const { user: id, email, tax_id, password, employee } = doctor;
  const name = fullName(doctor);
  const document = { id, email, is_blocked: false, tax_id };
  const facts = { password, employee, name };
  return { kind: 'user', id, title: `${name}, ${email}`, document, facts, created: 0 };
}

/** Those that are known from the beginning are known where the pack is served by itself, too. */
export function findClient(world: World, id: string): Client | undefined {
  const found = world.find<Client>('client', id) ?? knownClient(id.toLowerCase());
  if (found || choiceOf(world, 'UNKNOWN_CLIENTS') === 'refuse') {
    if (!found) world.note(`client ${id} is unknown: GET /__sandbox/world names those there are`);
    return found;
  }
  return { kind: 'client', id, document: { id }, facts: { secret: '' }, created: 0 };
}

/** The client of an exchange, if its secret is right. An empty one is that of a client nobody knows. */
export function clientWith(world: World, id: string, secret: string): Client | Refusal {
  const client = findClient(world, id);
  if (!client) return INVALID_CLIENT;
  const { facts } = client;
  return facts.secret === '' || facts.secret === secret ? client : INVALID_CLIENT;
}

export function users(world: World): User[] {
  const kept = world.all<User>('user');
  return kept.length > 0 ? kept : DOCTORS.map(userOf);
}

export function findUser(world: World, id: string): User | undefined {
  return users(world).find((user) => user.id === id.toLowerCase());
}

export function userByEmail(world: World, email: string): User | undefined {
  const same = (one: User) => one.document.email.toLowerCase() === email.toLowerCase();
  return users(world).find(same);
}

/** Why a user gets no token; undefined: nothing hinders. */
export function refuseUser(user: User | undefined): Refusal | undefined {
  if (!user) return denied('User not found.');
  return user.document.is_blocked ? denied('User blocked.', 'user_blocked') : undefined;
}

/** Is this the secret of the MIS, or of one that a person has put there? */
export function isApiKey(world: World, key: string): boolean {
  if (choiceOf(world, 'UNKNOWN_CLIENTS') === 'take' || key === MIS.secret) return true;
  return world.all<Client>('client').some(({ facts }) => facts.secret === key);
}
