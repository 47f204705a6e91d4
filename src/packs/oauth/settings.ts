import { textOf } from '../../contract/json.js';
import type { World } from '../../sandbox/pack.js';
import type { Setting } from '../../sandbox/settings.js';

/** The defaults are those of the platform's own public source. */
export const SETTINGS = [
  {
    name: 'ACCESS_TOKEN_SECONDS',
    type: 'number',
    default: 30 * 24 * 60 * 60,
    about: 'For so many seconds an access token is good.',
  },
  {
    name: 'REFRESH_TOKEN_SECONDS',
    type: 'number',
    default: 7 * 24 * 60 * 60,
    about: 'For so many seconds a refresh token is good.',
  },
  {
    name: 'CODE_SECONDS',
    type: 'number',
    default: 5 * 60,
    about: 'For so many seconds a code is good.',
  },
  {
    name: 'REFRESH_ANSWERS_REFRESH_TOKEN',
    type: 'boolean',
    default: false,
    about: 'A renewal names a new refresh token, and the one that it came by is used up.',
  },
  {
    name: 'RENEWAL_ENDS_OLD_TOKENS',
    type: 'boolean',
    default: false,
    about: 'Once a token is renewed, earlier ones of the same user and client open nothing.',
  },
  {
    name: 'UNKNOWN_CLIENTS',
    type: 'choice',
    choices: ['refuse', 'take'],
    default: 'refuse',
    about: 'Clients that nobody has put there get tokens as well, whatever their secret.',
  },
  {
    name: 'CUSTOM_PSK',
    type: 'choice',
    choices: ['ask', 'ignore'],
    default: 'ask',
    about: 'Where tokens are looked at, a request without X-Custom-PSK is refused.',
  },
] as const satisfies readonly Setting[];

type Name = (typeof SETTINGS)[number]['name'];

export function seconds({ settings }: World, name: Extract<Name, `${string}_SECONDS`>): number {
  return settings[name] as number;
}

export function isOn(
  { settings }: World,
  name: 'REFRESH_ANSWERS_REFRESH_TOKEN' | 'RENEWAL_ENDS_OLD_TOKENS',
): boolean {
  return settings[name] === true;
}

export function choiceOf({ settings }: World, name: 'UNKNOWN_CLIENTS' | 'CUSTOM_PSK'): string {
  return textOf(settings[name]);
}
