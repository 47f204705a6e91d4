import type { Session, SessionEvent } from '../../sandbox/session.js';
import type { Duration } from '../../time/moments.js';
import { reportUnexpected } from '../report-unexpected.js';
import type { AllowedHosts } from './allowed.js';
import type { Postman } from './postman.js';
import type { Sharing } from './share.js';

/** A postman that is there from the first piece of news on. */
export interface LazyPostman {
  /** To be told of everything that happens in a session. */
  hear(session: Session, event: SessionEvent): void;
  /** Sends what is due now of a job's news. */
  deliver(session: Session, job: string): Promise<void>;
  /** The same of all that is due in a session. */
  deliverAll(session: Session): Promise<void>;
  close(): void;
}

/** So long a receiver may take for its whole answer, in milliseconds of the machine. */
const PATIENCE: Duration = 5000;

/** From saying that it sends something to having kept how it ended a server takes less than this, and twice its patience. */
const MARGIN: Duration = 3000;

/**
 * APIs without webhooks load nothing of it.
 * @param sharing where other servers may have the same sessions
 */
export function lazyPostman(
  allowed: AllowedHosts = [],
  patience = PATIENCE,
  sharing?: Omit<Sharing, 'lease'>,
): LazyPostman {
  let postman: Postman | undefined;
  let loading: Promise<Postman> | undefined;
  let closed = false;
  const load = async () => {
    loading ??= import('./postman.js').then(({ OnePostman }) => {
      const lease = 2 * patience + MARGIN;
      postman = new OnePostman({ allowed, patience }, sharing && { ...sharing, lease });
      if (closed) postman.close();
      return postman;
    });
    return loading;
  };
  return {
    hear: (session, event) => {
      const { kind } = event;
      // The clock was moved: what is to be sent may be due.
      const concerns = kind === 'news' || (kind === 'clock' && loading !== undefined);
      if (!concerns) return;
      const look = event.elsewhere ? 'lookLater' : 'look';
      if (postman) postman[look](session);
      else load().then((loaded) => loaded[look](session), reportUnexpected);
    },
    deliver: async (session, job) => (await load()).deliver(session, job),
    // Where no news has come yet, none is due.
    deliverAll: async (session) => (await loading)?.deliverAll(session),
    close: () => {
      closed = true;
      postman?.close();
    },
  };
}
