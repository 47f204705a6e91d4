/**
 * Finds the order in which the product has done what it was asked at once: exchanges in the order of the journal, requests
 * for the control API (which has none) anywhere between them. A request that was answered before another one was sent
 * comes before it. There must be one order in which every answer is as the model says.
 *
 * @typedef {object} Sent
 * @property {import('./requests.mjs').Request} request
 * @property {number} sent       by the machine's clock
 * @property {number} received
 * @property {import('./client.mjs').Reply} reply
 * @property {number} [slack]    so far the product's clock may be from the machine's
 * @property {boolean} unknown   the process was killed meanwhile: it may have happened, or not
 * @property {object} [line]     of the journal
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { differsFrom, lineDiffers, shown } from './compare.mjs';
import { answerTo } from './session.mjs';

const moment = (text) => new Date(text).getTime();

/** Moments at which the product may have decided, by the session's clock. */
function momentsOf(world, { line, sent, received, slack = 0 }) {
  const { mode, now } = world.clock;
  if (mode === 'manual') return [now];
  const first = Math.max(now, line ? moment(line.at) : Math.floor(sent - slack));
  const last = Math.max(first, line?.until ? moment(line.until) : Math.ceil(received + slack));
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** Whether the line's own times hold: it came before it was decided, by both clocks. */
function timesDiffer(world, { line, sent, received, unknown, slack = 0 }) {
  const wall = moment(line.wall);
  const give = 1 + slack;
  if (wall < Math.floor(sent) - give || (!unknown && wall > Math.ceil(received) + give))
    return `journal.wall: ${line.wall} is not while it was asked`;
  if (world.clock.mode !== 'manual' || !line.until) return undefined;
  const { now } = world.clock;
  return moment(line.at) <= now && now <= moment(line.until)
    ? undefined
    : `journal.at: ${line.at} to ${line.until}, while the clock is at ${new Date(now).toISOString()}`;
}

/** What the journal says was answered, as a reply. */
function replyOf({ status, response, fault }) {
  if (status === 0 || fault || !response) return undefined;
  const headers = Object.entries(response.headers).map(([name, value]) => [
    name.toLowerCase(),
    value,
  ]);
  return { status, headers: Object.fromEntries(headers), text: response.body, whole: true };
}

/** Requests that are under way stand in the journal already, before they are decided. */
function withOpen(answer, { reply }, open) {
  const { holds } = answer.has ?? {};
  if (!holds || reply.status !== 200) return answer;
  const came = JSON.parse(reply.text).holds.exchanges;
  if (came < holds.exchanges || came > holds.exchanges + open) return answer;
  return { ...answer, has: { ...answer.has, holds: { ...holds, exchanges: came } } };
}

function mismatch(told, one, remembered, open) {
  const { line, reply, unknown } = one;
  const inLine = line && lineDiffers(told.line, line);
  if (inLine) return inLine;
  const written = line && replyOf(line);
  const answer = withOpen(told.answer, one, open);
  const ofAnswer = unknown ? undefined : differsFrom(answer, reply, remembered);
  return ofAnswer ?? (written && differsFrom(told.answer, written, remembered));
}

/** Answers of one request at all moments that it may have; those that change the same are one. */
function* possible(world, one, { remembered, failed, open }) {
  const seen = new Set();
  const times = one.line && timesDiffer(world, one);
  if (times) failed(one, times);
  for (const now of times ? [] : momentsOf(world, one)) {
    const told = answerTo(world, one.request, now, one.line ?? {});
    const difference = mismatch(told, one, remembered, open);
    if (difference) {
      failed(one, difference);
      continue;
    }
    const job = told.world.jobs.get(one.line?.job ?? one.request.job);
    const change = `${job?.index} ${job?.since} ${job?.answered}`;
    if (seen.has(change)) continue;
    seen.add(change);
    yield inTime(world, told.world, one);
  }
}

/**
 * One server never goes back in time. Of several, each answers as of a moment at which it was asked, and which of two that
 * race comes first is settled later, in the store: the first may have the later moment.
 */
const inTime = ({ clock }, next, { slack }) =>
  slack && clock.mode !== 'manual' ? { ...next, clock } : next;

/** What is unknown has happened before whatever was sent behind it, or not at all. */
const isPast = ({ unknown, line, received }, { sent }) => unknown && !line && received < sent;

/** Requests that may be the next one. */
function nextOnes(left) {
  const firstLine = left
    .filter(({ line }) => line)
    .reduce((first, one) => (first && first.line.seq < one.line.seq ? first : one), undefined);
  const isNext = (one) => one === firstLine || one.request.control;
  const isSure = ({ unknown, line }) => line || !unknown;
  const isFree = (one) =>
    !left.some((other) => other !== one && isSure(other) && other.received < one.sent);
  return left.filter((one) => isNext(one) && isFree(one));
}

/** Longest search: a real difference would make it try every order. */
const MOST_STEPS = 20_000;
/**
 * So long it goes on without a turn for others, in milliseconds. On a busy machine one took 54 s: connections that others had
 * just opened, or left idle, were closed by the product meanwhile.
 */
const SLICE = 50;

/**
 * @param {import('./session.mjs').World} world
 * @param {Sent[]} batch
 * @param {Map<string, object>} remembered  documents that were read
 * @returns {Promise<{ world: import('./session.mjs').World } | { difference: string, one: Sent }>}
 */
export async function fold(world, batch, remembered) {
  let deepest = { placed: -1 };
  let steps = 0;
  let since = performance.now();
  const search = async (from, left) => {
    if (left.every(({ unknown, line }) => unknown && !line)) return from;
    const failed = (one, difference) => {
      const placed = batch.length - left.length;
      if (placed > deepest.placed) deepest = { placed, one, all: new Map() };
      if (placed === deepest.placed && one === deepest.one)
        deepest.all.set(difference.split(':')[0], difference);
    };
    const open = left.filter(({ line }) => line).length;
    for (const one of nextOnes(left)) {
      for (const next of possible(from, one, { remembered, failed, open })) {
        steps += 1;
        if (steps > MOST_STEPS) return undefined;
        if (performance.now() - since > SLICE) {
          await nextTurn();
          since = performance.now();
        }
        const found = await search(
          next,
          left.filter((other) => other !== one && !isPast(other, one)),
        );
        if (found) return found;
      }
    }
    return undefined;
  };
  const found = await search(world, batch);
  if (found) return { world: found };
  return { one: deepest.one, difference: [...deepest.all.values()].join('\n  or ') };
}

/** A request and what came of it, as a person reads it. */
export const told = ({ request, reply, line, unknown, sent, received }) =>
  [
    `[${(sent % 1e6).toFixed(1)} to ${(received % 1e6).toFixed(1)}]`,
    `${request.method} ${request.path}`,
    request.body ? JSON.stringify(request.body).slice(0, 120) : '',
    `→ ${unknown ? 'the process was killed' : shown(reply)}`,
    line ? `(exchange ${line.seq} at ${line.at})` : '',
  ].join(' ');
