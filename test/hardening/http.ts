import { Agent, type IncomingHttpHeaders, request } from 'node:http';

/** A request as it is put on the wire: nothing is checked or corrected on the way. */
export interface Wanted {
  method: string;
  /** Path and query, already encoded. */
  target: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

export interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** A client that keeps its connections alive and follows nothing. */
export function openHttp(base: string, sockets: number) {
  const { hostname, port } = new URL(base);
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  const ask = ({ method, target, headers, body }: Wanted) =>
    new Promise<Got>((done, fail) => {
      const length = body === undefined ? {} : { 'Content-Length': String(body.length) };
      const options = { agent, hostname, port, method, path: target };
      const sent = request({ ...options, headers: { ...headers, ...length } }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('error', fail);
        answer.on('end', () => {
          const text = Buffer.concat(pieces).toString();
          done({ status: answer.statusCode ?? 0, headers: answer.headers, text });
        });
      });
      sent.on('error', fail);
      sent.end(body);
    });
  return { ask, close: () => agent.destroy() };
}
