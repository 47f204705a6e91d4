import { existsSync, readdirSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { dirname, join } from 'node:path';
import { asset } from '../assets.js';
import { nearest } from '../problem.js';
import type { ClockSetting } from '../sandbox/clock.js';
import { RULES, type Rules, type SettingChanges } from '../sandbox/settings.js';
import type { Limits } from '../sandbox/setup.js';
import type { Millis } from '../scenario/duration.js';
import type { ChaosOptions } from './chaos.js';

/** How long a client may take, in milliseconds, until it is answered 408 and its connection closed. */
export interface Timeouts {
  /** For the first byte of a new connection, and from there to the end of a request's headers. */
  headers: Millis;
  /** For a whole request with its body. */
  request: Millis;
}

/** How a server is started; everything has a default. */
export interface ServerOptions {
  /** 0 picks a free one. Default 4010. */
  port?: number;
  /** Default 127.0.0.1; any other address needs a `controlToken`. */
  host?: string;
  /** An API that comes with the package: contract, binding, scenarios and behaviour. Default: compositions. */
  pack?: string;
  /** OpenAPI 3.0 or 3.1 document. Default: the pack's. */
  spec?: string;
  /** Default: that of a pack that is named, else `binding.yaml` beside the document, else the usual pack's. */
  binding?: string;
  /** A folder of scenarios of one's own, read after the catalogue that comes with the package. */
  scenarios?: string;
  /** Scenario that plays when nothing else is chosen. Default: the binding's. */
  scenario?: string;
  /** Clock that sessions begin with. Default: real. */
  clock?: ClockSetting;
  /** Form of good answers: an envelope of the binding (`full`, `data`); `bare` leaves documents without. */
  envelope?: string;
  /** Faults by chance, in every session that does not say otherwise. */
  chaos?: ChaosOptions;
  /** `off`: no business rule is applied, only scenarios play. Default: on. */
  rules?: Rules;
  /** Settings of the pack by name, such as `{ CANCEL_DAYS_NEWBORN: 30 }`; what is left out has its default. */
  settings?: SettingChanges;
  /** Makes ids and generated data repeatable. */
  seed?: number;
  limits?: Partial<Limits>;
  /** How long a request may take to come. */
  timeouts?: Partial<Timeouts>;
  /** Asked of every request for the control API. */
  controlToken?: string;
  /** Origins of web pages that may use the sandbox, besides those of this machine; `*` is for every one. */
  cors?: readonly string[];
  /** Read contract, binding and scenarios again when their files change. */
  watch?: boolean;
}

/** Served when no pack and no document is named. */
const USUAL_PACK = 'compositions';

/** Options that name what is served. */
type Files = Pick<ServerOptions, 'pack' | 'spec' | 'binding' | 'scenarios'>;

/** Names of the packs that come with the package. */
export function packNames(): string[] {
  const folders = readdirSync(asset('spec')).sort();
  return folders.filter((name) => existsSync(asset('spec', name, 'binding.yaml')));
}

/** Why there is no such pack. */
export function packProblem({ pack }: Files): string | undefined {
  if (pack === undefined || packNames().includes(pack)) return undefined;
  return `unknown pack "${pack}"; ${nearest(pack, packNames())}`;
}

export function specOf({ spec, pack = USUAL_PACK }: Files): string {
  return spec ?? asset('spec', pack, 'openapi.yaml');
}

export function bindingOf(files: Files): string {
  const { binding, pack = USUAL_PACK } = files;
  if (binding) return binding;
  const beside = join(dirname(specOf(files)), 'binding.yaml');
  if (files.pack === undefined && existsSync(beside)) return beside;
  return asset('spec', pack, 'binding.yaml');
}

/** Where suites are looked for: a folder of one's own first, then those of the binding's pack. */
export function suiteFolders({ scenarios }: Files, binding: string): string[] {
  const packed = binding === USUAL_PACK ? ['suites'] : [binding, 'suites'];
  return [...(scenarios ? [join(scenarios, 'suites')] : []), asset('scenarios', ...packed)];
}

/** The catalogue of the binding, if the package has one, then the person's own folder. */
export function foldersOf(options: ServerOptions, binding: string): string[] {
  const own = asset('scenarios', binding);
  return [...(existsSync(own) ? [own] : []), ...(options.scenarios ? [options.scenarios] : [])];
}

/** Folders of scenarios and suites of other packs: they may lie in a folder that a person names. */
export function foreignFolders(binding: string): string[] {
  const others = packNames().filter((name) => name !== binding);
  const suites = others.flatMap((name) => suiteFolders({}, name));
  return [...others.map((name) => asset('scenarios', name)), ...suites];
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/** Why rules cannot be set so; for callers whose values no contract has checked. */
export function rulesProblem(rules: string): string | undefined {
  if (RULES.some((known) => known === rules)) return undefined;
  return `"rules" is ${JSON.stringify(rules)}; give ${RULES.join(' or ')}`;
}
