import { z } from 'zod';
import type { ExchangeView, JobState, SessionView } from '../../sandbox/control/views.js';
import type { Access } from '../access.js';
import { cut, pageOf } from '../paging.js';
import { cursor, limit, session, type Tool, tool } from '../tool.js';

/** What a body may have of an exchange that is shown in whole. */
const MAX_BODY = 2000;

/** Reading a session. */
export function sessionTools({ ask }: Access): Tool[] {
  return [
    tool({
      name: 'read_session',
      title: 'What has happened in a session',
      description:
        'summary: settings, clock, what it holds. jobs: each with its true state. exchanges: requests and answers in a line each. exchange: one of them in whole, by seq.',
      input: {
        session,
        part: z.enum(['summary', 'jobs', 'exchanges', 'exchange']).default('summary'),
        job: z.string().optional().describe('only exchanges about this job'),
        seq: z.number().int().min(1).optional().describe('number of the exchange'),
        cursor,
        limit: limit(20, 100),
      },
      async call({ session: name, part, job, seq = 1, cursor: from, limit: most }) {
        const path = `/sessions/${encodeURIComponent(name)}`;
        if (part === 'summary') return summary((await ask('GET', path)) as SessionView);
        if (part === 'jobs') {
          const { jobs } = (await ask('GET', `${path}/jobs`)) as { jobs: JobState[] };
          return pageOf(jobs.map(jobLine), from, most);
        }
        const one = part === 'exchange';
        const query = {
          after: one ? String(seq - 1) : (from ?? '0'),
          limit: String(one ? 1 : most + 1),
          bodies: String(one),
          job,
        };
        const { exchanges } = (await ask('GET', `${path}/journal`, { query })) as Journal;
        if (one) return whole(exchanges.find((each) => each.seq === seq));
        const { items, next } = pageOf(exchanges.map(exchangeLine), undefined, most);
        const last = items.at(-1)?.seq;
        return { exchanges: items, ...(next === undefined ? {} : { next: String(last) }) };
      },
    }),
  ];
}

interface Journal {
  exchanges: readonly ExchangeView[];
}

function summary({ name, url, scenario, clock, queue, holds, chaos }: SessionView) {
  return { name, url, scenario, clock, queue: queue.slice(0, 5), holds, chaos };
}

function jobLine({ life: _, ...job }: JobState) {
  return job;
}

function exchangeLine({
  seq,
  at,
  method,
  path,
  operation,
  job,
  status,
  state,
  eta,
  fault,
  told,
}: ExchangeView) {
  const said = { operation, job, state, told, eta, fault };
  const known = Object.fromEntries(Object.entries(said).filter(([, one]) => one !== undefined));
  return { seq, at, request: `${method} ${cut(path, 200)}`, status, ...known };
}

function whole(exchange: ExchangeView | undefined) {
  if (!exchange) return { exchange: null };
  const { request, response, ...rest } = exchange;
  return {
    ...rest,
    request: { ...request, body: cut(request.body ?? '', MAX_BODY) },
    response: { ...response, body: cut(response.body, MAX_BODY) },
  };
}
