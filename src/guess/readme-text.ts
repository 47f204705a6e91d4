import type { Say } from '../say.js';
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

/**
 * The page that lies beside a guessed binding: what is there, what to type, what is asked.
 * @param say puts it into the reader's language
 */
export function readmeText(written: Written, say: Say): string {
  const { document, title, kinds, binding, options } = written;
  const questions = [...kinds.flatMap((kind) => kind.questions), ...written.questions];
  return [
    `# ${say`${title} in ESOZ Sandbox`}`,
    '',
    `${say`Guessed from \`${document}\`.`} ${whatIsPlayed(kinds, say)}`,
    '',
    '```sh',
    `esoz-sandbox serve ${document}                    # ${say('the API on http://127.0.0.1:4010')}`,
    ...(kinds.length > 0
      ? [
          `esoz-sandbox try ${document}                      # ${kinds.length > 1 ? say('one job of each kind from its request to its end') : say('one job from its request to its end')}`,
          `esoz-sandbox lint ${options}                # ${say('mistakes, with file, line and column')}`,
          `esoz-sandbox exec ${options} -- npm test    # ${say("your client's tests, judged by how they poll")}`,
        ]
      : []),
    '```',
    '',
    `| ${say('file')} | ${say('what it says')} |`,
    '| --- | --- |',
    `| \`${binding}\` | ${say('which operations schedule and report jobs, and what the answers look like; each guess with its reason')} |`,
    ...kinds.flatMap((kind) => scenarioRows(kind, written.scenarios, say)),
    '',
    ...(questions.length > 0
      ? [`## ${say('Questions')}`, '', ...questions.map((question) => `- ${say(question)}`), '']
      : []),
  ].join('\n');
}

function whatIsPlayed(kinds: readonly GuessedKind[], say: Say): string {
  if (kinds.length === 0)
    return say(
      'Nothing in the document looks like a job: every operation is answered from its examples and schemas.',
    );
  return kinds
    .map(({ name, jobs: { schedules, report } }) => {
      const ids = schedules.map((each) => `\`${each.operation.id}\``).join(', ');
      const kind = name === undefined ? '' : `${name}: `;
      return `${kind}${say`${ids} schedules a job, \`${report.operation.id}\` reports it.`}`;
    })
    .join(' ');
}

function scenarioRows({ name: kind, scenarios }: GuessedKind, folder: string, say: Say): string[] {
  return scenarios.map(({ name, text }) => {
    const title = /^title: (.*)$/m.exec(text)?.[1] ?? '';
    return `| \`${folder}/${kind === undefined ? '' : `${kind}/`}${name}.yaml\` | ${say(title)} |`;
  });
}
