import { beyondHunts } from '../../hunt/beyond.js';
import { stepsOf } from '../../hunt/draft.js';
import type { Hunted } from '../../hunt/plan.js';
import { tellLife } from '../../hunt/write-life.js';
import type { Ended } from './ended.js';

/** A hunt for programs. */
export function findsJson(
  { finds, flaky, lives, runs, tried }: Hunted,
  { api, kit, texts, took }: Ended,
  { seed, budget, rate }: { seed: number; budget: number; rate: number | undefined },
) {
  return {
    api: api.name,
    seed,
    budget,
    ...(rate === undefined ? {} : { rate }),
    took: Math.round(took),
    lives,
    runs,
    findings: finds.map((find) => {
      const { cause, outcome, number, drawn, shrunk, smallest } = find;
      const { id, severity, title, advice, help, rule, evidence } = cause;
      const step = outcome.stepOf(cause);
      return {
        cause: id,
        severity,
        rule,
        message: evidence.finding.message,
        change: title,
        advice,
        help,
        ...(step === undefined ? {} : { step: step + 1 }),
        life: number,
        foundAfter: Math.round(find.foundAfter),
        steps: { drawn: stepsOf(drawn), shrunk: stepsOf(shrunk) },
        runs: find.runs,
        smallest,
        tells: tellLife(shrunk.scenario),
        ...texts.get(find),
      };
    }),
    flaky: flaky.map(({ cause: { id, evidence }, number, life, seen, of }) => ({
      cause: id,
      message: evidence.finding.message,
      life: number,
      tells: tellLife(life.scenario),
      seen,
      of,
    })),
    tried: tried.counts,
    neverTried: tried.untried(),
    noHuntTries: beyondHunts(api, kit),
    cannotHave: kit.leftOut,
  };
}
