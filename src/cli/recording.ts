import { type Command, Option } from 'commander';
import {
  baselineOptions,
  profileOfRules,
  report,
  served,
  tolerance,
  whileRunning,
  withOptions,
} from './judging-options.js';
import { sayHelp } from './language.js';
import { append, tlsOptions, whole } from './options.js';
import { usageIfFileFails } from './print-error.js';

/** The command that records a real system. */
export function addRecording(program: Command): void {
  const recording = program
    .command('record')
    .description(
      'stand in front of a real system, pass everything on, and write what it does as scenarios',
    )
    .requiredOption(
      '--upstream <url>',
      'the real system: https://api.example.org, with a path if it has one',
    )
    .requiredOption('--out <folder>', 'where the files go; what is there stays')
    .option('-p, --port <number>', 'port to listen on; 0 picks a free one', whole(0, 65_535), 4011)
    .option(
      '--host <address>',
      'address to listen on; clients there send their credentials',
      '127.0.0.1',
    )
    .addOption(
      new Option('--by <measure>', 'what ends a step of a recorded life')
        .choices(['time', 'polls'])
        .default('time'),
    )
    .option(
      '--check',
      'hold requests and answers against the contract; exit 1 when one departs from it',
    )
    .option(
      '--judge',
      'tell at the end what the auditor says of the client; exit 1 for a finding of severity error. --report, --tolerance, --baseline, --profile and --while-running go with it',
    )
    .option('--no-mask', 'write tokens, names and identifiers as they are')
    .option(
      '--mask <field>',
      'mask this field or header too; may be given several times',
      append,
      [],
    )
    .option(
      '--keep <field>',
      'leave this field or header as it is; may be given several times',
      append,
      [],
    )
    .option('--timeout <duration>', 'how long the upstream may be silent', '2min')
    .option('--json', 'one JSON object a line, for machines')
    .option('-q, --quiet', 'say nothing of exchanges')
    .addHelpText('after', () =>
      sayHelp(`
Point the client at the recorder's address in the place of the system's; Ctrl-C ends the recording.

Examples:
  $ esoz-sandbox record --upstream https://api-preprod.ehealth.gov.ua --out recorded
  $ esoz-sandbox record --upstream http://127.0.0.1:4010/~worker-3 --out recorded --check
  $ esoz-sandbox record --upstream https://api.example.org --out recorded --judge --report html=verdict.html
  $ esoz-sandbox serve --scenarios recorded --scenario NAME

Exit codes: 0 recorded, 1 something departs from the contract (--check) or a rule is broken (--judge), 2 nothing was judged
(--judge), 3 usage, or files that cannot be written.`),
    )
    .action(async (options) => {
      const { record } = await import('./record.js');
      process.exitCode = (await usageIfFileFails(record(options))) ?? process.exitCode;
    });
  withOptions(
    recording,
    ...served,
    ...[report, tolerance, ...baselineOptions, profileOfRules, whileRunning],
    ...tlsOptions,
  );
}
