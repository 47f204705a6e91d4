import type { Run } from '../audit/evidence.js';
import { judge } from '../audit/judge.js';
import { stepsToMeet, whyNotPlayed } from '../audit/played.js';
import type { Tolerances } from '../audit/verdict.js';
import type { Chapter } from '../report/report.js';
import { scenarioOf } from '../sandbox/api.js';
import type { Session } from '../sandbox/session.js';
import { evidenceOf } from './collect-evidence.js';
import type { Held } from './process-facts.js';

interface Judging {
  /** Undefined: what was said of the session, else what its requests say. */
  run?: Run | undefined;
  /** The process that it is held to, where that is another one than it plays. */
  held?: Held;
  tolerances?: Tolerances;
}

/** A session as a chapter of a report; of one that plays a scenario of a suite, how far its client has come in it. */
export function judgeSession(session: Session, { run, held, tolerances }: Judging): Chapter {
  const { part, run: said, seen } = session.chosen;
  const evidence = evidenceOf(session, run ?? said, { ...held, seen: held?.seen || seen });
  const verdict = judge(evidence, { ...part?.tolerances, ...tolerances });
  const scenario = part && findScenario(session, part.course);
  if (!part || !scenario) return { name: session.name, verdict };
  const chapter: Chapter = { name: part.course, title: scenario.title, verdict };
  const { exchanges, dropped, deliveries } = evidence;
  if (dropped === 0) chapter.meets = stepsToMeet(exchanges, scenario, deliveries);
  const why = whyNotPlayed(exchanges, dropped, scenario, verdict, deliveries, UNHEARD);
  if (why !== undefined && verdict.run !== 'running') chapter.notPlayed = why;
  return chapter;
}

const UNHEARD = 'the client sent no request to the address of this session';

function findScenario({ setup }: Session, name: string) {
  return setup.apis.map((api) => scenarioOf(api, name)).find((found) => found !== undefined);
}
