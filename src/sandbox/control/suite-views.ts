import type { ProcessStep } from '../../scenario/process.js';
import type { Suite } from '../../scenario/suite.js';
import { type Api, qualified } from '../api.js';
import type { OwnScenario } from '../select-scenario.js';
import { scenariosOfSuite } from '../suite-scenarios.js';
import { tellStep } from './scenario-views.js';

/** A suite, and the APIs that it is of. */
export interface OwnSuite {
  suite: Suite;
  apis: readonly Api[];
}

export type SuiteSummary = ReturnType<typeof summarizeSuite>;

/** @param name how it is asked for. @param several APIs are served */
export function summarizeSuite(name: string, { suite, apis }: OwnSuite, several: boolean) {
  const { title, about, pace, steps } = suite;
  return {
    name,
    title,
    about,
    ...(several && apis[0] ? { api: apis[0].home } : {}),
    ...(pace === undefined ? {} : { pace }),
    scenarios: scenariosOfSuite(suite, apis).map((own) => nameIn(own, apis)),
    ...(steps ? { steps: steps.map(summarizeStep) } : {}),
  };
}

export type SuiteView = ReturnType<typeof showSuite>;

/** A suite as a plan: each of its scenarios with what it is about, and what a good client meets in it. */
export function showSuite(name: string, own: OwnSuite, several: boolean) {
  const { suite, apis } = own;
  return {
    ...summarizeSuite(name, own, several),
    scenarios: scenariosOfSuite(suite, apis).map((each) => showPart(each, apis)),
    ...(suite.leftOut && suite.leftOut.length > 0 ? { left_out: [...suite.leftOut] } : {}),
  };
}

function showPart(own: OwnScenario, apis: readonly Api[]) {
  const { title, about, life, meets, operations, refuse } = own.scenario;
  return {
    name: nameIn(own, apis),
    title,
    about,
    ...(operations ? { operations: [...operations] } : {}),
    ...(refuse ? { refuse: refuse.fault?.name ?? refuse.http } : {}),
    meets: meets.flatMap((index) => {
      const step = life[index];
      return step ? [{ step: index + 1, says: tellStep(step) }] : [];
    }),
  };
}

/** Of several kinds of jobs, the one that lives it is named as well where another has a scenario of that name. */
function nameIn({ api, scenario: { name } }: OwnScenario, apis: readonly Api[]): string {
  const having = apis.filter(({ catalogue }) => catalogue.has(name));
  return having.length > 1 ? qualified(api, name) : name;
}

function summarizeStep({ name, title, operations, optional, scenarios, advice }: ProcessStep) {
  return {
    name,
    title,
    operations: [...operations],
    ...(optional ? { optional } : {}),
    ...(scenarios.length > 0 ? { scenarios: [...scenarios] } : {}),
    ...(advice === '' ? {} : { advice }),
  };
}
