import type { IncomingMessage } from 'node:http';
import { makeStateless, type Stateless } from '../contract/stateless.js';
import type { ServerOptions } from '../load/server-options.js';
import { Sandbox } from '../sandbox/sandbox.js';
import type { Session, SessionEvent } from '../sandbox/session.js';
import type { Setup } from '../sandbox/setup.js';
import type { Storing } from '../sandbox/stored/store-keeper.js';
import { ClosedPorts } from './closed-ports.js';
import type { CalledAs } from './http/called-as.js';
import type { Handler } from './http/listen.js';
import type { PortGate } from './http/port-gate.js';
import { type LazyApp, lazyApp } from './lazy-app.js';
import { makeHandler } from './make-handler.js';
import { Counts } from './metrics/counts.js';
import { type Measured, makeMetrics } from './metrics/metrics.js';
import { openStore } from './open-store.js';
import { makeRenewable } from './renewable-stateless.js';
import { isNews, noticesOf, RESTARTED } from './replicas.js';
import { reportUnexpected } from './report-unexpected.js';
import type { Rest } from './rest/rest.js';
import { lazyPostman } from './webhooks/lazy-postman.js';

export type Renewable = ReturnType<typeof makeRenewable>;

export const makeAnswers = (seed: number | undefined): Renewable =>
  makeRenewable((): Stateless => makeStateless(seed));

/** Sessions with all that answers for them: what one team has, or the whole of a server without teams. */
export interface Room {
  sandbox: Sandbox;
  counts: Counts;
  postman: ReturnType<typeof lazyPostman>;
  ports: ClosedPorts;
  /** Answers requests that come by an address of it. */
  answerAt(address: RoomAddress): { handle: Handler; app: LazyApp };
  /** What it says once the server listens. */
  begin(tellsOfStore?: boolean): void;
  /** Ends what goes on in its sessions. */
  end(): void;
  /** Keeps what is still to be kept. */
  close(): Promise<void>;
}

/** Where a room is reached. */
export interface RoomAddress {
  url: string;
  calledAs: (req: IncomingMessage) => CalledAs;
  /** What a fault closes there; undefined: the port by which a request came. */
  gate?: PortGate;
  /** Rooms whose figures are told there; left out: its own. */
  measured?: () => readonly Measured[];
}

/** What rooms of one server share. */
export interface House {
  setup: Setup;
  options: ServerOptions;
  stateless: Renewable;
  rest: Rest | undefined;
  refusal: (status: number, message: string) => string;
  onEvent: ((session: Session, event: SessionEvent) => void) | undefined;
  onNotice: (text: string) => void;
  storing: Partial<Storing>;
}

/** @throws UsageError when its store cannot be opened */
export async function openRoom(house: House): Promise<Room> {
  const { setup, options, stateless, rest, refusal, onEvent, onNotice, storing } = house;
  const sendsWebhooks = () => setup.apis.some(({ binding }) => binding.webhooks);
  const store = await openStore(
    options.store,
    setup,
    {
      onLoss: () => sandbox.forgetUnkept(),
      // Who waits for a session or watches it is to see what others do; whoever asks for it reads it anew.
      onChange: (name) => {
        if (sandbox.find(name)?.busy || sandbox.isAwaited(name))
          void sandbox.renew(name).catch(() => {});
      },
      onHeard: (name, facts) => {
        // Whoever has brought webhooks about may die before they are sent.
        const mustSend = sendsWebhooks() && facts.some(isNews);
        if (mustSend || sandbox.isAwaited(name)) void sandbox.caughtUp(name).catch(() => {});
      },
      onGap: () => {
        sandbox.renewBusy();
        if (sendsWebhooks()) void sandbox.bringAll().catch(() => {});
      },
      onRestart: () => onNotice(RESTARTED),
      onSaid: (text) => ports.hear(text),
    },
    storing,
  );
  const sharing = store?.others && {
    by: store.others.name,
    ready: async (name: string) => sandbox.ready(name),
  };
  const postman = lazyPostman(options.webhooks, options.timeouts?.webhook, sharing);
  const counts = new Counts();
  const sandbox: Sandbox = new Sandbox(
    setup,
    (session, event) => {
      postman.hear(session, event);
      counts.hear(event);
      onEvent?.(session, event);
    },
    store,
  );
  const ports = new ClosedPorts(sandbox, store?.others);
  return {
    sandbox,
    counts,
    postman,
    ports,
    answerAt: ({ url, calledAs, gate, measured = () => [{ sandbox, counts }] }) => {
      const app = lazyApp(sandbox, url, calledAs, options, makeMetrics(measured));
      const answering = { stateless, rest, postman, refusal, ports, gate };
      return { handle: makeHandler(sandbox, calledAs, app.handle, answering, options), app };
    },
    begin: (tellsOfStore = true) => {
      if (tellsOfStore) for (const text of noticesOf(store)) onNotice(text);
      store?.others?.begin(onNotice);
      // Their clients wait for webhooks, and may never ask.
      if (store && sendsWebhooks()) void sandbox.bringAll().catch(reportUnexpected);
    },
    end: () => {
      postman.close();
      sandbox.close();
    },
    close: async () => {
      await store?.close();
    },
  };
}
