import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A connection without any HTTP client, for what a client would never send. */
export async function openWire(url: string) {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect(Number(port), hostname);
  onTestFinished(() => {
    socket.destroy();
  });
  let text = '';
  let wake = () => {};
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1');
    wake();
  });
  let failure: string | undefined;
  const closed = new Promise<void>((done) => {
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      failure = code;
    });
    socket.on('close', () => {
      wake();
      done();
    });
  });
  await new Promise<void>((done) => {
    socket.on('connect', done);
  });
  return {
    write: (bytes: string | Uint8Array) => socket.write(bytes),
    /** Says that nothing more will be sent. */
    end: () => socket.end(),
    /** Breaks off, without a goodbye. */
    reset: () => socket.resetAndDestroy(),
    /** What has come by the time that the server has closed the connection. */
    whole: async () => {
      await closed;
      return text;
    },
    /** What has come until now. */
    soFar: () => text,
    /** The error that has ended the connection; undefined when it was closed in peace. */
    failure: async () => {
      await closed;
      return failure;
    },
    /** What has come by the time that it holds `part`. */
    until: async (part: string) => {
      while (!text.includes(part) && !socket.destroyed) {
        await new Promise<void>((done) => {
          wake = done;
        });
      }
      return text;
    },
  };
}

/** Sends bytes as they are; what comes back until the server closes the connection. */
export async function sendRaw(url: string, bytes: string | Uint8Array): Promise<string> {
  const wire = await openWire(url);
  wire.write(bytes);
  return wire.whole();
}

/** `HTTP/1.1 404 Not Found` → 404; 0 when it is no answer. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);
}
