import type { JobState, LightExchange } from '../../sandbox/control/views.js';

/** What of a session is shown; empty texts ask for nothing. It stands in the address, so that it can be sent on. */
export interface Filter {
  operation: string;
  /** A job's id. */
  job: string;
  state: string;
  /** `2xx`, `4xx`, `5xx`, `none`: no answer. */
  status: string;
  broken: boolean;
  text: string;
}

export const KEYS = ['operation', 'job', 'state', 'status', 'broken', 'text'] as const;

export const STATUSES = ['2xx', '3xx', '4xx', '5xx', 'none'] as const;

export function filterOf(query: URLSearchParams): Filter {
  const said = (key: string) => query.get(key) ?? '';
  return {
    operation: said('operation'),
    job: said('job'),
    state: said('state'),
    status: said('status'),
    broken: said('broken') !== '',
    text: said('text'),
  };
}

/** Something is asked for. */
export function filters(filter: Filter): boolean {
  return KEYS.some((key) => filter[key] !== '' && filter[key] !== false);
}

/** @param broken numbers of exchanges that break a rule */
export function passes(
  { operation, job, state, status, broken: only, text }: Filter,
  exchange: LightExchange,
  broken: ReadonlyMap<number, unknown>,
): boolean {
  if (operation !== '' && exchange.operation !== operation) return false;
  if (job !== '' && exchange.job !== job) return false;
  if (state !== '' && exchange.state !== state) return false;
  if (status !== '' && classOf(exchange.status) !== status) return false;
  if (only && !broken.has(exchange.seq)) return false;
  return text === '' || tellsOf(exchange).includes(text.toLowerCase());
}

/** A job is shown where it, or anything that was asked of it, is what is looked for. */
export function jobPasses(
  filter: Filter,
  job: JobState,
  exchanges: readonly LightExchange[],
  broken: ReadonlyMap<number, unknown>,
): boolean {
  if (filter.job !== '' && job.id !== filter.job) return false;
  if (filter.state !== '' && job.state !== filter.state) return false;
  const text = filter.text.toLowerCase();
  const said = `${job.id} ${job.operation} ${job.scenario} ${job.state} ${job.error ?? ''}`;
  const rest = { ...filter, state: '', text: said.toLowerCase().includes(text) ? '' : text };
  if (!filters({ ...rest, job: '' })) return true;
  return exchanges.some((exchange) => passes(rest, exchange, broken));
}

function classOf(status: number): string {
  return status === 0 ? 'none' : `${Math.floor(status / 100)}xx`;
}

function tellsOf(exchange: LightExchange): string {
  const { seq, method, path, operation, job, scenario, state, status, fault, note } = exchange;
  return `#${seq} ${method} ${path} ${operation} ${job} ${scenario} ${state} ${status} ${fault} ${note}`.toLowerCase();
}
