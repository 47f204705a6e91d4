import type { World } from '../../sandbox/pack.js';
import { keyIn, type Resource } from '../../sandbox/resources.js';

/** What is handed out, by the names that the platform gives it. */
export type TokenName = 'authorization_code' | 'access_token' | 'refresh_token';

/** As the API shows one. */
interface TokenDocument extends Record<string, unknown> {
  id: string;
  name: TokenName;
  value: string;
  user_id: string;
  /** In seconds since 1970. */
  expires_at: number;
  details: Details;
}

export interface Details extends Record<string, unknown> {
  client_id: string;
  grant_type: string;
  scope?: string;
  scope_request?: string;
  redirect_uri?: string;
  refresh_token?: string;
  used?: boolean;
}

export interface Token extends Resource {
  document: TokenDocument;
}

/** Hands one out. @param length how long it is good, in seconds of the API's own time */
export function issue(
  world: World,
  name: TokenName,
  { user, details, length }: { user: string; details: Details; length: number },
): Token {
  const id = world.ids.uuid();
  const value = (world.ids.uuid() + world.ids.uuid()).replaceAll('-', '').slice(0, 44);
  const ends = world.now / 1000 + length / world.pace;
  const document = { id, name, value, user_id: user, expires_at: Math.floor(ends), details };
  // By its value, for that is what a request brings.
  return world.keep<Token>({ kind: name, id, key: keyIn(name, value), title: name, document });
}

export function find(world: World, name: TokenName, value: string): Token | undefined {
  return world.find<Token>(name, value);
}

export function hasExpired({ now }: World, { document }: Token): boolean {
  return document.expires_at <= now / 1000;
}

export function change(world: World, token: Token, changes: Partial<TokenDocument>): Token {
  return world.keep<Token>({ ...token, document: { ...token.document, ...changes } });
}

/** Lets a token open nothing any more. */
export function end(world: World, token: Token): void {
  change(world, token, { expires_at: Math.floor(world.now / 1000) });
}

/** Ends the access tokens of a user for a client, but for this one. */
export function endOthers(world: World, { document }: Token): void {
  for (const other of world.all<Token>('access_token')) {
    const { id, user_id, details } = other.document;
    const same = user_id === document.user_id && details.client_id === document.details.client_id;
    if (same && id !== document.id && !hasExpired(world, other)) end(world, other);
  }
}

/** The words of a scope. */
export function scopesOf(scope: string | undefined): string[] {
  return (scope ?? '').split(/\s+/).filter((word) => word !== '');
}
