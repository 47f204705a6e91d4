import { stringify } from 'yaml';
import type { Contract } from '../contract/contract.js';
import { callbackLines } from './callback-lines.js';
import type { Clue } from './clue.js';
import { type AnswerDraft, type Drafts, draftAnswers } from './draft-answers.js';
import { type GuessedJobs, isSure } from './guess.js';

/** How comments name things. */
export interface Naming {
  /** `binding: NAME`. */
  name: string;
  /** The document, as comments call it. */
  document: string;
  /** Where the document has this: ` (openapi.yaml:12)`. */
  place: (at: readonly string[]) => string;
}

/** One kind of jobs as a binding can say it. */
export interface DraftedKind {
  jobs: GuessedJobs;
  drafts: Drafts;
  /** What only a person can say. */
  questions: readonly string[];
  /** What is known of its callbacks, as lines of the file. */
  callbacks: readonly string[];
  /** There are answers for a whole life that the contract allows. */
  playable: boolean;
}

/** What a binding says of one kind of jobs, without what the contract does not allow. */
export function draftKind(contract: Contract, jobs: GuessedJobs): DraftedKind {
  const drafts = draftAnswers(contract, jobs);
  const questions = doubtsOf(jobs, drafts);
  const scheduled = new Map([...drafts.scheduled].filter(([, { breach }]) => breach === undefined));
  const states = drafts.states.filter(({ breach }) => breach === undefined);
  const schedules = jobs.schedules.filter((schedule) => scheduled.has(schedule));
  const outcomes = new Set(states.map(({ outcome }) => outcome));
  const playable = schedules.length > 0 && outcomes.has('open') && outcomes.has('done');
  const own = { ...jobs, schedules };
  return {
    jobs: own,
    drafts: { ...drafts, scheduled, states },
    questions,
    callbacks: callbackLines(contract, own),
    playable,
  };
}

/** The keys of one kind of jobs, each guess with its reason in a comment above it. */
export function kindLines({ jobs, drafts, callbacks }: DraftedKind, naming: Naming): string[] {
  return [
    ...scheduleLines(jobs, drafts, naming),
    '',
    ...reportLines(jobs, drafts, naming),
    ...besideLines(jobs),
    '',
    '# The answer of an operation that schedules.',
    block({ scheduled: fileAnswer(usual(drafts)) }),
    ...callbacks,
    '',
    ...stateLines(jobs, drafts),
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

function reportLines(jobs: GuessedJobs, { ids, idClue }: Drafts, naming: Naming): string[] {
  const { report } = jobs;
  const { operation, job, clues } = report;
  return [
    `# What reports it: ${operation.method} ${operation.path}`,
    ...reasons(idClue ? [...clues, idClue] : clues, naming),
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

const DOES = {
  cancel: 'cancels them',
  delete: 'deletes them',
  list: 'lists them',
  result: 'reads what they have made',
} as const;

/** What seems to be about jobs that are there: no question, but worth to know. */
function besideLines({ beside }: GuessedJobs): string[] {
  return beside.map(({ operation, does }) => {
    return `# ${operation.id} ${DOES[does]}: it is answered from the contract, and no job heeds it.`;
  });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

export function scalar(text: string): string {
  return stringify(text, { lineWidth: 0 }).trimEnd();
}

export function block(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
}

export function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
