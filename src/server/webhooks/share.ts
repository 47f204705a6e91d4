import { setTimeout as sleep } from 'node:timers/promises';
import { MovedOn } from '../../sandbox/moved-on.js';
import type { Session } from '../../sandbox/session.js';
import type { Delivery, Said } from '../../sandbox/webhooks/delivery.js';
import type { Duration, WallMoment } from '../../time/moments.js';

/** What keeps senders apart that have the same sessions. */
export interface Sharing {
  /** Name of this server, which no other one has. */
  by: string;
  /** Reads a session again that others have changed. @throws StoreUnavailable */
  ready(session: string): Promise<void>;
  /** So long one attempt may take; a server that has not told its end by then is dead, in milliseconds. */
  lease: Duration;
}

/** Between two tries while the store is away. */
const AGAIN: Duration = 500;

/** Whether another server sends this. */
export function isOthers(
  { claim }: Delivery,
  { by }: Pick<Sharing, 'by'>,
  now: WallMoment,
): boolean {
  return claim !== undefined && claim.by !== by && claim.until > now;
}

/**
 * Says that this server makes the next attempt at a delivery, before any other does.
 * @param say what each attempt says; its changes are kept together with the claim
 * @returns what is to be sent; undefined: another server sends it, or there is nothing to send any more
 */
export async function claim(
  session: Session,
  wanted: Delivery,
  sharing: Sharing,
  signal: AbortSignal,
  say: (delivery: Delivery) => Said,
): Promise<(Delivery & { said: Said }) | undefined> {
  const now = () => session.setup.wall();
  while (await isReady(session, sharing, signal)) {
    const known = session.deliveries.get(wanted.id);
    if (!known || !isSameAttempt(known, wanted) || isOthers(known, sharing, now()))
      return undefined;
    const until = now() + sharing.lease;
    const claimed = { ...known, said: say(known), claim: { by: sharing.by, until } };
    session.deliver(known.id, claimed);
    if (await isKept(session)) return claimed;
  }
  return undefined;
}

/** Notes how an attempt has ended that this server has claimed, unless another one has taken its place meanwhile. */
export async function noteClaimed(
  session: Session,
  { id }: Delivery,
  sharing: Sharing,
  signal: AbortSignal,
  note: () => void,
): Promise<void> {
  while (await isReady(session, sharing, signal)) {
    if (session.deliveries.get(id)?.claim?.by !== sharing.by) return;
    note();
    if (await isKept(session)) return;
  }
}

/** The session is as it is kept; false: there is nothing to do for it any more. */
async function isReady(session: Session, sharing: Sharing, signal: AbortSignal): Promise<boolean> {
  while (!session.ended && !signal.aborted) {
    try {
      await sharing.ready(session.name);
      return !session.ended && !signal.aborted;
    } catch {
      // The store is away: whoever asks is told so, and here there is time.
      await sleep(AGAIN, undefined, { ref: false });
    }
  }
  return false;
}

async function isKept(session: Session): Promise<boolean> {
  const error = await new Promise<Error | undefined>((done) => session.saved(done));
  if (error && !(error instanceof MovedOn)) await sleep(AGAIN, undefined, { ref: false });
  return error === undefined;
}

function isSameAttempt(a: Delivery, b: Delivery): boolean {
  return a.attempts === b.attempts && a.copy === b.copy && a.forge === b.forge;
}
