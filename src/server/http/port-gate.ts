import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import { Server as NetServer, type Socket } from 'node:net';

/** One address at which a server listens. */
export interface PortGate {
  /** Servers that share a store have one of the same name each. */
  readonly name: string;
  /**
   * Takes no connection any more, as if no server were there, and ends those whose last request was the
   * visitor's. Returns how to listen again; the last of several who have closed it opens it.
   */
  close(visitor: object): () => void;
  /** Notes whose request has come by a connection. */
  note(socket: Socket, visitor: object): void;
}

/** Another process may have taken the port for a moment. */
const TRY_AGAIN = 100;

const gates = new WeakMap<Socket, PortGate>();

/** The gate through which a connection came. */
export function portGateOf(socket: Socket): PortGate | undefined {
  return gates.get(socket);
}

/**
 * @param name of the gate
 * @param closing whether the server is to listen no more at all
 * @param arrival what brings the connection that requests come by
 */
export function makePortGate(
  server: Server | TlsServer,
  host: string,
  closing: () => boolean,
  arrival: 'connection' | 'secureConnection',
  name = 'main',
): PortGate {
  const visitors = new Map<Socket, object | undefined>();
  const { port } = server.address() as { port: number };
  let closers = 0;
  const listen = () => {
    if (!closing() && !server.listening && closers === 0) server.listen(port, host);
  };
  server.on('error', () => setTimeout(listen, TRY_AGAIN).unref());
  const gate: PortGate = {
    name,
    note: (socket, visitor) => visitors.set(socket, visitor),
    close: (visitor) => {
      closers += 1;
      // http.Server's own would end every idle connection, and count none from then on.
      if (server.listening) NetServer.prototype.close.call(server);
      // A tick later: the parser that has brought the request is not through with it, and an encrypted
      // connection whose lower one is gone would close at once.
      for (const [socket, last] of visitors) {
        if (last === visitor) process.nextTick(() => socket.destroy());
      }
      let open = false;
      return () => {
        if (open) return;
        open = true;
        closers -= 1;
        listen();
      };
    },
  };
  server.on(arrival, (socket: Socket) => {
    gates.set(socket, gate);
    visitors.set(socket, undefined);
    socket.once('close', () => visitors.delete(socket));
  });
  return gate;
}
