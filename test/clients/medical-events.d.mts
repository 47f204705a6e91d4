/** Undefined: no answer came in time. */
type Sent = { status: number; retryAfter: number | undefined; body: unknown } | undefined;

export function run(client: {
  send(method: string, path: string, body: unknown, renewals?: number): Promise<Sent>;
  wait(time: number): unknown;
  now(): number;
  body: unknown;
  patient?: string;
  /** Asks after so many milliseconds, whatever the answers say. */
  every?: number;
  /** How many times faster than real time. */
  pace?: number;
}): Promise<'processed' | 'failed' | 'unknown' | 'refused'>;
