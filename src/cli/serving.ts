import { type Command, InvalidArgumentError, Option } from 'commander';
import { platformNames } from '../load/pack-description.js';
import { type ClockSetting, checkClock } from '../sandbox/clock.js';
import { RULES } from '../sandbox/settings.js';
import { sayHelp } from './language.js';
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

/** The command that serves, and the one that asks whether it does. @param version of the package */
export function addServing(program: Command, version: string): void {
  addServe(program, version);
  addHealth(program);
}

function addHealth(program: Command): void {
  program
    .command('health [url]')
    .description('ask a running sandbox whether it answers requests, for the probe of a container')
    .addHelpText('after', () =>
      sayHelp(`
Without a URL http://127.0.0.1:4010 is asked. No token is needed.

Examples:
  $ esoz-sandbox health
  $ esoz-sandbox health http://127.0.0.1:8080

Exit codes: 0 it answers; 1 nobody does, or its store is away; 3 what was given is no URL.`),
    )
    .action(async (url = 'http://127.0.0.1:4010') => {
      process.exitCode = await (await import('./health.js')).health(url);
    });
}

function addServe(program: Command, version: string): void {
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
      new Option(
        '--rules <on|off>',
        'off: no business rule is applied, only scenarios play',
      ).choices([...RULES]),
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
    .option(
      '--keep-journal <number>',
      'exchanges kept in each session',
      whole(0, 10_000_000),
      10_000,
    )
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
    .option(
      '--ends-with-stdin',
      'end when standard input ends, as it does when the program that started this has gone, however it went',
    )
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
