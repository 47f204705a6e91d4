import { stringify } from 'yaml';
import type { Contract } from '../contract/contract.js';
import { spellJobPlace } from '../contract/job-place.js';
import type { Operation } from '../contract/operation.js';
import { callbackLines } from './callback-lines.js';
import type { Clue } from './clue.js';
import { asAliases, commonPart, withoutCommon } from './common-part.js';
import { type AnswerDraft, type Drafts, draftAnswers } from './draft-answers.js';
import { type BesideDraft, draftBeside } from './draft-beside.js';
import { type GuessedJobs, isSure } from './guess.js';
import { type GuessedHint, guessHint, hintLines } from './poll-hints.js';
import { habitLines, habitsOf } from './request-habits.js';

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
  /** What can be done about jobs that are there. */
  beside: readonly BesideDraft[];
  /** What only a person can say. */
  questions: readonly string[];
  /** What is known of its callbacks, as lines of the file. */
  callbacks: readonly string[];
  /** The API's own word for "come back then". */
  hint: GuessedHint | undefined;
  /** There are answers for a whole life that the contract allows. */
  playable: boolean;
}

/** What a binding says of one kind of jobs, without what the contract does not allow. */
export function draftKind(contract: Contract, jobs: GuessedJobs): DraftedKind {
  const drafts = draftAnswers(contract, jobs);
  const scheduled = new Map([...drafts.scheduled].filter(([, { breach }]) => breach === undefined));
  const states = drafts.states.filter(({ breach }) => breach === undefined);
  const schedules = jobs.schedules.filter((schedule) => scheduled.has(schedule));
  const outcomes = new Set(states.map(({ outcome }) => outcome));
  const playable = schedules.length > 0 && outcomes.has('open') && outcomes.has('done');
  const good = { ...drafts, scheduled, states };
  const beside = playable ? draftBeside(contract, jobs, good) : { drafts: [], questions: [] };
  const own = playable ? { ...jobs, schedules } : jobs;
  return {
    jobs: own,
    drafts: good,
    beside: beside.drafts,
    questions: [...doubtsOf(jobs, drafts), ...beside.questions.map(oneLine)],
    callbacks: callbackLines(contract, own),
    hint: guessHint(contract.document, own),
    playable,
  };
}

/** What the answers of some kinds have in common, each under its name. */
export function partLines(kinds: readonly { name: string; drafts: Drafts }[]): string[] {
  const parts = kinds.flatMap(({ name, drafts }) => {
    const common = commonPart(drafts);
    return common ? [`  ${name}: &${name}`, indented(indented(block(common)))] : [];
  });
  return parts.length === 0
    ? []
    : [
        '# What all answers of a job have in common: <<: *NAME puts it into one.',
        'parts:',
        ...parts,
        '',
      ];
}

/**
 * The keys of one kind of jobs, each guess with its reason in a comment above it.
 * @param part under which name {@link partLines} has what its answers have in common
 */
export function kindLines(
  { jobs, drafts, beside, callbacks, hint }: DraftedKind,
  part: string,
  naming: Naming,
): string[] {
  const common = commonPart(drafts);
  const fileAnswer = ({ data, ...answer }: AnswerDraft) =>
    toFile({ ...answer, data: withoutCommon(data, common, part) });
  return [
    ...scheduleLines(jobs, drafts, naming, fileAnswer),
    '',
    ...reportLines(jobs, drafts, naming),
    ...hintLines(hint, naming.place),
    ...habitLines(habitsOf(operationsOf(jobs))),
    '',
    ...besideLines(beside, naming),
    '# The answer of an operation that schedules.',
    block({ scheduled: fileAnswer(usual(drafts)) }),
    ...callbacks,
    '',
    ...stateLines(jobs, drafts, fileAnswer),
  ];
}

function operationsOf({ schedules, report }: GuessedJobs): Operation[] {
  return [...schedules.map(({ operation }) => operation), report.operation];
}

function reasons(clues: readonly Clue[], { place }: Naming, indent = ''): string[] {
  return clues.map(({ reason, at }) => `${indent}# ${oneLine(reason)}${place(at)}`);
}

type FileAnswer = (answer: AnswerDraft) => object;

function scheduleLines(
  jobs: GuessedJobs,
  drafts: Drafts,
  naming: Naming,
  fileAnswer: FileAnswer,
): string[] {
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
    `# ${REPORTS}: ${operation.method} ${operation.path}`,
    ...reasons(idClue ? [...clues, idClue] : clues, naming),
    block({ report: { operation: operation.id, job: spellJobPlace(job), ids } }),
  ];
}

function stateLines(
  { report: { telling } }: GuessedJobs,
  { states }: Drafts,
  fileAnswer: FileAnswer,
): string[] {
  const lines = states.map(({ name, outcome, ...answer }) =>
    indented(entry(name, { outcome, ...fileAnswer(answer) })),
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

function toFile({ http, headers, data }: AnswerDraft) {
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

const REPORTS = 'What reports it';

const DOES = {
  cancel: 'What cancels a job',
  delete: 'What deletes a job',
  list: 'What lists jobs',
  result: 'What reads what a job has made',
} as const;

/** What is about jobs that are there. */
function besideLines(beside: readonly BesideDraft[], naming: Naming): string[] {
  const results = beside.filter(({ does }) => does === 'result');
  const others = beside.filter(({ does }) => does !== 'result');
  return [
    ...others.flatMap((draft) => [
      ...titleOf(draft, naming),
      entry(draft.does, besideEntry(draft)),
      '',
    ]),
    ...(results.length > 0
      ? [
          ...results.flatMap((draft) => titleOf(draft, naming)),
          block({ results: results.map(besideEntry) }),
          '',
        ]
      : []),
  ];
}

function titleOf({ does, operation, clue }: BesideDraft, naming: Naming): string[] {
  const { method, path } = operation;
  return [`# ${DOES[does]}: ${method} ${path}`, ...reasons([clue], naming)];
}

function besideEntry({ operation, keys, answer }: BesideDraft): object {
  return { operation: operation.id, ...keys, ...(answer ? toFile(answer) : {}) };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

export function scalar(text: string): string {
  return stringify(text, { lineWidth: 0 }).trimEnd();
}

export function block(value: unknown): string {
  return asAliases(stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })).trimEnd();
}

/** Longer than this, a mapping has a line for each of its keys. */
const LINE = 100;

/** A key with its value in one line, if it is short. */
function entry(key: string, value: object): string {
  const style = { lineWidth: 0, collectionStyle: 'flow', aliasDuplicateObjects: false } as const;
  const line = `${scalar(key)}: ${asAliases(stringify(value, style)).trimEnd()}`;
  return line.length > LINE || line.includes('\n') ? block({ [key]: value }) : line;
}

export function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
