import type { Millis } from './duration.js';

/** How a fault is measured; which of these it takes stands in {@link FAULTS}. */
export interface FaultSettings {
  /** How long nobody listens. */
  closed: Millis;
  /** Bytes sent a second. */
  rate: number;
  /** Bytes of the body that are sent; undefined: half of them, or of `huge-body` 10 million. */
  bytes: number | undefined;
  /** What is added to the true Content-Length. */
  offBy: number;
  /** How far `Date` is ahead of the session's clock. */
  skew: Millis;
  /** The status of an answer that the fault makes up itself; undefined: its usual one. */
  http: number | undefined;
}

/** A mishap on the way to the client, or in what it is told. */
export interface Fault extends FaultSettings {
  name: FaultName;
}

/** What is known of a fault before it is played. */
export interface FaultKind {
  /** What happens, for people. */
  title: string;
  /** Whether its client can read what the answer says; `maybe` depends on how much it forgives. */
  read: 'yes' | 'maybe' | 'no';
  /** `damaged`: an answer stands behind it; `own`: it makes one up; `none`: there is none at all. */
  answer: 'damaged' | 'own' | 'none';
  /** Keys of a scenario that measure it. */
  settings: readonly (keyof typeof SETTING_KEYS)[];
}

/** Keys of a scenario's answer, and the settings they give. */
export const SETTING_KEYS = {
  closed: 'closed',
  bytes_per_second: 'rate',
  bytes: 'bytes',
  off_by: 'offBy',
  skew: 'skew',
} as const satisfies Record<string, keyof FaultSettings>;

const kind = (
  answer: FaultKind['answer'],
  read: FaultKind['read'],
  title: string,
  ...settings: FaultKind['settings'][number][]
): FaultKind => ({ answer, read, title, settings });

/** Every fault by its name: first those of the way, then those of what is said. */
export const FAULTS = {
  refused: kind('none', 'no', 'connection refused for a while', 'closed'),
  reset: kind('none', 'no', 'connection reset'),
  'empty-reply': kind('none', 'no', 'connection closed without a byte'),
  hang: kind('none', 'no', 'no answer'),
  'reset-after-headers': kind('damaged', 'no', 'connection reset behind the headers'),
  'truncated-body': kind('damaged', 'no', 'body that ends before its Content-Length', 'bytes'),
  'chunked-cut-off': kind('damaged', 'no', 'chunked body without its end', 'bytes'),
  'wrong-content-length': kind('damaged', 'no', 'Content-Length that is not the body’s', 'off_by'),
  'broken-gzip': kind('damaged', 'no', 'gzip that cannot be unpacked'),
  'slow-headers': kind('damaged', 'yes', 'headers that trickle in', 'bytes_per_second'),
  'slow-body': kind('damaged', 'yes', 'body that trickles in', 'bytes_per_second'),
  'huge-body': kind('damaged', 'maybe', 'body of many megabytes', 'bytes'),
  interim: kind('damaged', 'maybe', '103 before the answer'),
  'gateway-html': kind('own', 'no', 'error page of a gateway'),
  redirect: kind('own', 'no', 'redirect to the job itself'),
  'wrong-content-type': kind('damaged', 'maybe', 'JSON that is said to be HTML'),
  'malformed-json': kind('damaged', 'no', 'JSON without its last brace'),
  'breaks-contract': kind('damaged', 'maybe', 'JSON that breaks the contract'),
  'duplicate-keys': kind('damaged', 'maybe', 'JSON with a key twice'),
  bom: kind('damaged', 'maybe', 'JSON behind a byte order mark'),
  'clock-skew': kind('damaged', 'yes', 'Date of a clock that is wrong', 'skew'),
  'eta-without-zone': kind('damaged', 'maybe', 'eta without a time zone'),
  'eta-local': kind('damaged', 'yes', 'eta in the time of Kyiv'),
  'eta-epoch': kind('damaged', 'maybe', 'eta as seconds since 1970'),
  'eta-missing': kind('damaged', 'maybe', 'no eta'),
  'eta-null': kind('damaged', 'maybe', 'eta that is null'),
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof FAULTS;

export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

const USUAL: FaultSettings = {
  closed: 3000,
  rate: 20,
  bytes: undefined,
  offBy: -10,
  skew: 3_600_000,
  http: undefined,
};

export function makeFault(name: FaultName, settings: Partial<FaultSettings> = {}): Fault {
  return { ...USUAL, ...settings, name };
}

export function kindOf({ name }: Pick<Fault, 'name'>): FaultKind {
  return FAULTS[name];
}
