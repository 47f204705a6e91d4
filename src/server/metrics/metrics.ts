import type { Registry } from 'prom-client';
import type { Sandbox } from '../../sandbox/sandbox.js';
import type { Counts } from './counts.js';
import { missing } from './missing.js';

type Client = typeof import('prom-client');

/** Figures for Prometheus. */
export interface Metrics {
  /** In its text format. @throws ControlProblem where the library for it is not installed */
  read(): Promise<{ mediaType: string; text: string }>;
}

/** Sessions that are told of. */
export interface Measured {
  /** Whose they are, where a server is shared by teams. */
  team?: string;
  sandbox: Sandbox;
  counts: Counts;
}

/** Answers of most sandboxes take milliseconds, those of scenarios with delays many seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30];

/**
 * Nothing of it is loaded before somebody asks.
 * @param load only for tests: how the library is loaded
 */
export function makeMetrics(
  measured: () => readonly Measured[],
  load: () => Promise<Client> = () => import('prom-client'),
): Metrics {
  let registry: Promise<Registry> | undefined;
  return {
    read: async () => {
      registry ??= load().then((client) => register(client, measured()), missing);
      const known = await registry.catch((error) => {
        registry = undefined;
        throw error;
      });
      // The server names the character set itself.
      const [mediaType = ''] = known.contentType.split('; charset');
      return { mediaType, text: await known.metrics() };
    },
  };
}

/** What a figure is of: its team, where there are any, and more. */
type Labels = Record<string, string>;

function register(client: Client, measured: readonly Measured[]): Registry {
  const registry = new client.Registry();
  const registers = [registry];
  client.collectDefaultMetrics({ register: registry });
  const own = ({ team }: Measured): Labels => (team === undefined ? {} : { team });
  const named = (more: string[]) => [...Object.keys(own(measured[0] as Measured)), ...more];
  const counter = (
    name: string,
    help: string,
    labels: string[],
    tell: (of: Counts, inc: (labels: Labels, count: number) => void) => void,
  ) =>
    new client.Counter({
      name: `esoz_sandbox_${name}_total`,
      help,
      labelNames: named(labels),
      registers,
      collect() {
        this.reset();
        for (const each of measured) {
          tell(each.counts, (more, count) => this.inc({ ...own(each), ...more }, count));
        }
      },
    });
  counter(
    'exchanges',
    'Requests answered and webhooks sent by this server; status 0: no answer',
    ['kind', 'status'],
    ({ exchanges }, inc) => {
      for (const [key, count] of exchanges) {
        const [kind = '', status = ''] = key.split(' ');
        inc({ kind, status }, count);
      }
    },
  );
  counter('faults', 'Answers that have met a fault', ['fault'], ({ faults }, inc) => {
    for (const [fault, count] of faults) inc({ fault }, count);
  });
  counter('sessions_evicted', 'Sessions that had to give way to new ones', [], (counts, inc) =>
    inc({}, counts.evicted),
  );
  const lengths = new client.Histogram({
    name: 'esoz_sandbox_request_seconds',
    help: 'From a request to the end of its answer, since these figures were first asked for',
    buckets: BUCKETS,
    labelNames: named([]),
    registers,
  });
  for (const each of measured) {
    each.counts.onLength = (seconds) => lengths.observe(own(each), seconds);
  }
  const gauge = (
    name: string,
    help: string,
    value: (of: Sandbox) => number | undefined | Promise<number | undefined>,
  ) =>
    new client.Gauge({
      name: `esoz_sandbox_${name}`,
      help,
      labelNames: named([]),
      registers,
      async collect() {
        for (const each of measured) {
          const now = await value(each.sandbox);
          if (now !== undefined) this.set(own(each), now);
        }
      },
    });
  gauge('sessions', 'Sessions that are open at this server', (of) => [...of.sessions()].length);
  gauge('jobs', 'Jobs of sessions that are open at this server', (of) =>
    [...of.sessions()].reduce((sum, { jobs }) => sum + jobs.size, 0),
  );
  gauge('store_up', '1: the store answers', ({ store }) => store && answers(store.answers?.()));
  gauge('store_servers', 'Servers that share the store', ({ store }) => store?.describe().servers);
  return registry;
}

async function answers(asked: Promise<void> | undefined): Promise<number> {
  try {
    await asked;
    return 1;
  } catch {
    return 0;
  }
}
