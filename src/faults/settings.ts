import type { Duration } from '../time/moments.js';

/** How a fault is measured; which of these it takes stands in its declaration. */
export interface FaultSettings {
  /** How long nobody listens. */
  closed: Duration;
  /** Bytes sent a second. */
  rate: number;
  /** Bytes of the body that are sent; undefined: half of them, or of `huge-body` 10 million. */
  bytes: number | undefined;
  /** What is added to the true Content-Length. */
  offBy: number;
  /** How far `Date` is ahead of the session's clock. */
  skew: Duration;
  /** The status of an answer that the fault makes up itself; undefined: its usual one. */
  http: number | undefined;
}

/** Keys of a scenario's answer, and the settings they give. */
export const SETTING_KEYS = {
  closed: 'closed',
  bytes_per_second: 'rate',
  bytes: 'bytes',
  off_by: 'offBy',
  skew: 'skew',
} as const satisfies Record<string, keyof FaultSettings>;
