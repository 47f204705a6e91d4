import { type Command, Option } from 'commander';
import { RUNS } from '../audit/evidence.js';
import {
  baselineOptions,
  controlToken,
  env,
  fast,
  gates,
  noCi,
  profileOfRules,
  rateOf,
  report,
  served,
  servedBeside,
  tolerance,
  whileRunning,
  withOptions,
} from './judging-options.js';
import { sayHelp } from './language.js';
import {
  append,
  binding,
  chaos,
  chaosFaults,
  chaosSeed,
  pack,
  scenarios,
  spec,
  tlsOptions,
  whole,
} from './options.js';
import { usageIfFileFails } from './print-error.js';

/** The commands that judge clients, or tell how that is done. */
export function addJudging(program: Command): void {
  addExec(program);
  addVerdict(program);
  addJudge(program);
  addRules(program);
  addSuites(program);
}

function addExec(program: Command): void {
  const playing = program
    .command('exec')
    .description("play scenarios against your client's own test command, and judge how it polls")
    .argument(
      '[command...]',
      'the command and its arguments, behind --; in front of that documents or folders, as serve takes them',
    )
    .passThroughOptions()
    .option('-s, --scenario <names...>', 'scenarios to play')
    .option(
      '--suite <name>',
      'a suite to play, by name or file (default: polling-basics); with --scenario, these scenarios of it',
    )
    .option(
      '--profile <name>',
      'a frozen list of scenarios, rules and tolerances, by name or folder (esoz-sandbox profile list)',
    )
    .option(
      '--pace [number]',
      "how many times faster than the API's own times; for a client that divides its own pauses by ESOZ_PACE. Without a number: the suite's own",
      rateOf('--pace'),
    )
    .addOption(fast)
    .option(
      '--timeout <duration>',
      "longest that the command may take for one scenario, in the API's time (12min; 31min where the job never ends)",
    )
    .addOption(env)
    .addOption(chaos)
    .addOption(chaosSeed)
    .addOption(chaosFaults)
    .addOption(report)
    .addOption(tolerance)
    .option('--any-exit', "the command's exit code does not count, only how it has polled")
    .option(
      '--keep <folder>',
      'write the sessions of red scenarios there, as files for esoz-sandbox open',
    )
    .option('--keep-all', 'those of green scenarios too')
    .option('--output', "show the command's output as it comes; with --jobs when it has ended")
    .option(
      '-j, --jobs <number>',
      'so many scenarios side by side, each with a session, a process and a port of its own; auto: as many as there are cores (default: 1)',
    )
    .option(
      '-p, --port <number>',
      'listen there, for an application that runs already and is configured with that address (default: any free port)',
      whole(0, 65_535),
    )
    .option(
      '--host <address>',
      'address to listen on; other than this machine needs --control-token',
    )
    .option(
      '--attach <url>',
      'use the sandbox that runs there already: http://127.0.0.1:4010, or …/~SESSION if the application names one',
    )
    .addOption(controlToken)
    .option(
      '--manual',
      'no command: a person lets the application begin, and presses Enter when it is done',
    )
    .option(
      '--settle <duration>',
      'workers outlive the command: wait until no request has come for so long, or every job is at its end',
    )
    .option(
      '--progress',
      'with --jobs: tell what is left, on stderr, where that is no terminal, too',
    )
    .addOption(noCi)
    .addHelpText('after', () =>
      sayHelp(`
The command finds in its environment: ESOZ_SANDBOX_URL (base URL of a session of its own; the API lies below
it, also below /api), ESOZ_SCENARIO, ESOZ_SESSION, ESOZ_PACE. Without --pace scenarios are played at the API's own times
and ESOZ_PACE is 1. Suites that no file has follow from the binding, a guessed one too: polling-basics, polling-full,
bad-network and errors.

Examples:
  $ esoz-sandbox exec -- npm test
  $ esoz-sandbox exec openapi.yaml -- npm test
  $ esoz-sandbox exec --suite polling-full --pace 20 --report junit=out.xml --report html=out.html -- php poller.php
  $ esoz-sandbox exec --suite polling-full --jobs 8 -- npm test
  $ esoz-sandbox exec --port 4010 --settle 30s -- ./enqueue-one-job.sh
  $ esoz-sandbox exec --attach http://127.0.0.1:4010 --manual
  $ esoz-sandbox exec --chaos 0.2 -- python poller.py
  $ esoz-sandbox exec --baseline known.yaml --write-baseline -- npm test      once; then without --write-baseline
  $ esoz-sandbox exec --scenario slow lost-after-pending --env EHEALTH_API_DOMAIN={url}/api -- mvn -q test

Exit codes: 0 all held, 1 a finding of severity error, 2 the command failed by itself or a scenario was not played, 3 usage.`),
    )
    .action(async (command, options) => {
      process.exitCode = await usageIfFileFails((await import('./exec.js')).exec(command, options));
    });
  withOptions(playing, ...gates, ...served, ...servedBeside, ...baselineOptions, ...tlsOptions);
}

