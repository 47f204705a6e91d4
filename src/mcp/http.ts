import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

const PATH = '/mcp';

/** Names of this machine, as `Host` has them. */
const LOCAL = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

/**
 * Speaks with agents over HTTP, on this machine alone. A page of somebody else in a browser of this machine is refused:
 * its requests bear its origin, or a name of its own for this address.
 * @param make a server for a connection: each request is one
 */
export async function listenForAgents(make: () => McpServer, port: number) {
  const server = createServer((req, res) => {
    void answer(make, req, res).catch(() => {
      if (!res.headersSent) refuse(res, 500, 'the request could not be answered');
      else res.destroy();
    });
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(port, '127.0.0.1', listening);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}${PATH}`,
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  make: () => McpServer,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { host = '', origin } = req.headers;
  if (!LOCAL.test(host) || !isLocal(origin))
    return refuse(res, 403, 'only agents of this machine are answered');
  if (req.url?.split('?', 1)[0] !== PATH) return refuse(res, 404, `agents are answered at ${PATH}`);
  // Nothing is kept of a connection, so there is nothing to listen to or to end.
  if (req.method !== 'POST') return refuse(res, 405, 'POST is answered here', { Allow: 'POST' });
  const server = make();
  const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
  res.once('close', () => void server.close());
  await server.connect(transport as Parameters<McpServer['connect']>[0]);
  await transport.handleRequest(req, res);
}

function isLocal(origin: string | undefined): boolean {
  return origin === undefined || (URL.canParse(origin) && LOCAL.test(new URL(origin).host));
}

function refuse(res: ServerResponse, status: number, message: string, headers = {}): void {
  const error = { jsonrpc: '2.0', id: null, error: { code: -32_000, message } };
  res.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  res.end(JSON.stringify(error));
}
