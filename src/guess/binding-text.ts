import { stringify } from 'yaml';
import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import type { Clue } from './clue.js';
import { type AnswerDraft, type Drafts, draftAnswers, type StateDraft } from './draft-answers.js';
import { type Guess, type GuessedJobs, isSure } from './guess.js';
import { habitLines, habitsOf } from './request-habits.js';

/** A binding that was guessed, as a file. */
export interface GuessedBinding {
  text: string;
  /** What only a person can say. */
  questions: readonly string[];
  /** Jobs that the binding plays; undefined: none. */
  jobs: GuessedJobs | undefined;
  /** The states that it tells. */
  states: readonly StateDraft[];
}

interface Naming {
  /** `binding: NAME`. */
  name: string;
  /** The document, as comments call it. */
  document: string;
  /** Where the document has this: ` (openapi.yaml:12)`. */
  place: (at: readonly string[]) => string;
}

/**
 * The text of a binding file: each guess with its reason in a comment above it, each doubt as a question. It is
 * read like any other binding.
 */
export function bindingText(contract: Contract, guess: Guess, naming: Naming): GuessedBinding {
  const head = [
    `# Guessed from ${naming.document}: each comment says why. Lines with a question mark want your answer.`,
    `binding: ${scalar(naming.name)}`,
    ...prefixLines(contract),
  ];
  const { jobs } = guess;
  const drafts = jobs && draftAnswers(contract, jobs);
  const played = jobs && drafts && withoutBroken(jobs, drafts);
  if (!played) {
    const questions = jobs && drafts ? doubtsOf(jobs, drafts) : [];
    const text = [
      ...head,
      '',
      '# Nothing in the document is played as a job: every operation is answered from its examples and schemas.',
      ...questions.map((question) => `# Question: ${question}`),
      '# Question: is there a job after all? Name what schedules it and what reports it:',
      '# schedules: [createReport]',
      '# report: { operation: getReport, job: reportId }',
      'schedules: []',
      '',
    ];
    return { text: text.join('\n'), questions, jobs: undefined, states: [] };
  }
  const questions = [...doubtsOf(jobs, drafts), ...questionsBeside(guess)];
  const text = [
    ...head,
    '',
    ...questions.map((question) => `# Question: ${question}`),
    ...(questions.length > 0 ? [''] : []),
    ...scheduleLines(played.jobs, played.drafts, naming),
    '',
    ...reportLines(played.jobs, played.drafts, naming),
    ...besideLines(guess),
    ...habitLines(habitsOf(operationsOf(played.jobs))),
    '',
    '# The result stands in the answer that says that the job is done. Question: or behind a link (link), or in what its',
    '# client finds by an id (resource)?',
    'result: inline',
    '',
    '# The answer of an operation that schedules.',
    block({ scheduled: fileAnswer(usual(played.drafts)) }),
    '',
    ...stateLines(played.jobs, played.drafts),
    '',
    ...errorLines(played.drafts),
  ];
  const { states } = played.drafts;
  return { text: `${text.join('\n').trimEnd()}\n`, questions, jobs: played.jobs, states };
}

function operationsOf({ schedules, report }: GuessedJobs): Operation[] {
  return [...schedules.map(({ operation }) => operation), report.operation];
}

/** Without what the contract does not allow; undefined when no job is left that can be played. */
function withoutBroken(
  jobs: GuessedJobs,
  drafts: Drafts,
): { jobs: GuessedJobs; drafts: Drafts } | undefined {
  const scheduled = new Map([...drafts.scheduled].filter(([, { breach }]) => breach === undefined));
  const states = drafts.states.filter(({ breach }) => breach === undefined);
  const schedules = jobs.schedules.filter((schedule) => scheduled.has(schedule));
  const outcomes = new Set(states.map(({ outcome }) => outcome));
  if (schedules.length === 0 || !outcomes.has('open') || !outcomes.has('done')) return undefined;
  return { jobs: { ...jobs, schedules }, drafts: { ...drafts, scheduled, states } };
}

