import { relative } from 'node:path';
import pc from 'picocolors';
import type { Binding } from '../contract/binding.js';
import type { Setup } from '../sandbox/setup.js';
import { CONTROL, type RunningServer } from '../server/server.js';
import { curlLines } from './curl-lines.js';

/** What has been named on the command line, for commands that are shown. */
export interface Named {
  pack?: string | undefined;
  spec?: string | undefined;
}

/** What a person reads when it has started. */
export function banner({ url, sandbox }: RunningServer, version: string, named: Named): string {
  const { setup } = sandbox;
  const { contract, binding, clock, rules } = setup;
  const base = binding.prefixes.map((p) => url + p).join(', ');
  const pace = clock.mode === 'paced' ? ` (${clock.pace} times faster)` : '';
  const lines = curlLines(setup, url);
  const jobs = binding.schedules.size > 0;
  const hint = jobs ? ' (put the id of the first answer in the place of JOB_ID)' : '';
  return [
    `${pc.bold(`ESOZ Sandbox ${version}`)}  ${pc.green(url)}`,
    '',
    `  serves    ${contract.title} ${contract.version}: ${contract.operations.size} operations below ${base}`,
    ...bindingLines(setup, named),
    ...(jobs ? [`  plays     ${whatPlays(setup, named)}`] : []),
    `  clock     ${clock.mode}${pace}`,
    ...(rules === 'off' ? ['  rules     off: only scenarios play'] : []),
    `  control   ${url}${CONTROL}/health`,
    '',
    ...(lines.length > 0
      ? [
          `Try it${hint}:`,
          '',
          ...lines.map((line) => `  ${line}`),
          ...(process.platform === 'win32'
            ? ['', pc.dim('On Windows: in Git Bash or WSL; PowerShell quotes differently.')]
            : []),
          '',
        ]
      : []),
    pc.dim('One line for each exchange follows; Ctrl-C stops.'),
    '',
  ].join('\n');
}

/** Which binding plays, in a word for machines and in words for people. */
export function tellOrigin({ origin = 'named', file, name, schedules }: Binding): string {
  if (origin === 'guessed')
    return schedules.size > 0 ? 'guessed from the document' : 'none: nothing looks like a job';
  if (origin === 'shipped') return `${name}, which comes with the package: its operations are here`;
  const path = relative(process.cwd(), file);
  return path.startsWith('..') ? file : path;
}

/** At most so many doubts: `init` writes them all. */
const SHOWN = 3;

function bindingLines({ binding, contract }: Setup, { spec }: Named): string[] {
  const lines = [`  binding   ${tellOrigin(binding)}`];
  const { guessed } = binding;
  if (!guessed) return lines;
  const init = `esoz-sandbox init ${spec ?? contract.file}`;
  if (binding.schedules.size === 0)
    return [
      ...lines,
      `            every operation is answered from the contract; ${init} writes a file to say otherwise`,
    ];
  const asked = guessed.questions
    .slice(0, SHOWN)
    .map((question) => `  ${pc.yellow('?')}         ${question}`);
  const more = guessed.questions.length - asked.length;
  return [
    ...lines,
    `            ${[...binding.schedules.keys()].join(', ')} → ${binding.report.operation}`,
    ...asked,
    `            ${init} writes it into a file, with each reason${more > 0 ? ` and ${more} more questions` : ''}`,
  ];
}

/** A scenario that is in no file is not what jobs live by. */
function whatPlays(
  { catalogue, scenario, fallback, binding }: Setup,
  { pack, spec }: Named,
): string {
  if (catalogue.size === 0) {
    const own = 'a folder of scenarios of your own is named by --scenarios';
    return `${fallback.name} (${fallback.title}); ${own}`;
  }
  const played = catalogue.has(scenario) ? scenario : fallback.name;
  if (binding.guessed) {
    const names = [...catalogue.keys()].join(', ');
    return `${played} (${fallback.title}), unless you choose one of ${names}`;
  }
  const which =
    pack === undefined ? (spec === undefined ? '' : ` --spec ${spec}`) : ` --pack ${pack}`;
  return `${played}, unless you choose one of the ${catalogue.size} scenarios (esoz-sandbox scenarios${which})`;
}
