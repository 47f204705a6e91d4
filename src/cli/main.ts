#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { asset } from '../assets.js';
import { FileError } from '../problem.js';
import type { ClockSetting } from '../sandbox/clock.js';
import { UsageError } from '../server/load.js';

const EXIT = { problems: 1, usage: 3 } as const;
const { version } = JSON.parse(readFileSync(asset('package.json'), 'utf8')) as { version: string };

const program = new Command('esoz-sandbox')
  .description(
    'A stateful sandbox for asynchronous APIs: it plays scripted lives of jobs, so that you can test how your client polls.',
  )
  .version(version)
  .showHelpAfterError('(add --help for the options, with examples)')
  .enablePositionalOptions()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT.usage))
  .addHelpText(
    'after',
    `
Examples:
  $ esoz-sandbox serve                                  the Compositions API on http://127.0.0.1:4010
  $ esoz-sandbox serve --scenario failed-1172           every job fails with code 1172
  $ esoz-sandbox serve --clock paced:10 --port 0        ten times faster, on a free port
  $ esoz-sandbox scenarios                              what can be played, with magic identifiers
  $ esoz-sandbox lint my-scenarios                      mistakes, with file, line and column
  $ esoz-sandbox exec -- npm test                       your client's tests, judged by how they poll
  $ esoz-sandbox demo                                   the whole sequence, as it happens

Exit codes: 0 all is well, 1 a file has mistakes or a client breaks a rule, 2 the client's command failed by itself,
3 the command line cannot be understood.`,
  );

const spec = new Option(
  '--spec <file>',
  'OpenAPI 3.0 or 3.1 document (default: the Compositions API)',
);
const binding = new Option(
  '--binding <file>',
  'which operations schedule and report jobs (default: binding.yaml beside the document)',
);
const scenarios = new Option(
  '--scenarios <folder>',
  'your own scenarios; one named like a scenario of the catalogue takes its place',
);

program
  .command('serve')
  .description('start the sandbox and tell every exchange, one line each')
  .option('-p, --port <number>', 'port to listen on; 0 picks a free one', whole(0, 65_535), 4010)
  .option(
    '--host <address>',
    'address to listen on; other than this machine needs --control-token',
    '127.0.0.1',
  )
  .option('-s, --scenario <name>', 'scenario for every job that nothing else chooses one for')
  .option(
    '--clock <clock>',
    'real, manual, manual:2026-01-31T08:00:00Z, or paced:10 (ten times faster)',
    readClock,
  )
  .addOption(spec)
  .addOption(binding)
  .addOption(scenarios)
  .option('--envelope <name>', 'form of good answers: full, data or bare (default: full)')
  .option(
    '--seed <number>',
    'makes ids and generated data the same at every start',
    whole(0, 2 ** 31 - 1),
  )
  .addOption(
    new Option('--control-token <secret>', 'asked of every request to /__sandbox').env(
      'ESOZ_CONTROL_TOKEN',
    ),
  )
  .option('--keep-journal <number>', 'exchanges kept in each session', whole(0, 10_000_000), 10_000)
  .option(
    '--keep-jobs <number>',
    'finished jobs kept in each session',
    whole(0, 10_000_000),
    10_000,
  )
  .option(
    '--keep-resources <number>',
    'resources kept in each session',
    whole(1, 10_000_000),
    10_000,
  )
  .option('--keep-sessions <number>', 'sessions open at a time', whole(1, 1_000_000), 1000)
  .option('--json', 'one JSON object a line, for machines')
  .option('-q, --quiet', 'say nothing of exchanges')
  .addHelpText(
    'after',
    `
Examples:
  $ esoz-sandbox serve --scenario throttled-429
  $ esoz-sandbox serve --port 0 --clock manual --seed 7 --json
  $ esoz-sandbox serve --spec official.yaml --binding binding.yaml --scenarios ./my-scenarios`,
  )
  .action(async (options) => (await import('./serve.js')).serve(options, version));

const listing = program.command('scenarios').description('list the scenarios, or show one of them');
listing
  .command('list', { isDefault: true })
  .description('every scenario with its magic identifier')
  .addOption(spec)
  .addOption(binding)
  .addOption(scenarios)
  .option(
    '--group <name>',
    'only this group: happy, slow, failed, lost, refused, throttled, broken, odd',
  )
  .option('--json', 'for machines')
  .action(async (options) => (await import('./scenarios.js')).listScenarios(options));
listing
  .command('show <name>')
  .description('one scenario, step by step')
  .addOption(spec)
  .addOption(binding)
  .addOption(scenarios)
  .option('--json', 'for machines')
  .action(async (name, options) => (await import('./scenarios.js')).showOne(name, options));

program
  .command('lint [paths...]')
  .description('check scenario files or folders (default: the catalogue and --scenarios)')
  .addOption(spec)
  .addOption(binding)
  .addOption(scenarios)
  .action(async (paths, options) => {
    process.exitCode = (await (await import('./lint.js')).lint(paths, options)) ? 0 : EXIT.problems;
  });

