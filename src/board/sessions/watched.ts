import { useMemo, useState } from 'preact/hooks';
import type { JobState, LightExchange } from '../../sandbox/control/views.js';
import { type LiveSession, nowOf } from '../live.js';
import { useInTurnOf } from './in-turn.js';
import type { Stood } from './stood.js';

/** What is shown of a session: as it is, or as it was when somebody paused. */
export interface Watched {
  jobs: readonly JobState[];
  exchanges: readonly LightExchange[];
  /** The session's moment when it was paused; undefined: time goes on. */
  at: number | undefined;
  /** Exchanges that have come since. */
  news: number;
  pause(): void;
  resume(): void;
}

type Held = Pick<Watched, 'jobs' | 'exchanges'> & { at: number };

export function useWatched(session: LiveSession): Watched {
  const [held, setHeld] = useState<Held | undefined>();
  const jobsNow = useInTurnOf(session.jobs);
  const exchanges = useInTurnOf(session.exchanges);
  const jobs = useMemo(() => [...jobsNow.values()], [jobsNow]);
  const last = held?.exchanges.at(-1)?.seq ?? 0;
  return {
    ...(held ?? { jobs, exchanges, at: undefined }),
    news: held ? exchanges.length - exchanges.findLastIndex(({ seq }) => seq <= last) - 1 : 0,
    pause: () => setHeld({ jobs, exchanges, at: nowOf(session) }),
    resume: () => setHeld(undefined),
  };
}

/** The same of a session as it stood: nothing in it moves. */
export function watchedAt({ view, jobs, exchanges }: Stood, now: Watched): Watched {
  return { ...now, jobs, exchanges, at: Date.parse(view.clock.now), news: 0 };
}
