import type { Contract } from '../contract/contract.js';
import type { Guess, GuessedJobs } from './guess.js';
import {
  block,
  type DraftedKind,
  draftKind,
  indented,
  kindLines,
  type Naming,
  partLines,
  scalar,
} from './kind-text.js';
import { nameKinds } from './name-kinds.js';

/** One kind of jobs that the binding plays. */
export interface NamedKind extends DraftedKind {
  /** Undefined: it is the only one. */
  name: string | undefined;
}

/** A binding that was guessed, as a file. */
export interface GuessedBinding {
  text: string;
  /** What only a person can say of the document as a whole. */
  questions: readonly string[];
  /** Those that the binding plays, the likeliest first. */
  kinds: readonly NamedKind[];
}

/**
 * The text of a binding file: each guess with its reason in a comment above it, each doubt as a question. It is
 * read like any other binding.
 */
export function bindingText(contract: Contract, guess: Guess, naming: Naming): GuessedBinding {
  const drafted = guess.kinds.map((jobs) => draftKind(contract, jobs));
  const [first, ...more] = drafted.filter(({ playable }) => playable);
  const left = drafted.filter(({ playable }) => !playable);
  const head = [
    `# Guessed from ${naming.document}: each comment says why. Lines with a question mark want your answer.`,
    `binding: ${scalar(naming.name)}`,
    ...prefixLines(contract),
    '',
  ];
  if (!first) {
    const questions = left.flatMap((kind) => kind.questions);
    return { text: toText([...head, ...nothingLines(questions)]), questions, kinds: [] };
  }
  const beside = [...left.map(leftOut), ...guess.others.map(askedFor)];
  if (more.length > 0) return severalKinds(head, [first, ...more], beside, naming);
  const questions = [...first.questions, ...beside];
  const text = toText([
    ...head,
    ...asComments(questions),
    ...partLines([{ ...first, name: PART }]),
    ...kindLines(first, PART, naming),
    '',
    ...RESULT,
    '',
    ...errorLines([first]),
  ]);
  return { text, questions: beside, kinds: [{ ...first, name: undefined }] };
}

/** What answers have in common is called so, where there is one kind of jobs. */
const PART = 'job';

/** What all kinds have in common stands above them. */
function severalKinds(
  head: readonly string[],
  drafted: readonly DraftedKind[],
  questions: readonly string[],
  naming: Naming,
): GuessedBinding {
  const names = nameKinds(drafted.map(({ jobs }) => jobs));
  const kinds = drafted.map((kind, i) => ({ ...kind, name: names[i] as string }));
  const text = toText([
    ...head,
    ...asComments(questions),
    ...RESULT,
    '',
    ...errorLines(drafted),
    '',
    ...partLines(kinds),
    '# Kinds of jobs, the likeliest first: leave out those that are none.',
    'kinds:',
    ...kinds.flatMap((kind) => [
      ...kind.questions.map((question) => `  # Question: ${question}`),
      `  ${scalar(kind.name)}:`,
      indented(indented(toText(kindLines(kind, kind.name, naming)))).trimEnd(),
      '',
    ]),
  ]);
  return { text, questions, kinds };
}

function toText(lines: readonly string[]): string {
  return `${lines.join('\n').trimEnd()}\n`;
}

function asComments(questions: readonly string[]): string[] {
  if (questions.length === 0) return [];
  return [...questions.map((question) => `# Question: ${question}`), ''];
}

function nothingLines(questions: readonly string[]): string[] {
  return [
    '# Nothing in the document is played as a job: every operation is answered from its examples and schemas.',
    ...questions.map((question) => `# Question: ${question}`),
    '# Question: is there a job after all? Name what schedules it and what reports it:',
    '# schedules: [createReport]',
    '# report: { operation: getReport, job: reportId }',
    'schedules: []',
  ];
}

const RESULT = [
  '# The result stands in the answer that says that the job is done.',
  '# Question: or does it stand behind a link (link), or in what its client finds by an id (resource)?',
  'result: inline',
];

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

function errorLines(kinds: readonly DraftedKind[]): string[] {
  const states = kinds.flatMap(({ drafts }) => drafts.states);
  if (!states.some(({ outcome }) => outcome === 'failed')) return [];
  return [
    '# What a failed job says.',
    '# Question: which errors does your API know?',
    block({ errors: { JOB_FAILED: { message: 'The job has failed' } } }),
    'failure: JOB_FAILED',
  ];
}

/** Jobs of which no answer suits the contract. */
function leftOut({ jobs, questions }: DraftedKind): string {
  return `${idsOf(jobs)} look like jobs as well; are they meant? They are not played: ${questions.at(-1)}`;
}

/** Another kind was asked for. */
function askedFor(jobs: GuessedJobs): string {
  const how = `--operation ${scalar(jobs.report.operation.id)} writes their binding.`;
  return `${idsOf(jobs)} look like jobs as well; are they meant? ${how}`;
}

function idsOf({ report, schedules }: GuessedJobs): string {
  const ids = schedules.map(({ operation }) => operation.id).join(', ');
  return `${ids} and ${report.operation.id}`;
}
