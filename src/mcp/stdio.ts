import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

/** Speaks with one agent over standard input and output, until its end of them closes. */
export async function speakOverStdio(server: McpServer) {
  const ended = new Promise<void>((tell) => {
    process.stdin.once('end', tell);
    process.stdin.once('close', tell);
    server.server.onclose = tell;
  });
  await server.connect(new StdioServerTransport());
  return { ended: ended.then(() => server.close()), close: () => server.close() };
}
