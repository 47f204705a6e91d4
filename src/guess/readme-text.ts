import type { GuessedKind } from './guess-binding.js';

interface Written {
  /** The document's name. */
  document: string;
  title: string;
  kinds: readonly GuessedKind[];
  /** What is asked of the document as a whole. */
  questions: readonly string[];
  binding: string;
  /** Folder of the scenarios; those of several kinds lie in one below it for each. */
  scenarios: string;
  /** Options of commands that take no file: `--pack .`. */
  options: string;
}

/** The page that lies beside a guessed binding: what is there, what to type, what is asked. */
export function readmeText(written: Written): string {
  const { document, title, kinds, binding, options } = written;
  const questions = [...kinds.flatMap((kind) => kind.questions), ...written.questions];
  return [
    `# ${title} in ESOZ Sandbox`,
    '',
    `Guessed from \`${document}\`. ${whatIsPlayed(kinds)}`,
    '',
    '```sh',
    `esoz-sandbox serve ${document}                    # the API on http://127.0.0.1:4010`,
    ...(kinds.length > 0
      ? [
          `esoz-sandbox try ${document}                      # one job${kinds.length > 1 ? ' of each kind' : ''} from its request to its end`,
          `esoz-sandbox lint ${options}                # mistakes, with file, line and column`,
          `esoz-sandbox exec ${options} -- npm test    # your client's tests, judged by how they poll`,
        ]
      : []),
    '```',
    '',
    '| file | what it says |',
    '| --- | --- |',
    `| \`${binding}\` | which operations schedule and report jobs, and what the answers look like; each guess with its reason |`,
    ...kinds.flatMap((kind) => scenarioRows(kind, written.scenarios)),
    '',
    ...(questions.length > 0
      ? ['## Questions', '', ...questions.map((question) => `- ${question}`), '']
      : []),
  ].join('\n');
}

function whatIsPlayed(kinds: readonly GuessedKind[]): string {
  if (kinds.length === 0)
    return 'Nothing in the document looks like a job: every operation is answered from its examples and schemas.';
  return kinds
    .map(({ name, jobs: { schedules, report } }) => {
      const ids = schedules.map((each) => `\`${each.operation.id}\``).join(', ');
      const kind = name === undefined ? '' : `${name}: `;
      return `${kind}${ids} schedules a job, \`${report.operation.id}\` reports it.`;
    })
    .join(' ');
}

function scenarioRows({ name: kind, scenarios }: GuessedKind, folder: string): string[] {
  return scenarios.map(({ name, text }) => {
    const title = /^title: (.*)$/m.exec(text)?.[1] ?? '';
    return `| \`${folder}/${kind === undefined ? '' : `${kind}/`}${name}.yaml\` | ${title} |`;
  });
}
