import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { onTestFinished } from 'vitest';
import { collect, start, until } from '../support/command.js';

/** A program that speaks to the sandbox as an agent does, by the client of the protocol's makers. */
export interface Agent {
  client: Client;
  /** @returns what a tool answers @throws Error what it refuses */
  call<T>(name: string, asked?: Record<string, unknown>): Promise<T>;
}

const GOOD = ['node', 'examples/javascript/poller.mjs'];

/** An agent that has started the server itself, and speaks over its standard input and output. */
export async function openOverStdio(...args: string[]): Promise<Agent> {
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['dist/cli.js', 'mcp', ...args, '--', ...GOOD],
    env: { ...process.env, ESOZ_LANG: 'uk' } as Record<string, string>,
    stderr: 'inherit',
  });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return { client, call: callerOf(client) };
}

/** An agent that finds the server at an address. */
export async function openOverHttp(...args: string[]): Promise<Agent & { url: string }> {
  const child = start(['mcp', '--http', '0', ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = collect(child.stderr);
  const found = () => /http:\/\/127\.0\.0\.1:\d+\/mcp/.exec(said.join(''))?.[0];
  await until(
    () => found() !== undefined,
    () => said.join(''),
  );
  const url = found() as string;
  const client = new Client({ name: 'test', version: '1' });
  // The SDK's own types do not take `exactOptionalPropertyTypes` into account.
  await client.connect(new StreamableHTTPClientTransport(new URL(url)) as never);
  onTestFinished(() => client.close());
  return { client, call: callerOf(client), url };
}

function callerOf(client: Client): Agent['call'] {
  return async <T>(name: string, asked: Record<string, unknown> = {}) => {
    const { content, isError } = await client.callTool({ name, arguments: asked }, undefined, {
      timeout: 120_000,
    });
    const [{ text = '' } = {}] = content as { text?: string }[];
    if (isError) throw new Error(text);
    return JSON.parse(text) as T;
  };
}
