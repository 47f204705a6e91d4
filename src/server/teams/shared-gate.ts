import type { Socket } from 'node:net';
import type { PortGate } from '../http/port-gate.js';

/**
 * What stands for a port where a team shares one with others: while it is closed, the team's connections break, and nobody
 * else's.
 */
export class SharedGate implements PortGate {
  readonly #visitors = new Map<Socket, object>();
  #closers = 0;

  constructor(readonly name: string) {}

  get isClosed(): boolean {
    return this.#closers > 0;
  }

  note(socket: Socket, visitor: object): void {
    if (!this.#visitors.has(socket)) {
      socket.once('close', () => this.#visitors.delete(socket));
    }
    this.#visitors.set(socket, visitor);
  }

  /** Others' request may have come over a connection since: it is theirs then. */
  leave(socket: Socket): void {
    this.#visitors.delete(socket);
  }

  close(visitor: object): () => void {
    this.#closers += 1;
    for (const [socket, last] of this.#visitors) {
      if (last === visitor) process.nextTick(() => socket.destroy());
    }
    let isOpen = false;
    return () => {
      if (isOpen) return;
      isOpen = true;
      this.#closers -= 1;
    };
  }
}
