import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  append,
  auth,
  binding,
  pack,
  quota,
  scenarios,
  spec,
  stubs,
  upstream,
  validate,
  webhooks,
  whole,
} from './options.js';

/** Adds options to a command, in the order in which its help lists them. */
export function withOptions(command: Command, ...options: readonly Option[]): Command {
  for (const option of options) command.addOption(option);
  return command;
}

/** The API that a client is played against, or that its traffic is read by. */
export const served = [pack, spec, binding];
/** What stands beside it. */
export const servedBeside = [scenarios, upstream, stubs, webhooks];
/** How strictly its requests are taken. */
export const gates = [validate, auth, quota];

export const report = new Option(
  '--report <form=file>',
  'write a report: json, junit, html, markdown, text or codequality; may be given several times',
)
  .argParser(append)
  .default([], 'none');
export const tolerance = new Option(
  '--tolerance <rule=value>',
  'how much a client may depart from a rule: eta-respected=1s, stops-on-404=5, no-herd=off',
)
  .argParser(append)
  .default([], 'what scenarios and suites say');
export const baselineOptions = [
  new Option(
    '--baseline <file>',
    'what is known to be wrong with the client: only other findings make the run red, and what is mended and stands there yet',
  ),
  new Option('--write-baseline', 'write that file anew from what this run has shown'),
  new Option('--allow-mended', 'what is mended and stands there yet does not make the run red'),
];
/** Of what is read and not played, a profile judges alone. */
export const profileOfRules = new Option(
  '--profile <name>',
  'the rules and tolerances of a frozen profile, by name or folder; its scenarios are not played here',
);
export const whileRunning = new Option(
  '--while-running',
  'the client goes on: what it has not done yet is not held against it',
);
export const noCi = new Option(
  '--no-ci',
  'no annotations and summaries for GitHub Actions and GitLab CI',
);
export const controlToken = new Option('--control-token <secret>').env('ESOZ_CONTROL_TOKEN');

/** How a client's command is run. */
export const env = new Option(
  '--env <name=template>',
  'a further variable: {url} {origin} {host} {session} {scenario} {pace} are filled in',
)
  .argParser(append)
  .default([]);
export const fast = new Option(
  '--fast [rate]',
  'an unmodified client in time that runs so many times as fast, by libfaketime (Linux; apt-get install faketime). Without a number: as fast as machine and client can stand',
).argParser(rateOf('--fast'));

/** Commander gives an option the next word, unless that begins with a dash: a command stands behind `--`. */
export function rateOf(option: string) {
  return (text: string): number => {
    try {
      return whole(1, 1000)(text);
    } catch (error) {
      const { message } = error as Error;
      throw new InvalidArgumentError(
        `${message} The command stands behind --: ${option} -- npm test`,
      );
    }
  };
}
