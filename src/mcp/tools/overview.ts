import type { Access } from '../access.js';
import { pageOf } from '../paging.js';
import { cursor, limit, type Tool, tool } from '../tool.js';

interface Health {
  url: string;
  scenario: string;
  scenarios: number;
  operations: readonly { id: string; method: string; path: string; answered_by: string }[];
}

interface ListedSession {
  name: string;
  url: string;
  holds: { jobs: number; exchanges: number };
}

/** What is served, and for whom. */
export function overviewTools({ ask, command }: Access): Tool[] {
  return [
    tool({
      name: 'sandbox_overview',
      title: 'What this sandbox serves',
      description:
        'Address to give to the client under test, operations that schedule or report jobs, sessions with what they hold, and the client command that run_suite plays.',
      input: { cursor, limit: limit(10, 50) },
      async call({ cursor: from, limit: most }) {
        const health = (await ask('GET', '/health')) as Health;
        const { sessions } = (await ask('GET', '/sessions')) as { sessions: ListedSession[] };
        const { url, scenario, scenarios, operations } = health;
        const jobs = operations.filter(({ answered_by: by }) => by === 'job' || by === 'report');
        return {
          url,
          plays_unless_chosen: scenario,
          scenarios,
          job_operations: jobs.map(({ id, method, path, answered_by }) => {
            return { id, request: `${method} ${path}`, answered_by };
          }),
          command: command.length > 0 ? command : null,
          sessions: pageOf(
            sessions.map(({ name, url: at, holds }) => ({ name, url: at, ...holds })),
            from,
            most,
          ),
        };
      },
    }),
  ];
}
