import type { Route } from '../contract/router.js';
import type { Api } from '../sandbox/api.js';
import type { HeaderLines } from '../server/http/end-to-end.js';
import type { MachineMs, WallMoment } from '../time/moments.js';

export type { HeaderLines };

/** A body as far as it was kept, without its content coding. */
export interface Body {
  text: string;
  /** Undefined when it is not JSON. */
  json: unknown;
  /** `application/json`, in small letters; empty when none is given. */
  mediaType: string;
  /** Bytes on the wire. */
  length: number;
  /** False when only its beginning was kept, or its content coding could not be undone. */
  whole: boolean;
}

/** How a request came to get no answer of the upstream. */
export type Failure =
  | 'unreachable'
  | 'reset'
  | 'timeout'
  /** The answer began and broke off. */
  | 'cut off'
  /** The client left first. */
  | 'left'
  /** The recorder could not pass the request on. */
  | 'refused';

/** One exchange as it went through the recorder. Moments are the recorder's. */
export interface Seen {
  /** When the request came. */
  at: WallMoment;
  /** When the head of the answer came, or there was none to wait for any more. */
  until: WallMoment;
  /** When all of the answer had come, or nothing more could; left out: as its head did. */
  ended?: WallMoment;
  /** The same by a clock that nobody sets, which tells what overlaps; left out: nobody knows. */
  steady?: { began: MachineMs; took: MachineMs };
  method: string;
  /** Path and query as the client sent them. */
  target: string;
  route: Route;
  /** The one that the route leads to; where none does, the first. */
  api: Api;
  request: { headers: HeaderLines; body: Body };
  answer: { status: number; headers: HeaderLines; body: Body } | undefined;
  failure: Failure | undefined;
}

/** The first value of a header; names are the same in any case (RFC 9110 §5.1). */
export function headerOf(headers: HeaderLines, name: string): string | undefined {
  return headers.find(([n]) => n.toLowerCase() === name)?.[1];
}
