import { loadSetup } from '../load/load-setup.js';
import { apiFilesOf } from '../load/pack-description.js';
import { isLoopback, type ServerOptions, type TlsOptions } from '../load/server-options.js';
import { readSignatures, watchFiles } from '../load/watch.js';
import { formatProblem } from '../problem.js';
import { Renderer } from '../sandbox/render.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import type { Session, SessionEvent } from '../sandbox/session.js';
import type { Storing } from '../sandbox/stored/store-keeper.js';
import { UsageError } from '../sandbox-error.js';
import { needsStateless } from './api/answer-request.js';
import { makeCalledAs } from './http/called-as.js';
import { listen } from './http/listen.js';
import { onceAnswered } from './http/once-answered.js';
import { bareHost } from './http/own-address.js';
import { makeTrust } from './http/trusted-proxies.js';
import { openRest } from './rest/open-rest.js';
import { type House, makeAnswers, openRoom } from './room.js';
import { openTeams, type TeamAddress } from './teams/open-teams.js';

/** A request that is refused before its session is known. */
const NO_REQUEST = { url: '', request: '', where: () => ({ origin: '', api: '' }) };

/** A sandbox that listens. */
export interface RunningServer {
  /** Without a slash at its end: `http://127.0.0.1:4010`. */
  url: string;
  /** Every address that it can be called by; the first is `url`. */
  addresses: readonly string[];
  /** File of the certificate that clients of a made one have to trust. */
  authority: string | undefined;
  /** Where there are teams, that of nobody. */
  sandbox: Sandbox;
  /** Where each team finds its own sandbox; undefined: there are no teams. */
  teams: readonly TeamAddress[] | undefined;
  /** Waits until every webhook that is due in a session by now has been sent, taken or not. */
  webhooksSent(session: Session): Promise<void>;
  /** Sends what is held back, cuts what hangs, finishes the other open requests, then resolves. */
  close(): Promise<void>;
}

/** Told of what happens; both are for people and logs. */
export interface Listeners {
  onEvent?: (session: Session, event: SessionEvent) => void;
  onNotice?: (text: string) => void;
}

/**
 * Starts a sandbox.
 * @param storing how sessions are spread over memory and store, where otherwise than usual
 * @throws FileError for a file that cannot be used, UsageError for options that cannot be
 */
export async function startServer(
  options: ServerOptions = {},
  { onEvent, onNotice = () => {} }: Listeners = {},
  storing: Partial<Storing> = {},
): Promise<RunningServer> {
  const { port = 4010, controlToken, trustProxy } = options;
  const host = bareHost(options.host ?? '127.0.0.1');
  if (!isLoopback(host) && !controlToken) {
    const what = `listening on ${host} opens the control API to the network`;
    const hint = 'give it a secret with --control-token (or ESOZ_CONTROL_TOKEN)';
    throw new UsageError('USAGE_TOKEN_NEEDED', what, hint);
  }
  const trust = trustProxy && makeTrust(trustProxy);
  const served = apiFilesOf(options);
  const before = options.watch
    ? await Promise.all(served.map((files) => readSignatures(files).catch(() => undefined)))
    : [];
  const setup = await loadSetup(options);
  const refusal = (status: number, message: string) =>
    new Renderer(setup.apis[0].binding, '', NO_REQUEST).refusal({ status, message }).body;
  const rest = await openRest(options, setup, refusal);
  const stateless = makeAnswers(options.seed);
  const house: House = { setup, options, stateless, rest, refusal, onEvent, onNotice, storing };
  // Sessions are those of teams, where there are any: nobody's are kept.
  const room = await openRoom(
    options.teams === undefined ? house : { ...house, options: { ...options, store: 'memory' } },
  );
  const { timeouts, maxHeaderSize } = options;
  const tls = options.tls && (await openTls(options.tls, host, onNotice));
  const listenAt = (at: number, name?: string) =>
    listen(host, at, refusal, { timeouts, maxHeaderSize, tls, notice: onNotice, name });
  const server = await listenAt(port);
  room.ports.add(server.gate);
  const tellOfProxy = (from: string) => onNotice(ignoredProxy(from));
  const calledAt = (url: string) => makeCalledAs(url, trust, tellOfProxy);
  const main = { url: server.url, calledAs: calledAt(server.url) };
  const teams =
    options.teams === undefined
      ? undefined
      : await openTeams(options.teams, house, room, main, { listenAt, calledAt });
  const { handle, app } = teams ?? room.answerAt(main);
  const later = onceAnswered(() => {
    void app.load();
    for (const api of setup.apis)
      if (api.contract.isRead && needsStateless(api, setup)) stateless.begin(api.contract);
  });
  server.serve((req, res) => {
    later(res);
    handle(req, res);
  });
  // It has started: nothing that can wait, or that waits for others, stands between here and the first answer.
  const unwatch = served.flatMap((files, from) => {
    const known = before[from];
    if (!known) return [];
    const onContract = () => stateless.renew();
    return [watchFiles({ setup, from, files, before: known, notice: onNotice, onContract })];
  });
  const unwatchStubs = options.watch ? rest?.watch(onNotice) : undefined;
  // Behind the line that says that it listens: machines read that one first.
  setImmediate(() => {
    for (const problem of [...setup.problems, ...(rest?.problems ?? [])]) {
      onNotice(formatProblem(problem));
    }
    room.begin();
    teams?.begin();
  });
  return {
    url: server.url,
    addresses: server.addresses,
    authority: tls?.authority,
    sandbox: room.sandbox,
    teams: teams?.addresses,
    webhooksSent: room.postman.deliverAll,
    close: async () => {
      for (const end of unwatch) end();
      unwatchStubs?.();
      teams?.end();
      room.end();
      await Promise.all([server.close(), teams?.closePorts()]);
      await stateless.close();
      await teams?.close();
      await room.close();
    },
  };
}

async function openTls(options: TlsOptions | true, host: string, notice: (text: string) => void) {
  const { loadTls } = await import('./tls/load-tls.js');
  return loadTls(options === true ? {} : options, host, notice);
}

function ignoredProxy(from: string): string {
  const what = `a proxy at ${from} tells how its clients call it (Forwarded, X-Forwarded-*)`;
  return `${what}; it is not believed, so links lead past it: start with --trust-proxy ${from} if it is yours`;
}