/** Paths of the servers: what may stand in front of the document's own. */
function prefixesOf({ document }: Pick<Contract, 'document'>): string[] {
  const servers = Array.isArray(document.servers) ? document.servers : [];
  const paths = servers.flatMap((server) => {
    const variables = server?.variables ?? {};
    const url = String(server?.url ?? '').replace(/\{([^}]+)\}/g, (_, name: string) => {
      return String(variables[name]?.default ?? name);
    });
    const [, path = ''] = /^(?:[a-z][a-z\d+.-]*:\/\/[^/]*|)(\/[^?#]*)?/i.exec(url) ?? [];
    const plain = path.replace(/\/+$/, '');
    return /^(\/[\w.~%-]+)+$/.test(plain) ? [plain] : [];
  });
  return [...new Set(['', ...paths])];
}

function prefixLines(contract: Contract): string[] {
  const prefixes = prefixesOf(contract);
  if (prefixes.length === 1) return [];
  return [
    '# What may stand in front of the paths: the servers of the document.',
    block({ prefixes }),
  ];
}

function reasons(clues: readonly Clue[], { place }: Naming, indent = ''): string[] {
  return clues.map(({ reason, at }) => `${indent}# ${oneLine(reason)}${place(at)}`);
}

function scheduleLines(jobs: GuessedJobs, drafts: Drafts, naming: Naming): string[] {
  const common = usual(drafts);
  const lines = jobs.schedules.flatMap((schedule) => {
    const own = drafts.scheduled.get(schedule);
    const differs = own && JSON.stringify(fileAnswer(own)) !== JSON.stringify(fileAnswer(common));
    const entry = { makes: false, ...(differs ? { scheduled: fileAnswer(own) } : {}) };
    const text = block({ [schedule.operation.id]: entry });
    const { method, path } = schedule.operation;
    const title = `  # ${method} ${path}`;
    return [title, ...reasons(schedule.clues, naming, '  '), indented(text)];
  });
  return ['# What schedules a job.', 'schedules:', ...lines];
}

function reportLines(jobs: GuessedJobs, { ids }: Drafts, naming: Naming): string[] {
  const { report } = jobs;
  const { operation, job, clues } = report;
  return [
    `# What reports it: ${operation.method} ${operation.path}`,
    ...reasons(clues, naming),
    block({ report: { operation: operation.id, job, ids } }),
  ];
}

function stateLines({ report: { telling } }: GuessedJobs, { states }: Drafts): string[] {
  const lines = states.map(({ name, outcome, ...answer }) =>
    indented(block({ [name]: { outcome, ...fileAnswer(answer) } })),
  );
  const how =
    telling.by === 'status'
      ? `# The values of \`${telling.field.path.join('.')}\`, sorted by what their words mean.`
      : '# How a job is told.';
  return [how, 'states:', ...lines];
}

function errorLines({ states }: Drafts): string[] {
  if (!states.some(({ outcome }) => outcome === 'failed')) return [];
  return [
    '# What a failed job says. Question: which errors does your API know?',
    block({ errors: { JOB_FAILED: { message: 'The job has failed' } } }),
    'failure: JOB_FAILED',
  ];
}

/** The answer that most of the operations give. */
function usual({ scheduled }: Drafts): AnswerDraft {
  return scheduled.values().next().value as AnswerDraft;
}

function fileAnswer({ http, headers, data }: AnswerDraft) {
  return {
    ...(http === 200 ? {} : { http }),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(data === undefined ? {} : { bare: true, data }),
  };
}

/** What is asked because two answers are possible, or because the contract takes none of those that were tried. */
function doubtsOf(jobs: GuessedJobs, { scheduled, states }: Drafts): string[] {
  const { report } = jobs;
  const broken = [
    ...[...scheduled].map(([{ operation }, { breach }]) => [operation.id, breach] as const),
    ...states.map(({ name, breach }) => [`state ${name}`, breach] as const),
  ].flatMap(([what, breach]) =>
    breach === undefined
      ? []
      : [
          `what does the answer of ${what} look like? It is left out: each that was tried breaks the contract, ${oneLine(breach)}`,
        ],
  );
  const described =
    report.telling.by === 'status' && report.telling.from === 'description'
      ? [
          `are these all its states? They stand in the description of \`${report.telling.field.name}\` alone.`,
        ]
      : [];
  const sure = isSure(jobs)
    ? []
    : [
        `does ${jobs.schedules[0]?.operation.id} really start something that ${report.operation.id} reports?`,
      ];
  const words = report.telling.by === 'status' ? report.telling.words.unsure : [];
  const unsure = words.map(
    (word) =>
      `is ${scalar(word)} open, done or failed? It is never told as long as \`states\` lacks it.`,
  );
  return [...sure, ...described, ...unsure, ...broken];
}

function questionsBeside({ others }: Guess): string[] {
  return others.map(({ report, schedules }) => {
    const ids = schedules.map(({ operation }) => operation.id).join(', ');
    const how = `--operation ${scalar(report.operation.id)} writes their binding.`;
    return `${ids} and ${report.operation.id} look like jobs as well; are they meant? ${how}`;
  });
}

/** What seems to cancel, delete or list the jobs: no question, but worth to know. */
function besideLines({ beside }: Guess): string[] {
  return beside.map(({ operation, does }) => {
    return `# ${operation.id} ${does} them: it is answered from the contract, and no job heeds it.`;
  });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function scalar(text: string): string {
  return stringify(text, { lineWidth: 0 }).trimEnd();
}

function block(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
