import { stringify } from 'yaml';
import type { StateDraft } from './draft-answers.js';

/** A file that goes with a guessed binding. */
export interface GuessedFile {
  name: string;
  text: string;
}

/** The first lives of guessed jobs, in the words of their binding: each a file. */
export function scenarioTexts(states: readonly StateDraft[]): GuessedFile[] {
  const first = (outcome: StateDraft['outcome']) => states.find((each) => each.outcome === outcome);
  const [open, done, failed] = [first('open'), first('done'), first('failed')];
  if (!open || !done) return [];
  const [later = open] = states.filter(({ outcome }) => outcome === 'open').slice(1);
  const going = { state: later.name, for: '1 poll' };
  const begun = { state: open.name, for: '1 poll' };
  const ended = { state: done.name };
  return [
    life('done', 'Two open answers, then the end', 'happy', [begun, going, ended], {
      reaches_end: true,
    }),
    ...(failed
      ? [
          life(
            'failed',
            'One open answer, then a failure',
            'failed',
            [begun, { state: failed.name, error: { code: 'JOB_FAILED' } }],
            { reaches_end: true, result_read: false },
          ),
        ]
      : []),
    life('slow', 'Half a minute passes until the end', 'slow', [{ ...begun, for: '30s' }, ended], {
      reaches_end: true,
    }),
    life(
      'not-found-at-first',
      '404 at the first poll, then the job is there and comes to its end',
      'lost',
      [{ answer: { http: 404 }, for: '1 poll', off_contract: true }, going, ended],
      { reaches_end: true },
    ),
    life(
      'unavailable',
      '503 with Retry-After of two seconds, then the end',
      'throttled',
      [
        begun,
        { answer: { http: 503, retry_after: '2s' }, for: '1 poll', off_contract: true },
        ended,
      ],
      { reaches_end: true },
    ),
    life(
      'reset-once',
      'The connection of one poll is reset, then the end',
      'network',
      [begun, { answer: { fault: 'reset' }, for: '1 poll' }, ended],
      { reaches_end: true },
    ),
  ];
}

function life(
  name: string,
  title: string,
  group: string,
  steps: readonly object[],
  expect: object,
): GuessedFile {
  const lines = steps.map((step) => `  - ${flow(step)}`);
  const text = [
    `scenario: ${name}`,
    `title: ${title}`,
    `group: ${group}`,
    'life:',
    ...lines,
    `expect: ${flow(expect)}`,
    '',
  ];
  return { name, text: text.join('\n') };
}

function flow(value: object): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
}

const SUITE_TITLE = 'What every poller must get right';

/** The suite that `exec` plays unasked; of several kinds of jobs, what each has by a name. */
export function suiteText(scenarios: readonly GuessedFile[]): string {
  const all = scenarios.filter(({ name }) => name !== 'slow').map(({ name }) => name);
  const names = [...new Set(all)];
  return [
    'suite: polling-basics',
    `title: ${SUITE_TITLE}`,
    'timeout: 2min',
    'scenarios:',
    ...names.map((name) => `  - ${name}`),
    '',
  ].join('\n');
}
