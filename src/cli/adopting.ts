import { type Command, Option } from 'commander';
import { sayHelp } from './language.js';
import { append } from './options.js';
import { usageIfFileFails } from './print-error.js';

/** The commands by which a team lives with verdicts: frozen profiles, two runs side by side, signed statements. */
export function addAdopting(program: Command): void {
  addProfile(program);
  addCompare(program);
  addAttest(program);
}

function addProfile(program: Command): void {
  const profiles = program
    .command('profile')
    .description('frozen lists of scenarios, rules and tolerances that exec --profile plays');
  profiles
    .command('list', { isDefault: true })
    .description('those that come with the package')
    .option('--json', 'for machines')
    .action(async (options) => (await import('./profile.js')).listProfiles(options));
  profiles
    .command('show <name>')
    .description('what one asks of a client; NAME, or the folder of one of your own')
    .option('--json', 'for machines')
    .action(async (name, options) => (await import('./profile.js')).showProfile(name, options));
  profiles
    .command('check [names...]')
    .description(
      'is it as it was frozen, and can this version play all of it? (default: those of the package)',
    )
    .action(async (names) => (await import('./profile.js')).checkProfiles(names));
  profiles
    .command('freeze <name>')
    .description('write what a suite is today as a profile of your own')
    .requiredOption('--suite <name>', 'the suite, by name or file')
    .option('--out <folder>', 'where its folder goes', '.')
    .option('--pack <name>', 'the pack that the suite is of (default: the one that serve has)')
    .option(
      '--without <scenario>',
      'leave this scenario out; may be given several times',
      append,
      [],
    )
    .option('--title <text>', 'what people read in listings (default: that of the suite)')
    .option('--about <text>', 'whom it is for (default: as the suite says)')
    .option('--date <day>', 'its date (default: today)')
    .addHelpText('after', () =>
      sayHelp(`
Examples:
  $ esoz-sandbox profile freeze ours-2026.1 --suite polling-full --without never-ends --out profiles
  $ esoz-sandbox exec --profile ./profiles/ours-2026.1 -- npm test`),
    )
    .action(async (name, options) => (await import('./profile.js')).freeze(name, options));
}

function addCompare(program: Command): void {
  program
    .command('compare <before> <after>')
    .description('what has become better or worse from one JSON report to another')
    .addOption(
      new Option('--format <form>', 'how it is told')
        .choices(['text', 'markdown', 'json'])
        .default('text'),
    )
    .addHelpText('after', () =>
      sayHelp(`
Both are reports of exec or verdict, written by --report json=FILE.

Examples:
  $ esoz-sandbox compare main.json branch.json
  $ esoz-sandbox compare main.json branch.json --format markdown >> $GITHUB_STEP_SUMMARY

Exit codes: 0 nothing has become worse, 1 something has, 3 usage, or a file is no such report.`),
    )
    .action(async (before, after, options) => {
      const { compare } = await import('./compare.js');
      process.exitCode = await usageIfFileFails(compare(before, after, options));
    });
}

function addAttest(program: Command): void {
  program
    .command('attest [report]')
    .description(
      'a signed statement of what a JSON report of exec says, that anyone can check offline',
    )
    .option('--key <file>', 'the private key that signs; with --check the public one')
    .option('--client <name>', 'the client that was played')
    .option('--client-version <version>', 'its version')
    .option('--check <file>', 'check a statement, and tell what it says')
    .option(
      '--new-key <file>',
      'make a pair of keys: FILE signs and stays with you, FILE.pub checks',
    )
    .option('--json', 'with --check: the statement as JSON')
    .addHelpText('after', () =>
      sayHelp(`
The statement is a JWS (RFC 7515) signed by Ed25519 (EdDSA, RFC 8037). It holds client, profile or suite, hashes of
profile and contracts, the sandbox's version, and what each rule has come to in each scenario.

Examples:
  $ esoz-sandbox attest --new-key team.key
  $ esoz-sandbox exec --profile polling-2026.1 --report json=run.json -- npm test
  $ esoz-sandbox attest run.json --key team.key --client our-mis --client-version 4.2.0 > polling.jws
  $ esoz-sandbox attest --check polling.jws --key team.key.pub

Exit codes: 0 signed, or the statement is genuine, 1 it is not (another key, or changed), 3 usage, or a file that cannot be read.`),
    )
    .action(async (report, options) => {
      process.exitCode = await (await import('./attest.js')).attest(report, options);
    });
}
