import { z } from 'zod';
import { UsageError } from '../../sandbox-error.js';
import type { Access } from '../access.js';
import { playPolitely } from '../play-politely.js';
import { type Tool, tool } from '../tool.js';

/** Playing one scenario, without a client. */
export function playTools(access: Access): Tool[] {
  return [
    tool({
      name: 'play_scenario',
      title: 'Play a scenario as a good client meets it',
      description:
        'Schedules a job in a new session whose clock is moved by hand, waits as it is told, and polls to the end: what a good client sees, in no time; what the job has made is not read. Give the name of a scenario, or the text of one that no file has.',
      input: {
        scenario: z.string().optional().describe('a name'),
        yaml: z.string().max(100_000).optional().describe('a text, in the place of a name'),
        operation: z.string().optional().describe('the request that schedules; default: the first'),
        polls: z.number().int().min(1).max(50).default(12).describe('it gives up behind so many'),
      },
      acts: true,
      async call({ scenario, yaml, operation, polls }, signal) {
        if ((scenario === undefined) === (yaml === undefined)) {
          const hint = 'give either `scenario` or `yaml`';
          throw new UsageError('USAGE_OPTION_CONFLICT', 'one scenario is to be played', hint);
        }
        const chosen = yaml === undefined ? { scenario } : { yaml };
        return playPolitely(access, { chosen, operation, polls }, signal);
      },
    }),
  ];
}
