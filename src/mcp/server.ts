import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { Access } from './access.js';
import { register } from './tool.js';
import { causeTools } from './tools/causes.js';
import { overviewTools } from './tools/overview.js';
import { playTools } from './tools/play.js';
import { Runs } from './tools/runs.js';
import { scenarioTools } from './tools/scenarios.js';
import { sessionTools } from './tools/session.js';
import { suiteTools } from './tools/suites.js';

const INSTRUCTIONS = [
  'A sandbox for clients of asynchronous APIs: it plays scripted lives of jobs and judges how a client polls.',
  'Begin with sandbox_overview. After a client has used the sandbox, list_causes says what to change in it, gravest',
  'first, and explain_cause shows one of them with evidence. Answers are short; `next` leads to the following page.',
].join(' ');

/**
 * A server of the Model Context Protocol over a sandbox. One serves one connection.
 * @param runs what suites have come to; several connections may share them
 */
export function makeMcpServer(access: Access, version: string, runs = new Runs()): McpServer {
  const server = new McpServer(
    { name: 'esoz-sandbox', version },
    { instructions: INSTRUCTIONS, capabilities: { tools: {} } },
  );
  const tools = [
    ...overviewTools(access),
    ...causeTools(access, runs),
    ...sessionTools(access),
    ...scenarioTools(access),
    ...playTools(access),
    ...suiteTools(access, runs),
  ];
  for (const one of tools) register(server, one);
  return server;
}