function addVerdict(program: Command): void {
  const judging = program
    .command('verdict <url>')
    .description('what a running sandbox says of the client that has used it')
    .option('--session <name>', 'the session (default: the one in the URL, else "default")')
    .addOption(
      new Option('--run <state>', "how the client's run stands (default: over)").choices(RUNS),
    )
    .addOption(
      new Option(
        '--while-running',
        'the client goes on: what it has not done yet is not held against it',
      ).conflicts('run'),
    )
    .option(
      '--suite <name>',
      'a suite by process: tells of each step whether the client has gone through it',
    )
    .option('--course <scenario>', 'the scenario of that suite that was played')
    .option('--seen', 'somebody has seen that the client shows what has failed')
    .addOption(report)
    .addOption(tolerance)
    .addOption(controlToken)
    .addOption(noCi)
    .addHelpText('after', () =>
      sayHelp(`
Examples:
  $ esoz-sandbox verdict http://127.0.0.1:4010
  $ esoz-sandbox verdict http://127.0.0.1:4010/~worker-3/api --report html=verdict.html
  $ esoz-sandbox verdict http://127.0.0.1:4010 --while-running
  $ esoz-sandbox verdict http://127.0.0.1:4010 --suite create-and-sign

Exit codes: 0 all held, 1 a finding of severity error, 2 nothing was tested or a process was not gone through, 3 usage, or no sandbox there.`),
    )
    .action(async (url, options) => {
      process.exitCode = await usageIfFileFails(
        (await import('./verdict.js')).verdict(url, options),
      );
    });
  withOptions(judging, ...baselineOptions);
}

function addJudge(program: Command): void {
  const judging = program
    .command('judge [files...]')
    .description('the verdict of traffic with a real system, from a HAR; FILES as serve takes them')
    .option('--har <file>', 'what a browser, mitmproxy, Fiddler or Playwright has written')
    .option(
      '--api-host <host>',
      'the host of the API; several times for several (default: those that are asked for jobs)',
      append,
      [],
    )
    .addOption(whileRunning)
    .addOption(report)
    .addOption(tolerance)
    .addOption(noCi)
    .addHelpText('after', () =>
      sayHelp(`
Examples:
  $ esoz-sandbox judge --har traffic.har
  $ esoz-sandbox judge openapi.yaml --har traffic.har --api-host api.example.org --report html=verdict.html

Exit codes: 0 all held, 1 a finding of severity error, 2 nothing in it is about jobs, 3 usage, or a file that cannot be read.`),
    )
    .action(async (files, options) => {
      const { judgeHar } = await import('./judge.js');
      process.exitCode = await usageIfFileFails(judgeHar(files, options));
    });
  withOptions(judging, ...baselineOptions, profileOfRules, ...served);
}

function addRules(program: Command): void {
  program
    .command('rules')
    .description('every rule of the auditor, with what it goes back to')
    .option('--json', 'for machines')
    .action(async (options) => (await import('./rules.js')).listRules(options));
}

function addSuites(program: Command): void {
  program
    .command('suites [files...]')
    .description('the suites that exec can play; FILES as serve takes them')
    .addOption(pack)
    .addOption(spec)
    .addOption(binding)
    .addOption(scenarios)
    .action(async (files, options) => (await import('./suites.js')).showSuites(files, options));
}
