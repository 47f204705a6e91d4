import { type Command, Option } from 'commander';
import { sayHelp } from './language.js';
import { binding, pack, scenarios, spec, whole } from './options.js';

/** The commands that carry sessions away and look at them. */
export function addSessions(program: Command): void {
  const group = program
    .command('session')
    .description('save, load and branch sessions of a running sandbox')
    .addHelpText('after', () =>
      sayHelp(`
Examples:
  $ esoz-sandbox session save checkout-7                     as checkout-7.esoz
  $ esoz-sandbox session load checkout-7.esoz --as again     a live session that goes on from it
  $ esoz-sandbox session branch checkout-7 what-if --at 5    one that goes on from its fifth exchange
  $ esoz-sandbox open checkout-7.esoz                        to be looked at, without a running sandbox

Exit codes: 0 done, 1 refused, 3 usage, or no sandbox there.`),
    );
  addSave(group);
  addLoad(group);
  addBranch(group);
  running(group.command('list').description('those that there are, one line each'))
    .option('--json', 'for machines')
    .action(async (options) => (await import('./session.js')).listSessions(options));
  running(group.command('delete <name>').description('forget a session and all it holds')).action(
    async (name, options) => (await import('./session.js')).deleteSession(name, options),
  );
  addOpen(program);
}

function addSave(group: Command): void {
  running(group.command('save <name>').description('write a session into a file'))
    .option('-o, --output <file>', 'the file (default: NAME.esoz)')
    .option('--secrets', 'credentials stand in the file as they came; without, they have stand-ins')
    .action(async (name, options) => (await import('./session.js')).saveSession(name, options));
}

function addLoad(group: Command): void {
  running(group.command('load <file>').description('a live session goes on from a file'))
    .option('--as <name>', 'name of the session (default: the one that the file tells)')
    .addOption(replace())
    .action(async (file, options) => (await import('./session.js')).loadSession(file, options));
}

function addBranch(group: Command): void {
  running(
    group
      .command('branch <name> <new>')
      .description('another live session goes on from an exchange of this one'),
  )
    .option('--at <seq>', 'number of the exchange (default: the last)', whole(0, 2 ** 53 - 1))
    .addOption(replace())
    .action(async (name, to, options) =>
      (await import('./session.js')).branchSession(name, to, options),
    );
}

function addOpen(program: Command): void {
  program
    .command('open <file> [files...]')
    .description('look at the file of a session: page, journal, states and verdict at any exchange')
    .option('-p, --port <number>', 'port to listen on; 0 picks a free one', whole(0, 65_535), 0)
    .addOption(pack)
    .addOption(spec)
    .addOption(binding)
    .addOption(scenarios)
    .addHelpText('after', () =>
      sayHelp(`
What the file was made with is served again; where that lies elsewhere now, FILES, --pack, --spec and --binding name it.

Examples:
  $ esoz-sandbox open checkout-7.esoz
  $ esoz-sandbox open checkout-7.esoz ./my-api
  $ curl http://127.0.0.1:PORT/__sandbox/sessions/checkout-7/jobs?at=5`),
    )
    .action(async (file, files, options) =>
      (await import('./open.js')).openFile(file, files, options),
    );
}

/** A session that is in use gives way only then. */
function replace(): Option {
  return new Option('--replace', 'a session of this name that is in use gives way');
}

function running(command: Command): Command {
  return command
    .addOption(new Option('--url <url>', 'the running sandbox').default('http://127.0.0.1:4010'))
    .addOption(new Option('--control-token <secret>').env('ESOZ_CONTROL_TOKEN'));
}
