#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { asset } from '../assets.js';
import type { ErrorCode } from '../error-codes.js';
import { platformNames, servedNames } from '../load/pack-description.js';
import { type ClockSetting, checkClock } from '../sandbox/clock.js';
import { RULES } from '../sandbox/settings.js';
import { UsageError } from '../sandbox-error.js';
import { GROUPS } from '../scenario/scenario.js';
import { t } from '../texts/spoken.js';
import { addAdopting } from './adopting.js';
import { addBeginning } from './beginning.js';
import { addHunting } from './hunting.js';
import { addJudging } from './judging.js';
import { addLanguage, HELP, sayHelp, speakAsAsked } from './language.js';
import {
  auth,
  binding,
  chaos,
  chaosFaults,
  chaosSeed,
  cors,
  maxBody,
  maxHeaderSize,
  pack,
  quota,
  readSetting,
  scenarios,
  spec,
  store,
  stubs,
  teams,
  tlsOptions,
  trustProxy,
  upstream,
  validate,
  webhooks,
  whole,
} from './options.js';
import { endUnexpectedly, outliveReader } from './output.js';
import { EXIT, tellError } from './print-error.js';
import { addRecording } from './recording.js';
import { addSessions } from './sessions.js';

const { version } = JSON.parse(readFileSync(asset('package.json'), 'utf8')) as { version: string };

/** The code of what commander finds wrong. */
const WRONG_COMMAND_LINE: ErrorCode = 'USAGE_WRONG_COMMAND_LINE';

await speakAsAsked(process.argv.slice(2));

const program = new Command('esoz-sandbox')
  .configureHelp(HELP)
  .description(
    'A stateful sandbox for asynchronous APIs: it plays scripted lives of jobs, so that you can test how your client polls.',
  )
  .version(version)
  .showHelpAfterError(t('(add --help for the options, with examples)'))
  .enablePositionalOptions()
  .configureOutput({
    // Commander's own mistakes have a code as ours have; the help that it adds is no mistake.
    outputError: (text, write) =>
      write(text.startsWith('error: ') ? `${t(text.trimEnd())} [${WRONG_COMMAND_LINE}]\n` : text),
  })
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT.usage))
  .addHelpText('after', () =>
    sayHelp(`
Examples:
  $ esoz-sandbox serve                                  an API on http://127.0.0.1:4010
  $ esoz-sandbox serve openapi.yaml                     any OpenAPI document: what looks like a job is played
  $ esoz-sandbox serve --pack NAME                      one of ${servedNames().join(', ')}, or a folder: ./my-api
  $ esoz-sandbox serve --scenario failed-1172           every job fails with code 1172
  $ esoz-sandbox serve --clock paced:10 --port 0        ten times faster, on a free port
  $ esoz-sandbox scenarios                              what can be played, with magic identifiers
  $ esoz-sandbox lint my-scenarios                      mistakes, with file, line and column
  $ esoz-sandbox exec -- npm test                       your client's tests, judged by how they poll
  $ esoz-sandbox demo                                   the whole sequence, as it happens

Exit codes: 0 all is well, 1 a file has mistakes or a client breaks a rule, 2 the client's command failed by itself
or nothing was tested, or a scenario was not played, 3 the command line cannot be understood, 70 the sandbox itself has a fault.`),
  );

const serving = program
  .command('serve [files...]')
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
    'real, manual, manual:2026-01-31T08:00:00Z, fast:20 (runs 20 times as fast), or paced:10 (shorter waits)',
    readClock,
  )
  .addOption(pack)
  .addOption(spec)
  .addOption(binding)
  .addOption(scenarios)
  .addOption(upstream)
  .addOption(stubs)
  .addOption(store)
  .addOption(teams)
  .addOption(maxBody)
  .addOption(maxHeaderSize)
  .option('--envelope <name>', 'form of good answers: full, data or bare (default: full)')
  .addOption(chaos)
  .addOption(chaosSeed)
  .addOption(chaosFaults)
  .addOption(validate)
  .addOption(auth)
  .addOption(quota)
  .addOption(
    new Option('--rules <on|off>', 'off: no business rule is applied, only scenarios play').choices(
      [...RULES],
    ),
  )
  .option(
    '--setting <NAME=value>',
    'a setting of the business rules; may be given several times (docs/reference/business-rules.md)',
    readSetting,
    [],
  )
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
  .addOption(cors)
  .addOption(trustProxy)
  .addOption(webhooks)
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
  .option('--open', 'open the page in a browser')
  .addHelpText('after', () =>
    sayHelp(`
Each of FILES is an OpenAPI document, or the folder of a pack. Jobs are played as the binding beside it says
(binding.yaml, or NAME.binding.yaml), else as one that comes with the package if its operations are those of the
document, else as a guess; the banner says which.

Examples:
  $ esoz-sandbox serve openapi.yaml
  $ esoz-sandbox serve --scenario throttled-429
  $ esoz-sandbox serve --chaos 0.1 --chaos-seed 7
  $ esoz-sandbox serve --port 0 --clock manual --seed 7 --json
  $ esoz-sandbox serve --setting CANCEL_DAYS_TEMP_DISABILITY=30 --setting UNSIGNED_CONTENT=refuse
  $ esoz-sandbox serve --rules off
  $ esoz-sandbox serve --pack ${platformNames()[0]} --stubs ./stubs
  $ esoz-sandbox serve --spec official.yaml --binding binding.yaml --scenarios ./my-scenarios`),
  )
  .action(async (files, options) => (await import('./serve.js')).serve(files, options, version));
for (const option of tlsOptions) serving.addOption(option);

const listing = program.command('scenarios').description('list the scenarios, or show one of them');
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
  .action(async (files, options) => (await import('./scenarios.js')).listScenarios(files, options));
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
    process.exitCode = (await (await import('./lint.js')).lint(paths, options)) ? 0 : EXIT.problems;
  });

addBeginning(program);
addJudging(program);
addHunting(program);
addAdopting(program);
addRecording(program);
addSessions(program);

program
  .command('demo [files...]')
  .description('play the whole sequence of an API and a few mishaps against itself')
  .addOption(pack)
  .addOption(spec)
  .addOption(binding)
  .option('--pace <number>', 'how many times faster than real time', whole(1, 1000), 4)
  .action(async (files, options) => (await import('./demo.js')).demo(files, options));

addLanguage(program);

outliveReader();
// An unhandled rejection comes here too.
process.on('uncaughtException', endUnexpectedly);
try {
  await program.parseAsync();
} catch (error) {
  if (!tellError(error)) endUnexpectedly(error);
  process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.problems;
}

function readClock(text: string): ClockSetting {
  const [mode = '', ...rest] = text.split(':');
  const detail = rest.join(':');
  if (mode === 'real' && !detail) return { mode };
  if (mode === 'manual' && !detail) return { mode };
  if (mode === 'manual' && !Number.isNaN(Date.parse(detail)))
    return usable({ mode, now: Date.parse(detail) });
  if (mode === 'paced' && /\d/.test(detail) && !Number.isNaN(Number(detail)))
    return usable({ mode, pace: Number(detail) });
  if (mode === 'fast' && /\d/.test(detail) && !Number.isNaN(Number(detail)))
    return usable({ mode, rate: Number(detail) });
  throw new InvalidArgumentError(
    'Give real, manual, manual:2026-01-31T08:00:00Z, fast:20 or paced:10.',
  );
}

function usable(setting: ClockSetting): ClockSetting {
  checkClock(setting, (_, what, hint) => new InvalidArgumentError(`${what}; ${hint}.`));
  return setting;
}
