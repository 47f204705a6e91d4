import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { asset } from '../assets.js';
import type { ErrorCode } from '../error-codes.js';
import { servedNames } from '../load/pack-description.js';
import { UsageError } from '../sandbox-error.js';
import { t } from '../texts/spoken.js';
import { addAdopting } from './adopting.js';
import { addAgents } from './agents.js';
import { addBeginning } from './beginning.js';
import { addHunting } from './hunting.js';
import { addJudging } from './judging.js';
import { addLanguage, HELP, sayHelp, speakAsAsked } from './language.js';
import { addDemo, addLicences, addListing } from './listing.js';
import { endUnexpectedly, outliveReader } from './output.js';
import { EXIT, tellError } from './print-error.js';
import { addRecording } from './recording.js';
import { addServing } from './serving.js';
import { addSessions } from './sessions.js';

/** The code of what commander finds wrong. */
const WRONG_COMMAND_LINE: ErrorCode = 'USAGE_WRONG_COMMAND_LINE';

/** Does what the command line of this process asks for; errors are told, and decide on the exit code. */
export async function runCommandLine(): Promise<void> {
  await speakAsAsked(process.argv.slice(2));
  const program = makeProgram();
  outliveReader();
  // An unhandled rejection comes here too.
  process.on('uncaughtException', endUnexpectedly);
  try {
    await program.parseAsync();
  } catch (error) {
    if (!tellError(error)) endUnexpectedly(error);
    process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.problems;
  }
}

function makeProgram(): Command {
  const { version } = JSON.parse(readFileSync(asset('package.json'), 'utf8')) as {
    version: string;
  };
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
  addServing(program, version);
  addListing(program);
  addBeginning(program);
  addJudging(program);
  addHunting(program);
  addAdopting(program);
  addRecording(program);
  addSessions(program);
  addAgents(program);
  addDemo(program);
  addLicences(program);
  addLanguage(program);
  return program;
}
