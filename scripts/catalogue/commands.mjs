import { cli } from './sources.mjs';

/** A section for each command: what its --help says. */
export function commandPages() {
  const names = commandsOf(cli('--help'));
  return ['## esoz-sandbox', ...helpOf(), ...names.flatMap(sectionOf)];
}

function sectionOf(name) {
  const own = commandsOf(cli(name, '--help')).map((sub) => `${name} ${sub}`);
  return [name, ...own].flatMap((command) => [
    '',
    `## esoz-sandbox ${command}`,
    ...helpOf(...command.split(' ')),
  ]);
}

function helpOf(...command) {
  return ['', '```', cli(...command, '--help').trimEnd(), '```'];
}

/** The names that stand under "Commands:". */
function commandsOf(help) {
  const [, part = ''] = /\nCommands:\n(.*?)(\n\n|$)/s.exec(help) ?? [];
  return [...part.matchAll(/^ {2}(\w+)/gm)]
    .map(([, name]) => name)
    .filter((name) => name !== 'help');
}
