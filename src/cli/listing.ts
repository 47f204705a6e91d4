import { type Command, Option } from 'commander';
import { GROUPS } from '../scenario/scenario.js';
import { sayHelp } from './language.js';
import { binding, pack, scenarios, spec, whole } from './options.js';
import { EXIT } from './print-error.js';

/** The commands that show what there is to play, check it, and play it. */
export function addListing(program: Command): void {
  const listing = program
    .command('scenarios')
    .description('list the scenarios, or show one of them');
  listing
    .command('list [files...]', { isDefault: true })
    .description('every scenario with its magic identifier; FILES as serve takes them')
    .addOption(pack)
    .addOption(spec)
    .addOption(binding)
    .addOption(scenarios)
    .option('--group <name>', `only this group: ${GROUPS.join(', ')}`)
    .addOption(new Option('--json', 'for machines').conflicts('markdown'))
    .option('--markdown', 'the page of the catalogue, with what each scenario teaches and expects')
    .action(async (files, options) =>
      (await import('./scenarios.js')).listScenarios(files, options),
    );
  listing
    .command('show <name>')
    .description('one scenario, step by step')
    .addOption(pack)
    .addOption(spec)
    .addOption(binding)
    .addOption(scenarios)
    .option('--json', 'for machines')
    .action(async (name, options) => (await import('./scenarios.js')).showOne(name, options));

  program
    .command('faults')
    .description('what can happen to an answer: names for scenarios and for --chaos-faults')
    .option('--json', 'for machines')
    .action(async (options) => (await import('./faults.js')).listFaults(options));

  program
    .command('lint [paths...]')
    .description(
      'check files of scenarios, suites, bindings, baselines and profiles, or folders of them (default: the catalogue and --scenarios)',
    )
    .addOption(pack)
    .addOption(spec)
    .addOption(binding)
    .addOption(scenarios)
    .option('--json', 'one JSON document, for machines')
    .addHelpText('after', () =>
      sayHelp(`
It checks suites in folders named suites, and the binding in use, as well; a file that starts with suite:, binding:,
baseline: or profile: is checked as what it is. Warnings are worth a look and leave the exit code at 0.

--json writes {"files": [...], "errors": 1, "warnings": 0, "problems": [{"code": "SCENARIO_UNKNOWN_KEY",
"severity": "error", "file": "my.yaml", "line": 2, "column": 1, "message": "...", "hint": "..."}]}. Lines and columns
count from 1; both are 0 when the whole file is meant. A code keeps its name and its meaning.`),
    )
    .action(async (paths, options) => {
      process.exitCode = (await (await import('./lint.js')).lint(paths, options))
        ? 0
        : EXIT.problems;
    });
}

/** What one may do with the package and what it holds of others. */
export function addLicences(program: Command): void {
  program
    .command('licences')
    .description('the licences of everything that is part of this program')
    .action(async () => (await import('./licences.js')).printLicences());
}

/** It stands last among the commands. */
export function addDemo(program: Command): void {
  program
    .command('demo [files...]')
    .description('play the whole sequence of an API and a few mishaps against itself')
    .addOption(pack)
    .addOption(spec)
    .addOption(binding)
    .option('--pace <number>', 'how many times faster than real time', whole(1, 1000), 4)
    .action(async (files, options) => (await import('./demo.js')).demo(files, options));
}
