import { addTo } from './add-to.js';
import type { Cause, CauseFinding, Judged } from './cause.js';
import { CAUSE_KINDS, type CauseKind } from './cause-table.js';
import { pageOfRule } from './rule-page.js';
import { gravity, worst } from './severity.js';
import { isPolledByTwo } from './two-workers.js';
import { UNREAD_ANSWERS } from './unread-answers.js';
import type { Finding, JobVerdict } from './verdict.js';

/** Two workers leave traces of many kinds. */
const TWO_WORKERS: CauseKind = {
  id: 'two-workers-on-one-job',
  title: 'Let one worker poll a job: two do not know of each other',
  rule: 'single-flight',
  advice: 'give each job to one worker, by a lock or a queue, and let the others wait for its word',
  shows: ['single-flight', 'eta-respected', 'newest-eta-used', 'spacing'],
  explains: [
    ...['stops-when-final', 'stops-on-404', 'stops-on-refusal', 'retry-after-honoured'],
    ...['backs-off', 'expect.polls.at_most'],
  ],
  about: isPolledByTwo,
};

/** Every kind of cause, the deeper before the shallower. */
export const KINDS: readonly CauseKind[] = [TWO_WORKERS, ...UNREAD_ANSWERS, ...CAUSE_KINDS];

const DEPTH = new Map(KINDS.map((kind, i) => [kind, i]));

/** Rules whose findings ask for different changes, by what they say. */
const AMBIGUOUS = new Set([
  'expectations',
  ...KINDS.flatMap(({ shows }) => shows.flatMap((name) => name.match(/^[\w-]+(?=: )/) ?? [])),
]);
const BY_FINDING_ALONE = KINDS.filter(({ about }) => !about);

/** What a finding asks to be changed, as far as it tells by itself: the id of a cause, or the rule's name. */
export function changeOf(finding: Finding): string {
  const { rule } = finding;
  if (!AMBIGUOUS.has(rule)) return rule;
  const kind = BY_FINDING_ALONE.find(({ shows }) => shows.some((name) => isNamed(finding, name)));
  return kind?.id ?? rule;
}

/** A finding, with all that is needed to say what it is a sign of. */
interface Sign extends CauseFinding {
  kind: CauseKind;
  /** The lower, the deeper; of one kind, the better it shows it. */
  depth: number;
  rank: number;
  /** Session and scenario. */
  place: string;
  /** The jobs that it is about; empty: of no job in particular. */
  jobs: ReadonlySet<JobVerdict>;
}

/**
 * What there is to change in a client: one entry for each thing, gravest first, then those that show in
 * most scenarios and explain most. Every finding is in exactly one of them.
 */
export function causesOf(played: readonly Judged[]): Cause[] {
  const byPlace = new Map<string, Sign[]>();
  for (const sign of played.flatMap(signsOf)) addTo(byPlace, sign.place, sign);
  const own = new Map<string, Sign[]>();
  const symptoms = new Map<string, Sign[]>();
  for (const list of byPlace.values()) {
    for (const [sign, root] of rootsOf(list)) {
      addTo(root === sign ? own : symptoms, root.kind.id, sign);
    }
  }
  return [...own]
    .map(([id, shown]) => causeOf(shown, symptoms.get(id) ?? [], played))
    .sort(
      (a, b) =>
        gravity(a.severity) - gravity(b.severity) ||
        b.scenarios.length - a.scenarios.length ||
        weightOf(b) - weightOf(a),
    );
}

function weightOf({ findings, symptoms }: Cause): number {
  return findings.length + symptoms.length;
}

function signsOf(one: Judged, chapter: number): Sign[] {
  const { name, verdict, commandFindings = [] } = one;
  const bySeq = jobsBySeq(verdict.jobs);
  const judged = verdict.rules.flatMap(({ findings }) => findings);
  const told = commandFindings.map((message) => commandFinding(name, message));
  return [...judged, ...told].map((finding) => {
    const jobs = jobsIn(finding, bySeq, verdict.jobs);
    const place = `${chapter} ${finding.scenario ?? name}`;
    const kind = KINDS.find((candidate) => isOf(candidate, finding, jobs)) ?? unknown(finding);
    const rank = kind.shows.findIndex((shown) => isNamed(finding, shown));
    return { chapter, finding, place, jobs, kind, depth: DEPTH.get(kind) ?? KINDS.length, rank };
  });
}

/** A rule of another version of the package, whose verdict was fetched. */
function unknown({ rule, advice }: Finding): CauseKind {
  const title = advice.charAt(0).toUpperCase() + advice.slice(1);
  return { id: rule, title, rule, shows: [rule], explains: [] };
}

/** What a scenario expects of the command is a finding like others. */
function commandFinding(scenario: string, message: string): Finding {
  return {
    rule: 'expectations',
    severity: 'error',
    message,
    advice: `read what the scenario teaches: esoz-sandbox scenarios show ${scenario}`,
    scenario,
    evidence: [],
    more: 0,
  };
}

function jobsBySeq(jobs: readonly JobVerdict[]): ReadonlyMap<number, JobVerdict> {
  const found = new Map<number, JobVerdict>();
  for (const job of jobs) {
    for (const { seq } of [job.submission, ...job.polls]) found.set(seq, job);
  }
  return found;
}

