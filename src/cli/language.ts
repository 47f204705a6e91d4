import { type Command, type Help, Option } from 'commander';
import { asLanguage, LANGUAGES, type Language, languageOf } from '../texts/languages.js';
import { speak, spoken, t } from '../texts/spoken.js';

/** How the choice is made beside the option; the option is stronger. */
const VARIABLE = 'ESOZ_LANG';

/**
 * Speaks the language that the command line or the environment asks for. What commander itself finds wrong is said
 * before it knows any option, so they are looked through here.
 * @param args the command line, without the program
 */
export async function speakAsAsked(args: readonly string[]): Promise<void> {
  await speakLanguage(langOption(args) ?? asLanguage(process.env[VARIABLE]) ?? systemLanguage());
}

async function speakLanguage(language: Language): Promise<void> {
  // Nothing is loaded for English, which the code writes.
  if (language === 'en') speak(undefined);
  else speak((await import('../texts/read-phrasebook.js')).readPhrasebook(language));
}

/** On Windows no variable says it, and Node asks the system. */
function systemLanguage(): Language {
  const system = () => Intl.DateTimeFormat().resolvedOptions().locale;
  return languageOf(process.env, process.platform === 'win32' ? system : undefined);
}

/** `--lang uk` or `--lang=uk`, in front of a client's own command. */
function langOption(args: readonly string[]): Language | undefined {
  const end = args.indexOf('--');
  const own = end === -1 ? args : args.slice(0, end);
  const at = own.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const value = own[at]?.startsWith('--lang=') ? own[at].slice('--lang='.length) : own[at + 1];
  return at === -1 ? undefined : LANGUAGES.find((language) => language === value);
}

/** Gives `--lang` to a program and all of its commands, of which each takes it. Called when there are all of them. */
export function addLanguage(program: Command): void {
  for (const command of [program, ...commandsOf(program)]) {
    command.addOption(
      new Option('--lang <language>', 'language of what people read')
        .choices(LANGUAGES)
        .env(VARIABLE),
    );
  }
  program.hook('preAction', async (_, command) => {
    const asked = chainOf(command).find((one) => one.getOptionValueSource('lang') === 'cli');
    const variable = asLanguage(process.env[VARIABLE]);
    await speakLanguage(asked?.opts<{ lang: Language }>().lang ?? variable ?? systemLanguage());
  });
}

/** A command and those that it is one of. */
function chainOf(command: Command): Command[] {
  return command.parent ? [command, ...chainOf(command.parent)] : [command];
}

function commandsOf({ commands }: Command): Command[] {
  return commands.flatMap((command) => [command, ...commandsOf(command)]);
}

/** How `--help` is written: descriptions are phrases. */
export const HELP: Partial<Help> = {
  commandDescription: (command) => t(command.description()),
  subcommandDescription: (command) => t(command.summary() || command.description()),
  styleTitle: (title) => t(title),
  argumentDescription: (argument) => t(argument.description),
  styleOptionDescription: (text) => translateOption(text),
};

/** `port to listen on; 0 picks a free one (default: 4010)`: what commander adds stands in the last brackets. */
function translateOption(text: string): string {
  const [, said = text, added] =
    /^(.*?)(?: ?\(((?:choices|default|preset|env): .*)\))?$/s.exec(text) ?? [];
  if (added === undefined) return t(text);
  const words = added.replace(
    /(^|, )(choices|default|preset|env): /g,
    (_, before, word) => `${before}${t(word)}: `,
  );
  return said === '' ? `(${words})` : `${t(said)} (${words})`;
}

/** Columns of a line of help, as those of the texts in the sources. */
const WIDTH = 118;

/** What stands behind a command's options: paragraphs, and examples of which only the remark behind them is a phrase. */
export function sayHelp(text: string): string {
  if (spoken() === 'en') return text;
  return text
    .split('\n\n')
    .map((paragraph) => paragraph.split(EXAMPLES).map(sayPart).join(''))
    .join('\n\n');
}

/** Lines of a paragraph that show commands. */
const EXAMPLES = /(^ {2}\$ .*$)/m;

function sayPart(part: string): string {
  const [, command, remark] = /^( {2}\$ .*?\S {2,})(\S.*)$/.exec(part) ?? [];
  if (command !== undefined && remark !== undefined) return `${command}${t(remark)}`;
  if (part.startsWith('  $ ') || part.trim() === '') return part;
  const [, before = '', inner = '', after = ''] = /^(\n*)(.*?)(\n*)$/s.exec(part) ?? [];
  return `${before}${wrap(t(inner.replaceAll('\n', ' ')))}${after}`;
}

function wrap(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) as string;
    if (last !== '' && last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join('\n');
}
