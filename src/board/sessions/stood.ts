import { useEffect, useRef, useState } from 'preact/hooks';
import type { SessionVerdict } from '../../report/json-verdict.js';
import type { JobState, LightExchange, SessionView } from '../../sandbox/control/views.js';
import { messageOf } from '../act.js';
import { ask } from '../control.js';

/** A session as it stood right after one of its exchanges. */
export interface Stood {
  /** Number of the exchange; 0: as it began. */
  seq: number;
  view: SessionView;
  jobs: readonly JobState[];
  exchanges: readonly LightExchange[];
  verdict: SessionVerdict;
}

interface Found {
  stood?: Stood;
  /** Why it cannot be shown. */
  failed?: string;
}

/** The moment that the address asks for: `?at=7`; undefined: the present. */
export function momentIn(query: URLSearchParams): number | undefined {
  const said = query.get('at') ?? '';
  return /^\d{1,15}$/.test(said) ? Number(said) : undefined;
}

/**
 * A session as it stood. Who moves on while an answer is under way is shown that one, and then the moment that was
 * asked for last: what lies between is not asked for.
 * @param seq undefined: nobody looks back
 */
export function useStood(session: string, seq: number | undefined): Found {
  const [found, setFound] = useState<Found>({});
  const wanted = useRef<number | undefined>(undefined);
  const asking = useRef(false);
  wanted.current = seq;
  useEffect(() => {
    if (seq === undefined) setFound({});
    else if (!asking.current) void follow();
  }, [seq]);
  useEffect(() => {
    return () => {
      wanted.current = undefined;
    };
  }, []);
  const follow = async () => {
    asking.current = true;
    let last: number | undefined;
    while (wanted.current !== undefined && wanted.current !== last) {
      last = wanted.current;
      const next = await readStood(session, last).then(
        (stood): Found => ({ stood }),
        (problem: unknown): Found => ({ failed: messageOf(problem) }),
      );
      if (wanted.current !== undefined) setFound(next);
    }
    asking.current = false;
  };
  return seq === undefined ? {} : found;
}

async function readStood(session: string, seq: number): Promise<Stood> {
  const read = <T>(path: readonly string[], query: Readonly<Record<string, string>> = {}) =>
    ask<T>('GET', ['sessions', session, ...path], undefined, { ...query, at: String(seq) });
  const [view, { jobs }, { exchanges }, verdict] = await Promise.all([
    read<SessionView>([]),
    read<{ jobs: JobState[] }>(['jobs'], { limit: '500' }),
    read<{ exchanges: LightExchange[] }>(['journal'], { limit: '2000', bodies: 'false' }),
    read<SessionVerdict>(['verdict'], { run: 'running', format: 'json' }),
  ]);
  return { seq, view, jobs, exchanges, verdict };
}
