import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { SandboxError } from '../sandbox-error.js';

/** Something that an agent can call. */
export interface Tool<Shape extends z.ZodRawShape = z.ZodRawShape> {
  name: string;
  title: string;
  description: string;
  input: Shape;
  /** It changes something: a session, or whatever the client's command does. */
  acts?: true;
  call(asked: z.output<z.ZodObject<Shape>>, signal: AbortSignal): Promise<unknown>;
}

/** Keeps the types of a tool's input within its call. */
export function tool<Shape extends z.ZodRawShape>(one: Tool<Shape>): Tool {
  return one as unknown as Tool;
}

/** Answers are JSON in one text; what goes wrong says its code. */
export function register(server: McpServer, { name, title, description, input, acts, call }: Tool) {
  const annotations = { readOnlyHint: !acts, destructiveHint: false, openWorldHint: false };
  const config = { title, description, inputSchema: input, annotations };
  server.registerTool(name, config, async (asked, { signal }) => {
    try {
      const answer = await call(asked, signal);
      return { content: [{ type: 'text' as const, text: JSON.stringify(answer) }] };
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      const text = `${error.message} [${error.code}]`;
      return { content: [{ type: 'text' as const, text }], isError: true };
    }
  });
}

/** Parts of inputs that several tools have. */
export const cursor = z.string().optional().describe('`next` of the page before');

export function limit(usual: number, most: number) {
  return z.number().int().min(1).max(most).default(usual).describe('items of a page');
}

export const session = z
  .string()
  .default('default')
  .describe('name of a session, as sandbox_overview lists them');
