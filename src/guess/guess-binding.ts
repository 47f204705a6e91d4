import type { Guessed } from '../contract/binding.js';
import type { Contract } from '../contract/contract.js';
import { bindingText, type GuessedBinding } from './binding-text.js';
import { type Guess, type GuessedJobs, guessJobs } from './guess.js';
import { type GuessedFile, scenarioTexts } from './scenario-texts.js';

/** All that a guess comes to. */
export interface GuessedFiles {
  /** The binding file. */
  text: string;
  jobs: GuessedJobs | undefined;
  scenarios: readonly GuessedFile[];
  guessed: Guessed;
}

/** Settings of a guess that have a default. */
interface Wishes {
  /** Id of an operation of the jobs that are meant, where a document has several kinds. */
  operation?: string | undefined;
  /** Where the document has something, as a comment says it. */
  place?: ((at: readonly string[]) => string) | undefined;
}

/**
 * Guesses a binding from what a document declares; of several kinds of jobs the likeliest that can be played.
 * @param document its name, for comments
 */
export function guessBinding(
  contract: Contract,
  document: string,
  { operation, place = () => '' }: Wishes = {},
): GuessedFiles {
  const guess = guessJobs(contract, operation);
  const naming = { name: nameOf(contract.title), document, place };
  const { text, questions, jobs, states } = likeliest(contract, guess, naming);
  const scenarios = scenarioTexts(states);
  const others = guess.others
    .filter(({ report }) => report !== jobs?.report)
    .map(({ report, schedules }) => ({
      report: report.operation.id,
      schedules: schedules.map((each) => each.operation.id),
    }));
  return { text, jobs, scenarios, guessed: { questions, others, scenarios } };
}

/** The first kind of jobs of which an answer can be made that the contract allows. */
function likeliest(
  contract: Contract,
  guess: Guess,
  naming: Parameters<typeof bindingText>[2],
): GuessedBinding {
  const first = bindingText(contract, guess, naming);
  if (first.jobs || !guess.jobs) return first;
  for (const jobs of guess.others) {
    const others = [guess.jobs, ...guess.others].filter((each) => each !== jobs);
    const next = bindingText(contract, { ...guess, jobs, others }, naming);
    if (next.jobs) return next;
  }
  return first;
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
