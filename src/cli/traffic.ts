import type { Run } from '../audit/evidence.js';
import type { Tolerances, Verdict } from '../audit/verdict.js';
import { suiteOf } from '../load/profile/apply.js';
import { readProfile } from '../load/profile/read.js';
import { judgeSeen, type Recorded } from '../record/judge/judge-seen.js';
import { wasSilent } from '../report/describe.js';
import type { Report } from '../report/report.js';
import {
  type BaselineFlags,
  type KnownBefore,
  prepareBaseline,
  settleBaseline,
} from './exec/baseline.js';
import { exitCodeOf, VERDICT_EXIT } from './exec/exit-code.js';
import { prepareReporting, type Reporting } from './exec/reporting.js';
import { readToleranceOptions } from './exec/settings.js';

/** How traffic with a real system is judged, as the command line gives it. */
export interface TrafficFlags extends BaselineFlags {
  report: string[];
  tolerance: string[];
  /** Its rules and tolerances judge. */
  profile?: string;
  whileRunning?: true;
}

/** The same, read. */
export interface TrafficJudging {
  reporting: Reporting;
  tolerances: Tolerances;
  usual: Tolerances;
  known: KnownBefore | undefined;
  run: Run;
  allowMended: boolean;
}

/** Reads all of it before the work begins. @throws UsageError, FileError */
export async function prepareTraffic(flags: TrafficFlags, ci: boolean): Promise<TrafficJudging> {
  const { report, profile: name, whileRunning, allowMended = false } = flags;
  const reporting = await prepareReporting({ report, ci });
  const profile = name === undefined ? undefined : await readProfile(name);
  const frozen = profile ? suiteOf(profile).tolerances : {};
  return {
    reporting,
    tolerances: { ...frozen, ...readToleranceOptions(flags.tolerance) },
    usual: profile?.tolerances ?? {},
    known: await prepareBaseline(flags),
    run: whileRunning ? 'running' : 'over',
    allowMended,
  };
}

/** What was made of it. */
export interface Judged {
  report: Report;
  verdict: Verdict;
  code: number;
}

/** The verdict of traffic. @throws UsageError where a baseline cannot be written */
export async function judgeTraffic(
  title: string,
  given: Pick<Recorded, 'name' | 'apis' | 'traffic'>,
  { tolerances, usual, known, run, allowMended }: TrafficJudging,
): Promise<Judged> {
  const verdict = judgeSeen({ ...given, tolerances, usual, run });
  const report: Report = { title, chapters: [{ name: given.name, verdict }] };
  const silent = wasSilent(verdict);
  if (!silent) await settleBaseline(report, known, true);
  const code = silent ? VERDICT_EXIT.command : exitCodeOf(report, { anyExit: true, allowMended });
  return { report, verdict, code };
}
