import type { Webhook } from '../../contract/webhook.js';
import { type Cursor, stateAt } from '../../scenario/play.js';
import type { State } from '../../scenario/scenario.js';
import type { Moment } from '../../time/moments.js';
import { openState } from '../binding-words.js';
import { type Job, lifeOf, shownState } from '../job.js';
import type { Delivery, Subscription } from './delivery.js';

/** What has happened to a job, by the words that a webhook may be for. */
interface News {
  words: readonly string[];
  /** It has come to its end, or to where it stays. */
  last: boolean;
}

/** What numbers and names deliveries, and holds those that wait. */
interface Desk {
  pace: number;
  nextId(): string;
  nextOrder(): number;
  /** Those of a job that wait for its last news. */
  held(job: string): readonly Delivery[];
}

/**
 * What is to be sent because a job has come to where it is: nothing, where its client does not want to hear of it.
 * @param before where it stood; undefined: it has just been scheduled
 * @returns new deliveries, and those held back whose time has come
 */
export function announce(job: Job, before: Cursor | undefined, desk: Desk): Delivery[] {
  const { webhooks, api, scenario, cursor } = job;
  const bound = api.binding.webhooks ?? [];
  const words = scenario.webhooks ?? {};
  const due = Math.ceil(cursor.since + (words.late ?? 0) / desk.pace);
  const happened = newsOf(job, before);
  const fresh = happened.flatMap((news) =>
    (webhooks?.subscriptions ?? []).flatMap((subscription) => {
      const webhook = bound[subscription.webhook];
      const event = webhook && eventOf(webhook, subscription, news, happened);
      if (webhook === undefined || event === undefined) return [];
      return [draftOf(job, subscription, event, due, webhook.key !== undefined, desk)];
    }),
  );
  if (words.order !== 'reversed') return fresh;
  const last = happened.some((news) => news.last);
  if (!last) return fresh.map((delivery) => ({ ...delivery, due: undefined }));
  return inReverse([...desk.held(job.key), ...fresh], due, desk);
}

function draftOf(
  job: Job,
  { webhook, url }: Subscription,
  event: string,
  due: Moment,
  signed: boolean,
  desk: Desk,
): Delivery {
  return {
    id: desk.nextId(),
    job: job.key,
    webhook,
    url,
    event,
    cursor: job.cursor,
    at: job.cursor.since,
    due,
    order: desk.nextOrder(),
    attempts: 0,
    copy: 1,
    forge: signed && job.scenario.webhooks?.forged === true,
    said: undefined,
  };
}

/** The last goes first. */
function inReverse(all: readonly Delivery[], due: Moment, desk: Desk): Delivery[] {
  return all.toReversed().map((delivery) => ({ ...delivery, due, order: desk.nextOrder() }));
}

/** That it is scheduled, and that it is in another state than before. */
function newsOf(job: Job, before: Cursor | undefined): News[] {
  const now = stateNow(job, job.cursor);
  const isLast = now.outcome !== 'open' || job.cursor.step === lifeOf(job).length - 1;
  const entered = { words: [now.name, now.outcome], last: isLast };
  if (!before) return [{ words: ['scheduled'], last: false }, entered];
  // Before it settled the job was not yet known to have failed.
  const former = stateNow({ ...job, failure: undefined }, before);
  return former.name === now.name ? [] : [entered];
}

function stateNow(job: Job, cursor: Pick<Cursor, 'step'>): { name: string; outcome: string } {
  const { binding } = job.api;
  const state: State = stateAt(lifeOf(job), cursor) ?? openState(binding);
  const outcome = job.failure && state.outcome === 'done' ? 'failed' : state.outcome;
  return { name: shownState(binding, job, state), outcome };
}

/**
 * The word of the API for a piece of news; undefined: this webhook is not for it, or its client has not asked for it.
 * A job that is scheduled and open is one piece of news to a webhook that is for both.
 */
function eventOf(
  { on, names }: Webhook,
  { only }: Subscription,
  { words }: News,
  happened: readonly News[],
): string | undefined {
  const word = words.find((each) => on.includes(each));
  if (word === undefined) return undefined;
  const scheduled = happened[0]?.words[0] === 'scheduled';
  if (scheduled && words.includes('open') && on.includes('scheduled')) return undefined;
  const name = names.get(word) ?? words.map((each) => names.get(each)).find(Boolean) ?? word;
  return only === undefined || only.includes(name) || only.includes(word) ? name : undefined;
}