const report = new Option(
  '--report <form=file>',
  'write a report: json, junit, html, markdown, text or codequality; may be given several times',
)
  .argParser(append)
  .default([], 'none');
const tolerance = new Option(
  '--tolerance <rule=value>',
  'how much a client may depart from a rule: eta-respected=1s, stops-on-404=5, no-herd=off',
)
  .argParser(append)
  .default([], 'what scenarios and suites say');
const noCi = new Option('--no-ci', 'no annotations and summaries for GitHub Actions and GitLab CI');

program
  .command('exec')
  .description("play scenarios against your client's own test command, and judge how it polls")
  .argument('[command...]', 'the command and its arguments, behind --')
  .passThroughOptions()
  .option('-s, --scenario <names...>', 'scenarios to play')
  .option('--suite <name>', 'a suite to play, by name or file (default: polling-basics)')
  .option('--pace <number>', 'how many times faster than real time', whole(1, 1000))
  .option('--timeout <duration>', 'longest that the command may take for one scenario (60s)')
  .option(
    '--env <name=template>',
    'a further variable: {url} {origin} {host} {session} {scenario} {pace} are filled in',
    append,
    [],
  )
  .addOption(report)
  .addOption(tolerance)
  .option('--any-exit', "the command's exit code does not count, only how it has polled")
  .option('--output', "show the command's output as it comes")
  .addOption(noCi)
  .addOption(spec)
  .addOption(binding)
  .addOption(scenarios)
  .addHelpText(
    'after',
    `
The command finds in its environment: ESOZ_SANDBOX_URL (base URL of a session of its own; the API lies below
it, also below /api), ESOZ_SCENARIO, ESOZ_SESSION, ESOZ_PACE.

Examples:
  $ esoz-sandbox exec -- npm test
  $ esoz-sandbox exec --suite polling-full --pace 20 --report junit=out.xml --report html=out.html -- php poller.php
  $ esoz-sandbox exec --scenario slow lost-after-pending --env EHEALTH_API_DOMAIN={url}/api -- mvn -q test

Exit codes: 0 all held, 1 a finding of severity error, 2 the command failed by itself or tested nothing, 3 usage.`,
  )
  .action(async (command, options) => {
    process.exitCode = await unusable((await import('./exec.js')).exec(command, options));
  });

program
  .command('verdict <url>')
  .description('what a running sandbox says of the client that has used it')
  .option('--session <name>', 'the session (default: the one in the URL, else "default")')
  .addOption(
    new Option('--run <state>', "how the client's run stands").choices([
      'over',
      'stopped',
      'running',
    ]),
  )
  .addOption(report)
  .addOption(tolerance)
  .addOption(new Option('--control-token <secret>').env('ESOZ_CONTROL_TOKEN'))
  .addOption(noCi)
  .addHelpText(
    'after',
    `
Examples:
  $ esoz-sandbox verdict http://127.0.0.1:4010
  $ esoz-sandbox verdict http://127.0.0.1:4010/~worker-3/api --report html=verdict.html

Exit codes: 0 all held, 1 a finding of severity error, 2 nothing was tested, 3 usage, or no sandbox there.`,
  )
  .action(async (url, options) => {
    process.exitCode = await (await import('./verdict.js')).verdict(url, options);
  });

program
  .command('rules')
  .description('every rule of the auditor, with what it goes back to')
  .option('--json', 'for machines')
  .action(async (options) => (await import('./rules.js')).listRules(options));

program
  .command('suites')
  .description('the suites that exec can play')
  .addOption(scenarios)
  .action(async (options) => (await import('./suites.js')).showSuites(options));

program
  .command('demo')
  .description('play create, poll, read, sign, cancel and two mishaps against itself')
  .option('--pace <number>', 'how many times faster than real time', whole(1, 1000), 4)
  .action(async (options) => (await import('./demo.js')).demo(options));

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof FileError) && !(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.problems;
}

/** To those who judge, 1 is a finding: a file that cannot be used is a wrong usage. */
function unusable(work: Promise<number>): Promise<number> {
  return work.catch((error) => {
    throw error instanceof FileError ? new UsageError(error.message) : error;
  });
}

function append(text: string, before: string[]): string[] {
  return [...before, text];
}

function whole(least: number, most: number) {
  return (text: string) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

function readClock(text: string): ClockSetting {
  const [mode = '', ...rest] = text.split(':');
  const detail = rest.join(':');
  if (mode === 'real' && !detail) return { mode };
  if (mode === 'manual' && !detail) return { mode };
  if (mode === 'manual' && !Number.isNaN(Date.parse(detail)))
    return { mode, now: Date.parse(detail) };
  if (mode === 'paced' && Number(detail) > 0) return { mode, pace: Number(detail) };
  throw new InvalidArgumentError('Give real, manual, manual:2026-01-31T08:00:00Z, or paced:10.');
}
