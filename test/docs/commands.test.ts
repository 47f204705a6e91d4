import { describe, expect, it } from 'vitest';
import { run } from '../support/command.js';
import { blocks, PAGES, prose, read } from './pages.js';

/** What stands in front of a command of ours. */
const CALL = /(?:esoz-sandbox|npm run -s cli --|node scripts\/cli\.mjs)[ ]+([a-z][^|`\n]*)/g;
const { out: HELP } = await run('--help');
const COMMANDS = new Set(
  [...(/\nCommands:\n(.*?)\n\n/s.exec(HELP)?.[1] ?? '').matchAll(/^ {2}(\w+)/gm)].map(
    ([, name = '']) => name,
  ),
);

/** Every call of the command line that a page shows, without what a client's own command is. */
function callsOf(page: string): string[] {
  const code = blocks(page, 'sh', 'yaml', '').join('\n');
  const spans = [...prose(page).matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text).join('\n');
  return [...`${code}\n${spans}`.matchAll(CALL)]
    .map(([, words = '']) => words.split(/ -- | --$|[#&;]| 2>/)[0]?.trim() ?? '')
    .filter((call) => /^[a-z]/.test(call));
}

const CALLS = PAGES.filter((page) => page !== 'CHANGELOG.md').flatMap((page) =>
  callsOf(page).map((call) => ({ page, call })),
);

/** `scenarios` alone lists them, and has the options of `scenarios list`. */
async function askFor(command: string): Promise<string> {
  const { out } = await run(command, '--help');
  const inner = { scenarios: 'list', profile: 'freeze' }[command];
  return inner ? out + (await run(command, inner, '--help')).out : out;
}

/** What `--help` of a command tells. */
const helps = new Map<string, Promise<string>>();
function helpOf(command: string): Promise<string> {
  const known = helps.get(command);
  if (known) return known;
  const asked = askFor(command);
  helps.set(command, asked);
  return asked;
}

describe('the commands that the pages show', () => {
  it('are found', () => {
    expect(COMMANDS.size).toBeGreaterThan(8);
    expect(CALLS.length).toBeGreaterThan(40);
  });

  it('exist', () => {
    const unknown = CALLS.filter(({ call }) => !COMMANDS.has(call.split(' ')[0] ?? ''));
    expect(unknown).toEqual([]);
  });

  it('have the options that are shown', async () => {
    const unknown: string[] = [];
    for (const { page, call } of CALLS) {
      const [command = '', ...words] = call.split(/\s+/);
      const help = await helpOf(command);
      for (const word of words) {
        const option = /^(--?[a-z-]+)/.exec(word)?.[1];
        if (option && !new RegExp(`(^|[ ,])${option}([ ,\\n]|$)`, 'm').test(help)) {
          unknown.push(`${page}: ${call}: no ${option}`);
        }
      }
    }
    expect(unknown).toEqual([]);
  });
});

it('names every command in the reference', () => {
  const page = read('docs/reference/cli.md');
  for (const name of COMMANDS) {
    if (name !== 'help') expect(page).toContain(`## esoz-sandbox ${name}`);
  }
});
