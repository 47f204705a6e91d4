import { type Command, Option } from 'commander';
import { sayHelp } from './language.js';
import { binding, pack, scenarios, spec, whole } from './options.js';

/** The command for agents that program. */
export function addAgents(program: Command): void {
  program
    .command('mcp')
    .description(
      'a server of the Model Context Protocol: an agent reads verdicts, plays scenarios, runs suites',
    )
    .argument(
      '[command...]',
      "your client's own test command, behind --; in front of that documents or folders, as serve takes them",
    )
    .passThroughOptions()
    .option('--url <url>', 'a sandbox that runs already, in the place of one of its own')
    .addOption(new Option('--control-token <secret>').env('ESOZ_CONTROL_TOKEN'))
    .option(
      '-p, --port <number>',
      'port of its own sandbox; 0 picks a free one',
      whole(0, 65_535),
      0,
    )
    .option(
      '--http <number>',
      'speak HTTP on this port of this machine, at /mcp, in the place of stdin and stdout; 0 picks a free one',
      whole(0, 65_535),
    )
    .addOption(pack)
    .addOption(spec)
    .addOption(binding)
    .addOption(scenarios)
    .addHelpText('after', () =>
      sayHelp(`
An agent can run no other command than the one that stands here. It speaks English, whatever the language of the system.

Examples:
  $ esoz-sandbox mcp -- npm test
  $ esoz-sandbox mcp openapi.yaml -- php poller.php
  $ esoz-sandbox mcp --url http://127.0.0.1:4010 --http 4020

Exit codes: 0 ended, 3 usage, or no sandbox there.`),
    )
    .action(async (args, options, { parent }) =>
      (await import('./mcp.js')).serveAgents(args, options, parent?.version() ?? ''),
    );
}
