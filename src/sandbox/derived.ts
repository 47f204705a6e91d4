import type { AnswerTemplate, Binding, StateBinding } from '../contract/binding.js';
import type { Contract } from '../contract/contract.js';
import { namesIn } from '../contract/template.js';
import { answerOf } from '../contract/validator.js';
import { type Derived, deriveSuites } from '../scenario/derive/suites.js';
import type { DeriveWords, EndWords } from '../scenario/derive/words.js';

/** A contract and how it is bound: what lives and suites are derived from. */
interface Bound {
  contract: Contract;
  binding: Binding;
}

const known = new WeakMap<Binding, { contract: Contract; derived: Derived }>();
const NOTHING: Derived = { scenarios: new Map(), suites: new Map() };

/**
 * The scenarios and suites that follow from a binding's states alone; made when they are first asked for. There are
 * none where no state is open, or none is done.
 */
export function derivedOf({ contract, binding }: Bound): Derived {
  const found = known.get(binding);
  if (found?.contract === contract) return found.derived;
  const words = deriveWords({ contract, binding });
  const derived = words ? deriveSuites(words) : NOTHING;
  known.set(binding, { contract, derived });
  return derived;
}

/** What a binding and its contract say of the lives that jobs can have; undefined: too little. */
function deriveWords({ contract, binding }: Bound): DeriveWords | undefined {
  const report = contract.operations.get(binding.report.operation);
  const scheduling = [...binding.schedules.keys()].flatMap(
    (id) => contract.operations.get(id) ?? [],
  );
  const [first, ...others] = statesOf(binding, 'open').map(([name]) => name);
  const [done, ...more] = endsOf(binding, 'done');
  if (!report || scheduling.length === 0 || first === undefined || !done) return undefined;
  const open = answersOf(binding, 'open');
  const ends = [...binding.states.values()]
    .filter(({ outcome }) => outcome !== 'open')
    .flatMap(({ shapes }) => [...shapes.values()]);
  return {
    open: [first, ...others],
    done: [done, ...more],
    failed: endsOf(binding, 'failed'),
    cancelled: endsOf(binding, 'cancelled'),
    errors: binding.errors,
    tells: tellsOf(binding, open),
    bodies: { open: hasBody(open), done: hasBody(answersOf(binding, 'done')) },
    namesState: namesIn(open.map(sourcesOf)).includes('state'),
    endStatuses: ends.map(({ http }) => http),
    openStatuses: open.map(({ http }) => http),
    webhooks: binding.webhooks && {
      signed: binding.webhooks.some(({ key }) => key !== undefined),
    },
    credentials: report.security.some((schemes) => schemes.length > 0),
    reportIsGet: report.method === 'GET',
    reports: (status) => answerOf(report, status) !== undefined,
    schedules: (status) => scheduling.every((each) => answerOf(each, status) !== undefined),
  };
}

function statesOf({ states }: Binding, outcome: string): [string, StateBinding][] {
  return [...states].filter(([, state]) => state.outcome === outcome);
}

function endsOf(binding: Binding, outcome: string): EndWords[] {
  return statesOf(binding, outcome).map(([state, { shapes }]) => ({
    state,
    shapes: [...shapes]
      .filter(([, answer], i) => i === 0 || !tellsResult(answer))
      .map(([name]) => name),
  }));
}

/** What a scenario's `result` says, one that is derived cannot know. */
function tellsResult(answer: AnswerTemplate): boolean {
  return namesIn(sourcesOf(answer)).some((name) => name.startsWith('result.'));
}

function answersOf(binding: Binding, outcome: string): AnswerTemplate[] {
  return statesOf(binding, outcome).flatMap(([, { shapes }]) => [...shapes.values()]);
}

function hasBody(answers: readonly AnswerTemplate[]): boolean {
  return answers.every(({ data }) => data !== undefined);
}

function sourcesOf({ data, headers }: AnswerTemplate): unknown[] {
  return [data?.source, ...Object.values(headers).map(({ source }) => source)];
}

/**
 * What is told counts where it follows the job: a number that stands there as it is says the same of each job. An eta
 * that is a hint is nothing that a client could be held to.
 */
function tellsOf({ eta }: Binding, open: readonly AnswerTemplate[]): DeriveWords['tells'] {
  const heads = namesIn(open.map(sourcesOf)).map((name) => name.split('.', 1)[0]);
  if (eta === 'promise' && heads.includes('eta')) return 'eta';
  return heads.includes('retryAfter') ? 'pause' : 'nothing';
}
