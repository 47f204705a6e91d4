import type { Guessed } from '../contract/binding.js';
import type { GuessedJobs } from './guess.js';

interface Written {
  /** The document's name. */
  document: string;
  title: string;
  jobs: GuessedJobs | undefined;
  guessed: Guessed;
  binding: string;
  scenarios: string;
  /** Options of commands that take no file: `--pack .`. */
  options: string;
}

/** The page that lies beside a guessed binding: what is there, what to type, what is asked. */
export function readmeText(written: Written): string {
  const { document, title, jobs, guessed, binding, scenarios, options } = written;
  const what = jobs
    ? `${jobs.schedules.map((each) => `\`${each.operation.id}\``).join(', ')} schedules a job, \`${jobs.report.operation.id}\` reports it.`
    : 'Nothing in the document looks like a job: every operation is answered from its examples and schemas.';
  return [
    `# ${title} in ESOZ Sandbox`,
    '',
    `Guessed from \`${document}\`. ${what}`,
    '',
    '```sh',
    `esoz-sandbox serve ${document}                    # the API on http://127.0.0.1:4010`,
    ...(jobs
      ? [
          `esoz-sandbox try ${document}                      # one job from its request to its end`,
          `esoz-sandbox lint ${options}                # mistakes, with file, line and column`,
          `esoz-sandbox exec ${options} -- npm test    # your client's tests, judged by how they poll`,
        ]
      : []),
    '```',
    '',
    '| file | what it says |',
    '| --- | --- |',
    `| \`${binding}\` | which operations schedule and report jobs, and what the answers look like; each guess with its reason |`,
    ...(jobs
      ? guessed.scenarios.map(({ name, text }) => {
          const title = /^title: (.*)$/m.exec(text)?.[1] ?? '';
          return `| \`${scenarios}/${name}.yaml\` | ${title} |`;
        })
      : []),
    '',
    ...(guessed.questions.length > 0
      ? ['## Questions', '', ...guessed.questions.map((question) => `- ${question}`), '']
      : []),
  ].join('\n');
}
