import { existsSync, statSync } from 'node:fs';
import { specBeside } from '../../load/pack-description.js';
import { UsageError } from '../../sandbox-error.js';

/** What stands in front of `--`, and the command behind it. */
interface Split {
  /** Documents, and folders that hold one. */
  files: readonly string[];
  argv: readonly string[];
  scenario?: readonly string[];
}

/**
 * Tells documents from the client's command: `openapi.yaml -- npm test`. Without a document in front all of it is the
 * command, which may have a `--` of its own.
 * @param scenario what `--scenario` has taken: every word up to the next option or `--`, a document among them
 * @throws UsageError where a document is named and nothing follows that could be a command
 */
export function splitCommand(args: readonly string[], scenario?: readonly string[]): Split {
  const taken = scenario?.filter((name) => isDocument(name) && existsSync(name)) ?? [];
  if (taken.length === 0) return splitWords(args);
  return {
    files: taken,
    argv: args,
    scenario: scenario?.filter((name) => !taken.includes(name)) ?? [],
  };
}

function splitWords(args: readonly string[]): Split {
  const [first] = args;
  if (first === undefined || !isDocument(first)) return { files: [], argv: args };
  const end = args.indexOf('--');
  const files = end === -1 ? args : args.slice(0, end);
  const other = files.find((each) => !isDocument(each));
  if (end !== -1 && other === undefined) return { files, argv: args.slice(end + 1) };
  const shown = files.filter(isDocument).join(' ');
  const hint = other?.startsWith('-')
    ? `options stand in front of it: esoz-sandbox exec ${other} … ${shown} -- npm test`
    : `put the command behind --: esoz-sandbox exec ${shown} -- npm test`;
  throw new UsageError('USAGE_NO_COMMAND', `behind ${shown} no command was given`, hint);
}

function isDocument(path: string): boolean {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder
    ? specBeside(`${path}/binding.yaml`) !== undefined
    : /\.(ya?ml|json)$/i.test(path);
}
