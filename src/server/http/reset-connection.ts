import type { Socket } from 'node:net';

/** What lies below a connection that is encrypted. */
const below = new WeakMap<Socket, Socket>();

/** Notes the connection that carries an encrypted one. */
export function noteBelow(encrypted: Socket, raw: Socket): void {
  below.set(encrypted, raw);
}

/** Breaks a connection by a reset (RFC 9293 §3.5.2); only TCP knows one. */
export function resetConnection(socket: Socket): void {
  (below.get(socket) ?? socket).resetAndDestroy();
}
