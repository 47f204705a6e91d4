import type { Duration } from '../../time/moments.js';
import type { Scenario } from '../scenario.js';
import type { Suite } from '../suite.js';
import { deriveScenario, type LeftOut, type Lesson } from './lesson.js';
import { ENDS, FAILURES, otherEnds } from './lessons/ends.js';
import { NETWORK } from './lessons/network.js';
import { NO_END } from './lessons/no-end.js';
import { REQUESTS } from './lessons/requests.js';
import { WEBHOOKS } from './lessons/webhooks.js';
import { WHEN_TO_ASK } from './lessons/when-to-ask.js';
import type { DeriveWords } from './words.js';

const MINUTE: Duration = 60_000;

/** What every API gets by its binding alone. */
export interface Derived {
  scenarios: ReadonlyMap<string, Scenario>;
  /** Suites by name; each tells what it lacks. */
  suites: ReadonlyMap<string, Suite>;
}

/** A suite that is the same for every API, but for what one of them cannot have. */
interface Plan {
  name: string;
  title: string;
  about: string;
  pace: number;
  lessons(words: DeriveWords): readonly string[];
}

const names = (lessons: readonly Lesson[]) => lessons.map(({ name }) => name);

const PLANS: readonly Plan[] = [
  {
    name: 'polling-basics',
    title: 'What every poller must get right',
    about:
      'A minute and a half in all for a client that waits as it is told: run it with every build.',
    pace: 10,
    lessons: () => [
      'done-after-eta',
      'eta-moves',
      'slow-answer',
      'failed',
      'lost-after-pending',
      'unavailable-503',
      'reset-once',
      'unauthorized-in-mid-poll',
    ],
  },
  {
    name: 'polling-full',
    title: 'Everything that can happen to a poller',
    about:
      'For a release. never-ends lasts as long as the client is patient, half an hour at most.',
    pace: 20,
    lessons: (words) => [
      ...names(WHEN_TO_ASK),
      ...names(NO_END),
      'failed',
      'cancelled',
      ...names(ENDS),
      ...names(otherEnds(words).results),
      'refused-on-submit-422',
      'overloaded-on-submit',
      'reset-on-submit',
    ],
  },
  {
    name: 'bad-network',
    title: 'What can happen to an answer on its way',
    about:
      'None of it says anything about the job. About three minutes in all for a client that waits.',
    pace: 20,
    lessons: () => ['reset-once', ...names(NETWORK)],
  },
  {
    name: 'errors',
    title: 'Every way in which a job can fail, or a request be refused',
    about:
      'The client shows each of them and reads nothing. About a minute in all for a client that waits.',
    pace: 20,
    lessons: (words) => [
      ...names(FAILURES),
      ...names(otherEnds(words).failures),
      'refused-on-submit-422',
      'refused-on-submit-400',
      'internal-error-on-submit',
    ],
  },
];

/** For an API that sends webhooks. */
const WEBHOOK_PLAN: Plan = {
  name: 'webhooks',
  title: 'What every receiver of webhooks must get right',
  about: 'Half a minute in all, and as long as the client waits for a webhook that is lost.',
  pace: 10,
  lessons: () => names(WEBHOOKS),
};

/** The suites that every API has, whatever its binding. */
export const DERIVED_SUITES: readonly string[] = PLANS.map(({ name }) => name);

/**
 * Lives and suites of an API, from what its binding says of its states.
 * @example deriveSuites(words).suites.get('polling-basics')?.scenarios // ['done-after-eta', 'failed', …]
 */
export function deriveSuites(words: DeriveWords): Derived {
  const { failures, results } = otherEnds(words);
  const all = [
    ...WHEN_TO_ASK,
    ...NO_END,
    ...FAILURES,
    ...failures,
    ...ENDS,
    ...results,
    ...REQUESTS,
    ...NETWORK,
    ...(words.webhooks ? WEBHOOKS : []),
  ];
  const scenarios = new Map<string, Scenario>();
  const leftOut = new Map<string, LeftOut>();
  for (const lesson of all) {
    // A binding may call its own errors and shapes as lessons are called: the lesson is the more telling one.
    if (scenarios.has(lesson.name) || leftOut.has(lesson.name)) continue;
    const made = deriveScenario(lesson, words);
    if ('why' in made) leftOut.set(made.name, made);
    else scenarios.set(made.name, made);
  }
  const plans = words.webhooks ? [...PLANS, WEBHOOK_PLAN] : PLANS;
  const suites = plans.map(
    (plan) => [plan.name, suiteOf(plan, words, scenarios, leftOut)] as const,
  );
  return { scenarios, suites: new Map(suites) };
}

function suiteOf(
  { name, title, about, pace, lessons }: Plan,
  words: DeriveWords,
  scenarios: ReadonlyMap<string, Scenario>,
  leftOut: ReadonlyMap<string, LeftOut>,
): Suite {
  const wanted = [...new Set(lessons(words))];
  return {
    name,
    title,
    about,
    file: '',
    scenarios: wanted.filter((each) => scenarios.has(each)),
    pace,
    // In time of the API: longer than ten minutes, the patience of many a client.
    timeout: 11 * MINUTE,
    // Longer than the half hour that the rule gives-up allows.
    timeoutEndless: 31 * MINUTE,
    tolerances: {},
    problems: [],
    leftOut: wanted.flatMap((each) => leftOut.get(each) ?? []),
  };
}
