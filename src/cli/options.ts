import { InvalidArgumentError, Option } from 'commander';
import { packNames, platformNames } from '../load/pack-description.js';
import type { TlsOptions } from '../load/server-options.js';
import type { ChaosOptions } from '../sandbox/control/chaos-options.js';
import { AUTHS } from '../sandbox/settings.js';
import { VALIDATE } from '../sandbox/setup.js';
import { UsageError } from '../sandbox-error.js';
import { readOrigin } from '../server/http/origin.js';
import { parseSize, SIZE_HINT } from '../size.js';

/** Options that several commands have. */
export const pack = new Option(
  '--pack <name>',
  `an API that comes with the package (${packNames().join(', ')}), a platform of several of them (${platformNames().join(', ')}), or the folder of one of your own (./my-api); several times for several APIs at one address`,
).argParser(oneOrMore);
export const spec = new Option(
  '--spec <file>',
  "OpenAPI 3.0 or 3.1 document (default: the pack's); several times for several APIs at one address",
).argParser(oneOrMore);
export const binding = new Option(
  '--binding <file>',
  "which operations schedule and report jobs (default: the pack's, or binding.yaml beside the document)",
);
export const scenarios = new Option(
  '--scenarios <folder>',
  'your own scenarios; one named like a scenario of the catalogue takes its place',
);

export const validate = new Option(
  '--validate <on|warn|off>',
  'requests that break the contract: refused; let through, and said in log and verdict; or let through (default: on)',
).choices([...VALIDATE]);

export const auth = new Option(
  '--auth <open|strict>',
  'strict: a request needs a token that the sandbox has handed out, still good and with its scopes (default: open)',
).choices([...AUTHS]);
export const quota = new Option(
  '--quota <number>',
  'how many requests a token may make in a minute, of each operation apart (default: as many as it likes)',
).argParser(whole(1, 1_000_000));

export const upstream = new Option(
  '--upstream <url>',
  'a system that answers what no contract knows: https://api.example.org',
);
export const stubs = new Option(
  '--stubs <folder>',
  'files that answer what no contract knows: oauth/tokens.post.json answers POST /oauth/tokens',
);
export const maxBody = new Option(
  '--max-body <size>',
  'longest body of a request that is read (default: 1MiB)',
).argParser(size);
export const maxHeaderSize = new Option(
  '--max-header-size <size>',
  'longest headers of a request that are read (default: 16KiB)',
).argParser(size);

export const chaos = new Option(
  '--chaos <rate>',
  'share of answers that meet a fault by chance: 0.1 is a tenth',
).argParser(share);
export const chaosSeed = new Option(
  '--chaos-seed <number>',
  'another seed brings other faults; the same one the same',
)
  .argParser(whole(0, 2 ** 31 - 1))
  .default(1);
export const chaosFaults = new Option(
  '--chaos-faults <names...>',
  'what may happen (default: what loses an answer or makes it unreadable)',
);

export const cors = new Option(
  '--cors <origins...>',
  'web pages that may use the sandbox besides those of this machine: https://app.example.org, or * for all (the API, not the control API)',
).argParser(originOf);

export const webhooks = new Option(
  '--webhooks <hosts...>',
  'where webhooks may go besides addresses of this machine: receiver.example, 10.0.0.7:9000, or allow for every one',
).argParser(webhookHost);

export const trustProxy = new Option(
  '--trust-proxy [addresses...]',
  'proxies in front whose Forwarded and X-Forwarded-* headers are believed: 10.0.0.7, 10.0.0.0/8, loopback, uniquelocal (without a value: loopback)',
).preset('loopback');

export const store = new Option(
  '--store <where>',
  'where sessions are kept: memory, or file:FOLDER, where the next start finds them again (file:FOLDER?durability=fast waits for no disk), or redis://HOST:PORT, which several servers may share (redis+sentinel://HOST,HOST/NAME behind Sentinel)',
)
  .env('ESOZ_STORE')
  .default('memory');

export const teams = new Option(
  '--teams <file>',
  'teams that share this sandbox, in a YAML file: each has sessions and a token of its own, at /@TEAM',
);

/** https, for what a client calls. */
export const tlsOptions = [
  new Option(
    '--tls',
    'serve https, by --tls-key and --tls-cert, or by a certificate of an authority that is made once',
  ),
  new Option('--tls-key <file>', 'private key in PEM; its passphrase in ESOZ_TLS_PASSPHRASE'),
  new Option('--tls-cert <file>', 'certificate in PEM, those that it was signed with behind it'),
  new Option(
    '--tls-folder <folder>',
    "where the made authority is kept (default: the user's data)",
  ),
];

export interface TlsFlags {
  tls?: true;
  tlsKey?: string;
  tlsCert?: string;
  tlsFolder?: string;
}

/** A key, a certificate or a folder asks for https as well as --tls does. */
export function readTlsFlags({
  tls,
  tlsKey,
  tlsCert,
  tlsFolder,
}: TlsFlags): TlsOptions | undefined {
  if (!tls && tlsKey === undefined && tlsCert === undefined && tlsFolder === undefined) {
    return undefined;
  }
  const given = {
    key: tlsKey,
    cert: tlsCert,
    folder: tlsFolder,
    passphrase: process.env.ESOZ_TLS_PASSPHRASE,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** What the three options ask for together. */
export interface ChaosFlags {
  chaos?: number;
  chaosSeed: number;
  chaosFaults?: string[];
}

/** @throws UsageError for a measure of a chaos that is not asked for */
export function readChaosFlags(flags: ChaosFlags): ChaosOptions | undefined {
  const { chaos: rate, chaosSeed: seed, chaosFaults: faults } = flags;
  if (rate !== undefined) return { rate, seed, ...(faults ? { faults } : {}) };
  if (faults === undefined) return undefined;
  const hint = 'how many answers are to meet one?';
  throw new UsageError('USAGE_OPTION_CONFLICT', '--chaos-faults goes with --chaos', hint);
}

function share(text: string): number {
  const value = Number(text);
  if (/^\d*\.?\d+$/.test(text) && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Give a share from 0 to 1: 0.1 is a tenth.');
}

function originOf(text: string, before: string[] = []): string[] {
  const read = readOrigin(text);
  if ('problem' in read) throw new InvalidArgumentError(read.problem);
  return [...before, read.origin];
}

/** `allow`, or a host; several are collected. */
function webhookHost(text: string, before: string[] | 'allow' = []): string[] | 'allow' {
  return text === 'allow' || before === 'allow' ? 'allow' : [...before, text];
}

/** Reads `10MiB` as bytes. */
function size(text: string): number {
  const bytes = parseSize(text);
  if (bytes === undefined) throw new InvalidArgumentError(`It is no size; ${SIZE_HINT}.`);
  return bytes;
}

/** Reads a whole number. */
export function whole(least: number, most: number) {
  return (text: string) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

/** A text, as long as an option is given once; else all of them. */
function oneOrMore(text: string, before?: string | string[]): string | string[] {
  return before === undefined ? text : [before, text].flat();
}

/** Collects an option that may be given several times. */
export function append(text: string, before: string[]): string[] {
  return [...before, text];
}

/** Reads and collects `NAME=value`. */
export function readSetting(text: string, before: [string, string][]): [string, string][] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError('Give NAME=value, such as CANCEL_DAYS_NEWBORN=30.');
  }
  return [...before, [name.trim(), value.trim()]];
}
