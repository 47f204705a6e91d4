import { existsSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { dirname, join } from 'node:path';
import { asset } from '../assets.js';
import { nearest } from '../problem.js';
import type { ClockSetting } from '../sandbox/clock.js';
import type { Limits } from '../sandbox/setup.js';
import type { Timeouts } from './listen.js';

/** How a server is started; everything has a default. */
export interface ServerOptions {
  /** 0 picks a free one. Default 4010. */
  port?: number;
  /** Default 127.0.0.1; any other address needs a `controlToken`. */
  host?: string;
  /** OpenAPI 3.0 or 3.1 document. Default: the Compositions API. */
  spec?: string;
  /** Default: `binding.yaml` beside the document, else that of the Compositions API. */
  binding?: string;
  /** A folder of scenarios of one's own, read after the catalogue that comes with the package. */
  scenarios?: string;
  /** Scenario that plays when nothing else is chosen. Default: the binding's. */
  scenario?: string;
  /** Clock that sessions begin with. Default: real. */
  clock?: ClockSetting;
  /** Form of good answers: an envelope of the binding (`full`, `data`); `bare` leaves documents without. */
  envelope?: string;
  /** Makes ids and generated data repeatable. */
  seed?: number;
  limits?: Partial<Limits>;
  /** How long a request may take to come. */
  timeouts?: Partial<Timeouts>;
  /** Asked of every request for the control API. */
  controlToken?: string;
  /** Read scenario files again when they change. */
  watch?: boolean;
}

const SPEC = asset('spec', 'compositions', 'openapi.yaml');
const BINDING = asset('spec', 'compositions', 'binding.yaml');

export function specOf(options: ServerOptions): string {
  return options.spec ?? SPEC;
}

export function bindingOf(options: ServerOptions): string {
  if (options.binding) return options.binding;
  const beside = join(dirname(specOf(options)), 'binding.yaml');
  return existsSync(beside) ? beside : BINDING;
}

/** The catalogue of the binding, if the package has one, then the person's own folder. */
export function foldersOf(options: ServerOptions, binding: string): string[] {
  const own = asset('scenarios', binding);
  return [...(existsSync(own) ? [own] : []), ...(options.scenarios ? [options.scenarios] : [])];
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

const MODES = ['real', 'paced', 'manual'];

/** Why a clock cannot be set so; for callers whose values no contract has checked. */
export function clockProblem({ mode, pace }: ClockSetting): string | undefined {
  if (!MODES.includes(mode)) return `unknown clock mode "${mode}"; ${nearest(String(mode), MODES)}`;
  if (pace === undefined || (Number.isFinite(pace) && pace > 0)) return undefined;
  return `"pace" is ${pace}; give a number above 0, 60 makes a minute a second`;
}
