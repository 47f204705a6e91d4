import type { Command } from 'commander';
import { sayHelp } from './language.js';
import { binding, pack, scenarios, spec, whole } from './options.js';
import { EXIT } from './print-error.js';

/** The commands for somebody who has a document and nothing else. */
export function addBeginning(program: Command): void {
  addInit(program);
  addTry(program);
}

function addInit(program: Command): void {
  program
    .command('init <file>')
    .description(
      'find the jobs of an OpenAPI document, and write binding, scenarios and a page beside it',
    )
    .option(
      '--operation <id>',
      'an operation of the jobs that are meant, where there are several kinds',
    )
    .option('-y, --yes', 'overwrite without asking what init has written and nobody has changed')
    .option('--dry-run', 'print the files and write none')
    .addHelpText('after', () =>
      sayHelp(`
Each guess stands in binding.yaml with its reason and its place in the document; what it is unsure of is a question in
a comment. What a person has changed is overwritten only after an answer at the keyboard; with --yes it is refused.

Examples:
  $ esoz-sandbox init openapi.yaml
  $ esoz-sandbox init openapi.yaml --dry-run
  $ esoz-sandbox init openapi.yaml --operation createBatch --yes`),
    )
    .action(async (file, options) => (await import('./init.js')).init(file, options));
}

function addTry(program: Command): void {
  program
    .command('try [file]')
    .description(
      'play a job of each kind from its request to its end against a sandbox of its own, and tell each exchange',
    )
    .option(
      '--operation <id>',
      'the operation that schedules it (default: the first one of each kind of jobs)',
    )
    .option('-s, --scenario <name>', 'the life that it lives')
    .option('--pace <number>', 'how many times faster than real time', whole(1, 1000), 1)
    .addOption(pack)
    .addOption(spec)
    .addOption(binding)
    .addOption(scenarios)
    .addHelpText('after', () =>
      sayHelp(`
Examples:
  $ esoz-sandbox try openapi.yaml
  $ esoz-sandbox try openapi.yaml --scenario failed --pace 10
  $ esoz-sandbox try --pack NAME

Exit codes: 0 the job came to its end, done or failed, 1 it did not, or a file has mistakes, 3 usage.`),
    )
    .action(async (file, options) => {
      const { tryOut } = await import('./try.js');
      process.exitCode = (await tryOut(file, options)) ? 0 : EXIT.problems;
    });
}
