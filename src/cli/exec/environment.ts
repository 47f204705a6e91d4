import { nearest } from '../../problem.js';
import { UsageError } from '../../sandbox-error.js';

/** What a command's environment is filled in with; names of `--env` templates. */
export interface Places {
  /** Base URL of the scenario's own session. */
  url: string;
  /** The same without the session: `http://127.0.0.1:4010`. */
  origin: string;
  /** `127.0.0.1:4010`. */
  host: string;
  session: string;
  scenario: string;
  /** How many times faster than real time. */
  pace: string;
}

const PLACES = ['url', 'origin', 'host', 'session', 'scenario', 'pace'] as const;

/** One `--env NAME=TEMPLATE`. */
export interface Variable {
  name: string;
  template: string;
}

/** @throws UsageError */
export function readVariable(text: string): Variable {
  const [, name, template] = /^([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/.exec(text) ?? [];
  if (name === undefined || template === undefined) {
    const hint = 'write NAME=TEMPLATE, for example EHEALTH_API_DOMAIN={url}';
    throw new UsageError('USAGE_WRONG_OPTION', `--env ${JSON.stringify(text)} is none`, hint);
  }
  for (const [, place = ''] of template.replaceAll(/\{\{|\}\}/g, '').matchAll(/\{(\w*)\}/g)) {
    if ((PLACES as readonly string[]).includes(place)) continue;
    const hint = `${nearest(place, PLACES)}; braces of your own are written {{ and }}`;
    throw new UsageError('USAGE_WRONG_OPTION', `--env ${name}: unknown place {${place}}`, hint);
  }
  return { name, template };
}

/** Hosts of the sandbox, as clients name them. */
const OWN_HOSTS = ['127.0.0.1', 'localhost', '::1'];

/**
 * Tells a client to call the sandbox directly, past a proxy that the machine or the command itself sets for
 * the rest; what is excepted already stays so. Both ways of writing the name are read, by some clients the small
 * one alone.
 */
export function pastProxy(env: NodeJS.ProcessEnv): Record<string, string> {
  const before = [env.no_proxy, env.NO_PROXY]
    .flatMap((list) => (list ?? '').split(/[\s,]+/))
    .filter((host) => host !== '');
  // An asterisk means every host, and to curl only where it stands alone.
  const hosts = before.includes('*') ? '*' : [...new Set([...before, ...OWN_HOSTS])].join(',');
  return { NO_PROXY: hosts, no_proxy: hosts };
}

/** Every variable that the command gets on top of those that are there. */
export function environmentOf(
  places: Places,
  variables: readonly Variable[],
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    ...more,
    ESOZ_SANDBOX_URL: places.url,
    ESOZ_SESSION: places.session,
    ESOZ_SCENARIO: places.scenario,
    ESOZ_PACE: places.pace,
    ...Object.fromEntries(variables.map(({ name, template }) => [name, fill(template, places)])),
  };
}

function fill(template: string, places: Places): string {
  return template.replaceAll(/\{\{|\}\}|\{(\w+)\}/g, (found, place: keyof Places | undefined) =>
    place === undefined ? found.slice(1) : places[place],
  );
}
