import type { World } from '../../../sandbox/pack.js';
import type { Setting } from '../../../sandbox/settings.js';
import type { Duration } from '../../../time/moments.js';

/** How requests of persons live. Nobody is sent anything here, so the code is one that everybody knows. */
export const SETTINGS = [
  {
    name: 'OTP_CODE',
    type: 'number',
    default: 3782,
    about: 'The code that persons are sent, whoever they are.',
  },
  {
    name: 'OTP_SECONDS',
    type: 'number',
    default: 15 * 60,
    about: 'For so many seconds a code that was sent is good.',
  },
  {
    name: 'OTP_ATTEMPTS',
    type: 'number',
    default: 3,
    about: 'So many wrong codes are one too many: after them another code has to be sent.',
  },
  {
    name: 'OTP_RESEND_SECONDS',
    type: 'number',
    default: 60,
    about: 'No sooner than so many seconds after a code the next one is sent.',
  },
  {
    name: 'REQUEST_SECONDS',
    type: 'number',
    default: 10 * 24 * 60 * 60,
    about: 'So many seconds after its creation a request that is not signed is EXPIRED.',
  },
  {
    name: 'DOCUMENTS',
    type: 'choice',
    choices: ['uploaded', 'missing'],
    default: 'uploaded',
    about:
      'Whether the papers of persons who are sent no code have been uploaded when a request is approved.',
  },
  {
    name: 'DECLARATION_LIMIT',
    type: 'number',
    default: 1800,
    about: 'With so many declarations a doctor can have no more.',
  },
  {
    name: 'CONFIDANT_LIMIT',
    type: 'number',
    default: 3,
    about: 'With so many confidants a person can have no more.',
  },
] as const satisfies readonly Setting[];

type Name = (typeof SETTINGS)[number]['name'];

export function numberOf({ settings }: World, name: Exclude<Name, 'DOCUMENTS'>): number {
  return settings[name] as number;
}

/** A length of the API's time, as the session's clock measures it. */
export function lengthOf(world: World, name: Extract<Name, `${string}_SECONDS`>): Duration {
  return (numberOf(world, name) * 1000) / world.pace;
}

export function documentsAreMissing({ settings }: World): boolean {
  return settings.DOCUMENTS === 'missing';
}
