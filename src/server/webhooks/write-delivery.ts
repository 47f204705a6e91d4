import { type Job, ownStep } from '../../sandbox/job.js';
import { cut, type DeliveryFacts, type Exchange, UNSAID } from '../../sandbox/journal.js';
import { maskHeader, maskQuery, maskSecrets } from '../../sandbox/mask-secrets.js';
import type { Session } from '../../sandbox/session.js';
import type { Delivery } from '../../sandbox/webhooks/delivery.js';
import { toldBy } from '../../sandbox/webhooks/render-delivery.js';
import type { Reply } from './send.js';

/** A webhook that was sent, or was to be sent. */
interface Written {
  job: Job;
  delivery: Delivery;
  facts: DeliveryFacts;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Undefined: it was not sent, as its scenario says. */
  reply: Reply | undefined;
  began: Pick<Exchange, 'at' | 'wall' | 'startedMono'>;
  note: string;
}

/** Writes it down, with its credentials masked: its receiver's may be real ones. */
export function writeDelivery(session: Session, written: Written): void {
  const { job, delivery, facts, method, headers, body, reply, began, note } = written;
  const { compressor, apis } = session.setup;
  const told = toldBy(job, delivery);
  const answer = reply && 'status' in reply ? reply : { status: 0, headers: {}, body: '' };
  session.write({
    ...began,
    endedAt: session.clock.now(),
    durationMs: session.setup.steady() - began.startedMono,
    method,
    path: shownUrl(delivery.url),
    ...(apis.length > 1 ? { api: job.api.name } : {}),
    ...UNSAID,
    delivery: facts,
    job: job.id,
    scenario: job.scenario.name,
    step: ownStep({ ...job, cursor: delivery.cursor }),
    state: told.state,
    reportedOutcome: told.outcome,
    status: answer.status,
    aborted: false,
    // Masked whenever they are shown.
    requestHeaders: Object.entries(headers).flat().join('\n'),
    requestBody: body === '' ? undefined : compressor.keep(cut(body)),
    responseHeaders: Object.fromEntries(Object.entries(answer.headers).map(masked)),
    responseBody: maskSecrets(cut(answer.body), '', false),
    note,
  });
}

function masked([name, value]: [string, string]): [string, string] {
  return [name, maskHeader(name, value)];
}

function shownUrl(text: string): string {
  const url = new URL(text);
  if (url.password) url.password = '***';
  return url.origin + url.pathname + maskQuery(url.search);
}
