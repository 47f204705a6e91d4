import { gravity } from '../../audit/severity.js';
import type { JobVerdict, RuleVerdict } from '../../audit/verdict.js';
import { worstOf } from '../../report/describe.js';
import type { Chapter } from '../../report/report.js';
import type { Origin } from '../timeline/describe-mark.js';
import { type DrawnJob, exchangeId, type Ground, timelineId } from '../timeline/ground.js';

/** More timelines than this nobody looks at. */
const MOST_TIMELINES = 50;

/** A spot of a single timeline is a pixel or two; many timelines are drawn less finely, lest the page grow huge. */
const SPOTS = 600;
const LEAST_SPOTS = 150;

/** Where things stand within a chapter's part of the page. */
export interface Places {
  /** Begins every `id` of the chapter. */
  id: string;
  /** The broken rules, gravest first; a rule's number is its place in here, from 1. */
  broken: readonly RuleVerdict[];
  /** How many rules were put to the test. */
  tested: number;
  numberOf(rule: string): number | undefined;
  drawn: readonly DrawnJob<JobVerdict>[];
  leftOut: number;
  /** What its timelines have in common. */
  ground: Ground;
  /** The `id` of a job's timeline, if it is drawn. */
  timelineOf(job: string | undefined): string | undefined;
  originOf(job: string | undefined): Origin | undefined;
}

export function placesIn({ verdict }: Chapter, id: string): Places {
  const broken = verdict.rules
    .filter(({ outcome }) => outcome === 'failed')
    .sort((a, b) => gravity(worstOf(a)) - gravity(worstOf(b)));
  const numbers = new Map(broken.map(({ rule }, i) => [rule, i + 1]));
  const drawn = choose(verdict.jobs, broken);
  const timelines = new Map(drawn.map(({ job, number }) => [job.job, timelineId(id, number)]));
  const { pace } = verdict.clock;
  const origins = new Map(verdict.jobs.map((job) => [job.job, { start: job.submission.at, pace }]));
  return {
    id,
    broken,
    tested: verdict.rules.filter(({ tested }) => tested > 0).length,
    numberOf: (rule) => numbers.get(rule),
    drawn,
    leftOut: verdict.jobs.length - drawn.length,
    timelineOf: (job) => (job === undefined ? undefined : timelines.get(job)),
    originOf: (job) => (job === undefined ? undefined : origins.get(job)),
    ground: {
      id,
      pace,
      broken: broken.map((one, i) => ({ rule: one.rule, number: i + 1, severity: worstOf(one) })),
      spots: Math.max(LEAST_SPOTS, Math.round(SPOTS / drawn.length)),
      linkOf: (mark) => mark.exchange && `#${exchangeId(id, mark)}`,
    },
  };
}

/** All of them, or as many as fit: first those that something is found about. */
function choose(
  jobs: readonly JobVerdict[],
  broken: readonly RuleVerdict[],
): DrawnJob<JobVerdict>[] {
  const numbered = jobs.map((job, i) => ({ job, number: i + 1 }));
  if (jobs.length <= MOST_TIMELINES) return numbered;
  const found = new Set(broken.flatMap(({ findings }) => findings.map(({ job }) => job)));
  const isFound = ({ job, submission, polls }: JobVerdict) =>
    (job !== undefined && found.has(job)) ||
    [submission, ...polls].some(({ breaks }) => breaks.length > 0);
  const telling = numbered.filter(({ job }) => isFound(job));
  const others = numbered.filter(({ job }) => !isFound(job));
  return [...telling, ...others].slice(0, MOST_TIMELINES);
}
