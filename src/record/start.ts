import type { Apis } from '../sandbox/api.js';
import { type Routes, routesOf } from '../sandbox/routes.js';
import { readQuery } from '../server/http/address.js';
import { makeCalledAs } from '../server/http/called-as.js';
import type { ForwardProxy } from '../server/http/forward-proxy.js';
import { listen } from '../server/http/listen.js';
import { bareHost } from '../server/http/own-address.js';
import type { TlsCredentials } from '../server/tls/credentials.js';
import type { Duration, WallMoment } from '../time/moments.js';
import { Check } from './check.js';
import type { Files } from './files.js';
import { Kept, type Traffic } from './judge/traffic.js';
import type { By } from './life.js';
import type { Masker } from './mask.js';
import { makeProxy, type Passed } from './proxy.js';
import { type Noted, Recorder } from './recorder.js';
import type { Seen } from './seen.js';

export interface RecordOptions {
  apis: Apis;
  upstream: URL;
  files: Files;
  masker: Masker;
  host: string;
  port: number;
  by: By;
  check: boolean;
  /** What stands between the recorder and the upstream. */
  proxy?: ForwardProxy | undefined;
  /** https in the place of http, for the client. */
  tls?: TlsCredentials | undefined;
  /** How long the upstream may be silent. */
  timeout: Duration;
  /** The recorder's clock, which recorded times go by. */
  now: () => WallMoment;
  /** Keep what passes, to judge it at the end. */
  judge?: boolean;
  onSeen?: (seen: Seen, noted: Noted) => void;
  onNotice?: (text: string) => void;
}

/** A recorder that listens. */
export interface RunningRecorder {
  /** Without a slash at its end; the client's base URL in the upstream's place. */
  url: string;
  /** Every address that it can be called by; the first is `url`. */
  addresses: readonly string[];
  /** The file of the certificate that clients have to trust. */
  authority?: string | undefined;
  /** Undefined when the contract is not asked. */
  check: Check | undefined;
  /** Name of the file that holds every exchange. */
  exchanges: string;
  /** What has passed through, where it is to be judged. */
  traffic(): Traffic;
  /** Lets that go: nothing of it can be read any more. */
  forget(): void;
  /** Lets open requests finish, then writes what is left to write. */
  close(): Promise<void>;
}

/** @throws UsageError when the address cannot be had */
export async function startRecorder(options: RecordOptions): Promise<RunningRecorder> {
  const { apis, upstream, proxy, files, masker, by, now, timeout, tls } = options;
  const { onSeen = () => {}, onNotice = () => {} } = options;
  const kept = options.judge ? new Kept(apis.length > 1) : undefined;
  const refusal = (status: number, message: string) =>
    JSON.stringify({ error: { type: 'recorder', status, message } });
  const server = await listen(bareHost(options.host), options.port, refusal, {
    tls,
    notice: onNotice,
  });
  const check = options.check ? new Check(masker, readQuery) : undefined;
  const recorder = new Recorder({
    several: apis.length > 1,
    documents: new Set(apis.map(({ from }) => from)).size,
    host: upstream.host,
    files,
    masker,
    by,
    check,
    onNotice,
  });
  const routes = routesOf(apis);
  const onPassed = (passed: Passed) => {
    const { path, route } = whereTo(routes, upstream, passed);
    const seen: Seen = { ...passed, route, api: routes.apiAt(route, path) ?? apis[0] };
    try {
      kept?.add(seen);
      onSeen(seen, recorder.take(seen));
    } catch (error) {
      // A recording that fails must not fail the client.
      onNotice(`an exchange could not be recorded: ${(error as Error).stack}`);
    }
  };
  const calledAs = makeCalledAs(server.url, undefined, () => {});
  server.serve(makeProxy({ upstream, proxy, calledAs, now, timeout, onPassed }));
  return {
    url: server.url,
    addresses: server.addresses,
    authority: tls?.authority,
    check,
    exchanges: recorder.exchanges,
    traffic: () => kept?.read() ?? { exchanges: [], bodyOf: () => '' },
    forget: () => kept?.close(),
    close: async () => {
      await server.close();
      await files.flush();
    },
  };
}

/** The contracts' paths begin where the client's do, or where the upstream's do. */
function whereTo(routes: Routes, upstream: URL, { method, target }: Passed) {
  const path = target.split('?', 1)[0] as string;
  const route = routes.find(method, path);
  if (route.kind !== 'unknown path') return { path, route };
  const below = upstream.pathname.replace(/\/$/, '') + path;
  return { path: below, route: routes.find(method, below) };
}
