import { type Command, Option } from 'commander';
import {
  env,
  fast,
  gates,
  served,
  servedBeside,
  tolerance,
  withOptions,
} from './judging-options.js';
import { sayHelp } from './language.js';
import { whole } from './options.js';
import { usageIfFileFails } from './print-error.js';

/** The command that looks for a life which breaks a client. */
export function addHunting(program: Command): void {
  const hunting = program
    .command('hunt')
    .description(
      'draw lives that the contract allows until one breaks your client, and shrink it to the shortest scenario',
    )
    .argument(
      '[command...]',
      'the command and its arguments, behind --; in front of that documents or folders, as serve takes them',
    )
    .passThroughOptions()
    .option(
      '--seed <number>',
      'draws the same lives again (default: another one each time)',
      whole(0, 2 ** 31 - 1),
    )
    .option('--budget <duration>', 'how long to look: 30s, 10min', '2min')
    .option(
      '--jobs <number>',
      'runs of the client side by side (default: one for each core in fast time, else four)',
      whole(1, 64),
    )
    .option(
      '--pace <number>',
      "how many times faster than the API's own times; for a client that divides its own pauses by ESOZ_PACE",
      whole(1, 1000),
      1,
    )
    .addOption(fast)
    .option(
      '--no-fast',
      "lives at the API's own times, where they are played in fast time if that can be",
    )
    .option('--all', 'go on after the first finding, until the budget is used up')
    .option('--out <folder>', 'write the scenarios there that break the client')
    .addOption(
      new Option('--format <form>', 'text, or json for machines')
        .choices(['text', 'json'])
        .default('text'),
    )
    .addOption(env)
    .addOption(tolerance)
    .option('--output', "show the command's output as it comes")
    .addHelpText('after', () =>
      sayHelp(`
Each run of the command is played one life that follows from the binding: states, etas, faults, refusals, in any order
that a good client gets through. What breaks it is played again twice before it counts, and shrunk.

Examples:
  $ esoz-sandbox hunt -- npm test
  $ esoz-sandbox hunt --budget 10min --out ./found -- python poller.py
  $ esoz-sandbox hunt openapi.yaml --seed 7 --format json -- npm test

Exit codes: 0 nothing found, 1 a life breaks the client, 2 the client could not be played, 3 usage.`),
    )
    .action(async (command, options) => {
      process.exitCode = await usageIfFileFails((await import('./hunt.js')).hunt(command, options));
    });
  withOptions(hunting, ...gates, ...served, ...servedBeside);
}