/** Those that its exchanges are about; a finding of the command is about all that it did. */
function jobsIn(
  { rule, evidence, job }: Finding,
  bySeq: ReadonlyMap<number, JobVerdict>,
  all: readonly JobVerdict[],
): ReadonlySet<JobVerdict> {
  if (rule === 'expectations' && evidence.length === 0 && job === undefined) return new Set(all);
  return new Set(evidence.flatMap(({ seq }) => bySeq.get(seq) ?? []));
}

function isOf(kind: CauseKind, finding: Finding, jobs: Sign['jobs']): boolean {
  if (!kind.shows.some((name) => isNamed(finding, name))) return false;
  return !kind.about || [...jobs].some((job) => isAbout(kind, job));
}

/** What was seen in a job's exchanges: several findings ask for the same. */
const SEEN = new WeakMap<JobVerdict, Map<CauseKind, boolean>>();

function isAbout(kind: CauseKind, job: JobVerdict): boolean {
  const seen = SEEN.get(job) ?? new Map<CauseKind, boolean>();
  SEEN.set(job, seen);
  const known = seen.get(kind) ?? kind.about?.(job) ?? true;
  seen.set(kind, known);
  return known;
}

/** `spacing`; `stops-on-refusal: (403)`, with that in its message; `expect.polls.at_most`. */
function isNamed({ rule, message }: Finding, name: string): boolean {
  if (name === rule) return true;
  if (name.startsWith('expect.')) return rule === 'expectations' && message.startsWith(name);
  return name.startsWith(`${rule}: `) && message.includes(name.slice(rule.length + 2));
}

/**
 * Each finding with the one that explains it in the end: itself, when there is none. A finding is
 * explained only by a deeper kind, so that nothing explains itself; and a grave one not by a note.
 */
function rootsOf(signs: readonly Sign[]): ReadonlyMap<Sign, Sign> {
  const roots = new Map<Sign, Sign>();
  const byJob = new Map<JobVerdict, Sign[]>();
  /** One of each kind is enough for a finding that is about no job, and of those one is. */
  const ofKind = new Map<CauseKind, Sign>();
  const ofNoJob = new Map<CauseKind, Sign>();
  for (const sign of signs.toSorted((a, b) => a.depth - b.depth || a.rank - b.rank)) {
    const { jobs, depth, rank } = sign;
    const near =
      jobs.size === 0 ? [...ofKind.values()] : [...jobs].flatMap((job) => byJob.get(job) ?? []);
    const known = [...near, ...ofNoJob.values()];
    // What a scenario expects repeats what a rule says, and goes where that goes.
    const same = known.find((other) => other.depth === depth && other.rank < rank);
    const [root] = known
      .filter((other) => other.depth < depth && excuses(other, sign))
      .sort((a, b) => a.depth - b.depth);
    if (same) roots.set(sign, roots.get(same) === same ? sign : (roots.get(same) as Sign));
    else roots.set(sign, root ? (roots.get(root) ?? root) : sign);
    for (const job of jobs) addTo(byJob, job, sign);
    if (jobs.size === 0 && !ofNoJob.has(sign.kind)) ofNoJob.set(sign.kind, sign);
    if (!ofKind.has(sign.kind)) ofKind.set(sign.kind, sign);
  }
  return roots;
}

/** A note is no reproach, so it is no excuse either. */
function excuses({ kind, finding: one }: Sign, { finding: other }: Sign): boolean {
  if (one.severity === 'note' && other.severity !== 'note') return false;
  return kind.explains.some((name) => isNamed(other, name));
}

function causeOf(
  shown: readonly Sign[],
  symptoms: readonly Sign[],
  played: readonly Judged[],
): Cause {
  const findings = shown.toSorted((a, b) => clarity(a) - clarity(b));
  const [evidence] = findings as [Sign];
  const { kind } = evidence;
  const all = [...findings, ...symptoms];
  const told = findings.map(bare) as [CauseFinding];
  const rule = kind.rule ?? evidence.finding.rule;
  const names = all
    .toSorted((a, b) => a.chapter - b.chapter)
    .map(({ chapter, finding: { scenario } }) => {
      const name = played[chapter]?.name ?? '';
      return played.length > 1 ? name : (scenario ?? name);
    });
  return {
    id: kind.id,
    title: kind.title,
    severity: worst(all.map(({ finding }) => finding)),
    rule,
    help: pageOfRule(rule),
    advice: kind.advice ?? evidence.finding.advice,
    scenarios: [...new Set(names)],
    evidence: told[0],
    findings: told,
    symptoms: symptoms.map(bare),
  };
}

/** The lower, the better it shows its cause: grave, of the kind's first rule, with request and answer. */
function clarity({ rank, finding }: Sign): number {
  const whole = finding.evidence.some(({ exchange }) => exchange !== undefined);
  return gravity(finding.severity) * 1000 + rank * 10 + (whole ? 0 : 1);
}

function bare({ chapter, finding }: Sign): CauseFinding {
  return { chapter, finding };
}
