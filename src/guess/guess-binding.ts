import type { Guessed } from '../contract/binding.js';
import type { Contract } from '../contract/contract.js';
import { bindingText, type NamedKind } from './binding-text.js';
import { type GuessedJobs, guessJobs } from './guess.js';
import { type GuessedFile, scenarioTexts } from './scenario-texts.js';

/** One kind of jobs that was guessed. */
export interface GuessedKind {
  /** Undefined: it is the only one. */
  name: string | undefined;
  jobs: GuessedJobs;
  /** What only a person can say. */
  questions: readonly string[];
  scenarios: readonly GuessedFile[];
}

/** All that a guess comes to. */
export interface GuessedFiles {
  /** The binding file. */
  text: string;
  /** The likeliest first; none: nothing looks like a job. */
  kinds: readonly GuessedKind[];
  /** What only a person can say of the document as a whole. */
  questions: readonly string[];
  /** What goes with the binding of each kind, by its name. */
  guessed: ReadonlyMap<string | undefined, Guessed>;
}

/** Settings of a guess that have a default. */
interface Wishes {
  /** Id of an operation of the jobs that are meant, where a document has several kinds. */
  operation?: string | undefined;
  /** Where the document has something, as a comment says it. */
  place?: ((at: readonly string[]) => string) | undefined;
}

/**
 * Guesses a binding from what a document declares, with every kind of jobs that can be played.
 * @param document its name, for comments
 */
export function guessBinding(
  contract: Contract,
  document: string,
  { operation, place = () => '' }: Wishes = {},
): GuessedFiles {
  const guess = guessJobs(contract, operation);
  const naming = { name: nameOf(contract.title), document, place };
  const { text, questions, kinds: named } = bindingText(contract, guess, naming);
  const kinds = named.map(toKind);
  const played = new Set(named.map(({ jobs }) => jobs.report));
  const others = [...guess.kinds, ...guess.others]
    .filter(({ report }) => !played.has(report))
    .map(({ report, schedules }) => ({
      report: report.operation.id,
      schedules: schedules.map((each) => each.operation.id),
    }));
  return { text, kinds, questions, guessed: byName(kinds, questions, others) };
}

function toKind({ name, jobs, drafts, questions }: NamedKind): GuessedKind {
  return { name, jobs, questions, scenarios: scenarioTexts(drafts.states) };
}

/** What is said of the document as a whole goes with the first kind. */
function byName(
  kinds: readonly GuessedKind[],
  questions: readonly string[],
  others: Guessed['others'],
): GuessedFiles['guessed'] {
  const [first, ...more] = kinds;
  const whole = {
    questions: [...(first?.questions ?? []), ...questions],
    others,
    scenarios: first?.scenarios ?? [],
  };
  return new Map<string | undefined, Guessed>([
    [first?.name, whole],
    ...more.map(({ name, questions: own, scenarios }): [string | undefined, Guessed] => [
      name,
      { questions: own, others: [], scenarios },
    ]),
  ]);
}

/** `Beneficiary Claims Data API` is `beneficiary-claims-data-api`. */
function nameOf(title: string): string {
  const name = title
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return name === '' ? 'api' : name;
}
