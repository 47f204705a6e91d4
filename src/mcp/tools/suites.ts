import { z } from 'zod';
import { UsageError } from '../../sandbox-error.js';
import type { Access } from '../access.js';
import { cut, pageOf } from '../paging.js';
import { cursor, limit, type Tool, tool } from '../tool.js';
import type { Runs } from './runs.js';

/** Characters at the end of what a command has said. */
const TAIL = 1500;

/** Playing suites against the client's own command. */
export function suiteTools({ ask, command, play }: Access, runs: Runs): Tool[] {
  return [
    tool({
      name: 'list_suites',
      title: 'Suites that can be run',
      description: 'Names, and what each is for.',
      input: { cursor, limit: limit(20, 50) },
      async call({ cursor: from, limit: most }) {
        const { suites } = (await ask('GET', '/suites')) as { suites: ListedSuite[] };
        const lines = suites.map(({ name, title }) => ({ name, title }));
        return pageOf(lines, from, most);
      },
    }),
    tool({
      name: 'run_suite',
      title: "Run a suite against the client's command",
      description:
        'Plays each scenario of a suite against the command that this server was started with, and judges how the client polled. list_causes with the run it names tells what to change. It may take minutes.',
      input: {
        suite: z.string().optional().describe('default: polling-basics'),
        scenarios: z.array(z.string()).max(100).optional().describe('only these'),
        pace: z
          .number()
          .int()
          .min(1)
          .max(1000)
          .optional()
          .describe('so many times faster, for a client that divides its pauses by ESOZ_PACE'),
      },
      acts: true,
      async call(asked, signal) {
        if (command.length === 0) {
          const hint = 'start this server with it: esoz-sandbox mcp -- npm test';
          throw new UsageError('USAGE_NO_COMMAND', 'no command of a client was given', hint);
        }
        const { exitCode, report, output } = await play(asked, signal);
        if (!report) return { exit_code: exitCode, run: null, output: output.slice(-TAIL) };
        const red = report.chapters.filter(({ verdict }) => !verdict.held);
        return {
          run: runs.keep(report),
          held: report.held,
          exit_code: exitCode,
          scenarios: report.chapters.length,
          red: red.slice(0, 20).map(({ name }) => name),
          causes: report.causes.slice(0, 5).map(({ id, title }) => ({ id, title })),
          ...(exitCode === 2 ? { output: cut(output.slice(-TAIL), TAIL) } : {}),
        };
      },
    }),
  ];
}

interface ListedSuite {
  name: string;
  title?: string;
}
