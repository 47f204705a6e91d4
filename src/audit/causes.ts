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

/** Rules whose findings ask for different changes, by what they say. */
const AMBIGUOUS = new Set([
  'expectations',
  ...KINDS.flatMap(({ shows }) => shows.flatMap((name) => name.match(/^[\w-]+(?=: )/) ?? [])),
]);
const BY_FINDING_ALONE = KINDS.filter(({ about }) => !about);

/** The kinds that a finding of a rule may be of, and which of their names are for it. */
interface Candidate {
  kind: CauseKind;
  depth: number;
  names: readonly { rank: number; text: string }[];
}

const CANDIDATES = new Map<string, readonly Candidate[]>();

function candidatesOf(rule: string): readonly Candidate[] {
  const known = CANDIDATES.get(rule);
  if (known) return known;
  const found = KINDS.map((kind, depth) => ({
    kind,
    depth,
    names: kind.shows.flatMap((text, rank) => (isOfRule(text, rule) ? [{ rank, text }] : [])),
  })).filter(({ names }) => names.length > 0);
  // Verdicts of other versions name rules without end.
  if (CANDIDATES.size < MOST_RULES) CANDIDATES.set(rule, found);
  return found;
}

const MOST_RULES = 100;

function isOfRule(name: string, rule: string): boolean {
  return (
    name === rule ||
    name.startsWith(`${rule}: `) ||
    (rule === 'expectations' && name.startsWith('expect.'))
  );
}

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
  /** The scenario; findings that are of no job are near those of the same. */
  place: string;
  /** The jobs that it is about; empty: of no job in particular. */
  jobs: ReadonlySet<JobVerdict>;
}

/**
 * What there is to change in a client: one entry for each thing, gravest first, then those that show in
 * most scenarios and explain most. Every finding is in exactly one of them.
 */
export function causesOf(played: readonly Judged[]): Cause[] {
  const own = new Map<string, Sign[]>();
  const symptoms = new Map<string, Sign[]>();
  for (const [sign, root] of played.flatMap((one, i) => [...rootsOf(signsOf(one, i))])) {
    addTo(root === sign ? own : symptoms, root.kind.id, sign);
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
  const judged = verdict.rules.flatMap(({ findings }) => findings);
  const told = commandFindings.map((message) => commandFinding(name, message));
  const all = [...judged, ...told];
  if (all.length === 0) return [];
  const bySeq = jobsBySeq(verdict.jobs);
  return all.map((finding) => {
    const jobs = jobsIn(finding, bySeq, verdict.jobs);
    return { chapter, finding, place: finding.scenario ?? name, jobs, ...kindOf(finding, jobs) };
  });
}

function kindOf(finding: Finding, jobs: Sign['jobs']): Pick<Sign, 'kind' | 'depth' | 'rank'> {
  for (const { kind, depth, names } of candidatesOf(finding.rule)) {
    const shown = names.find(({ text }) => isNamed(finding, text));
    if (!shown) continue;
    if (kind.about && !some(jobs, (job) => isAbout(kind, job))) continue;
    return { kind, depth, rank: shown.rank };
  }
  return { kind: unknown(finding), depth: KINDS.length, rank: 0 };
}

function some<T>(items: Iterable<T>, isWanted: (item: T) => boolean): boolean {
  for (const item of items) if (isWanted(item)) return true;
  return false;
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
    found.set(job.submission.seq, job);
    for (const { seq } of job.polls) found.set(seq, job);
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
  if (rule === 'only-known-jobs') return missedBy(evidence, all);
  return new Set(evidence.flatMap(({ seq }) => bySeq.get(seq) ?? []));
}

/** The jobs that polls of a wrong id may have been meant for: those that nobody has asked for, and the newest one. */
function missedBy(polls: Finding['evidence'], all: readonly JobVerdict[]): ReadonlySet<JobVerdict> {
  const last = lastOf(polls);
  const before = all.filter(({ submission }) => submission.seq < last);
  const newest = before.at(-1);
  return new Set(before.filter((job) => job === newest || job.polls.length === 0));
}

function lastOf(evidence: Finding['evidence']): number {
  return evidence.reduce((last, { seq }) => Math.max(last, seq), 0);
}

/** What was seen in a job's exchanges: several findings ask for the same. */
const SEEN = new WeakMap<JobVerdict, Map<CauseKind, boolean>>();

function isAbout(kind: CauseKind, job: JobVerdict): boolean {
  let seen = SEEN.get(job);
  if (!seen) {
    seen = new Map();
    SEEN.set(job, seen);
  }
  const known = seen.get(kind);
  if (known !== undefined) return known;
  const found = kind.about?.(job) ?? true;
  seen.set(kind, found);
  return found;
}

/** `spacing`; `stops-on-refusal: (403)`, with that in its message; `expect.polls.at_most`. */
function isNamed({ rule, message }: Finding, name: string): boolean {
  if (name === rule) return true;
  if (name.startsWith('expect.')) return rule === 'expectations' && message.startsWith(name);
  return (
    name.startsWith(rule) &&
    name.startsWith(': ', rule.length) &&
    message.includes(name.slice(rule.length + 2))
  );
}

/**
 * Each finding with the one that explains it in the end: itself, when there is none. A finding is
 * explained only by a deeper kind, so that nothing explains itself; and a grave one not by a note.
 */
function rootsOf(signs: readonly Sign[]): ReadonlyMap<Sign, Sign> {
  const roots = new Map<Sign, Sign>();
  const byJob = new Map<JobVerdict, Sign[]>();
  /** By place: one of each kind is enough for a finding that is about no job, and of those one is. */
  const places = new Map<string, Record<'ofKind' | 'ofNoJob', Map<CauseKind, Sign>>>();
  for (const sign of signs.toSorted((a, b) => a.depth - b.depth || a.rank - b.rank)) {
    const { jobs, place } = sign;
    const { ofKind, ofNoJob } = places.get(place) ?? { ofKind: new Map(), ofNoJob: new Map() };
    places.set(place, { ofKind, ofNoJob });
    const near =
      jobs.size === 0 ? [...ofKind.values()] : [...jobs].flatMap((job) => byJob.get(job) ?? []);
    const { same, root } = relativesOf(sign, near, ofNoJob.values());
    if (same) roots.set(sign, roots.get(same) === same ? sign : (roots.get(same) as Sign));
    else roots.set(sign, root ? (roots.get(root) ?? root) : sign);
    for (const job of jobs) addTo(byJob, job, sign);
    if (jobs.size === 0 && !ofNoJob.has(sign.kind)) ofNoJob.set(sign.kind, sign);
    if (!ofKind.has(sign.kind)) ofKind.set(sign.kind, sign);
  }
  return roots;
}

/** Of those that are known: the first one that says the same better, and the deepest one that explains it. */
function relativesOf(
  sign: Sign,
  ...known: readonly Iterable<Sign>[]
): { same: Sign | undefined; root: Sign | undefined } {
  const { depth, rank } = sign;
  let same: Sign | undefined;
  let root: Sign | undefined;
  for (const others of known) {
    for (const other of others) {
      // What a scenario expects repeats what a rule says, and goes where that goes.
      if (!same && other.depth === depth && other.rank < rank) same = other;
      const isDeeper = other.depth < (root?.depth ?? depth);
      if (isDeeper && excuses(other, sign)) root = other;
    }
  }
  return { same, root };
}

/** A note is no reproach, so it is no excuse either. */
function excuses(one: Sign, other: Sign): boolean {
  const { kind, finding } = one;
  if (finding.severity === 'note' && other.finding.severity !== 'note') return false;
  const isAmong = (names: readonly string[]) => names.some((name) => isNamed(other.finding, name));
  if (isAmong(kind.explains)) return true;
  return kind.losesBy !== undefined && isAmong(kind.losesBy) && mayHaveLost(one, other);
}

/** Whether a job of both was not asked for any more after what one shows. */
function mayHaveLost({ jobs, finding }: Sign, { jobs: others }: Sign): boolean {
  if (jobs.size === 0 || others.size === 0) return true;
  const last = lastOf(finding.evidence);
  return some(others, (job) => jobs.has(job) && !job.polls.some(({ seq }) => seq > last));
}

function causeOf(
  shown: readonly Sign[],
  symptoms: readonly Sign[],
  played: readonly Judged[],
): Cause {
  const findings = shown
    .map((sign) => ({ sign, clarity: clarity(sign) }))
    .sort((a, b) => a.clarity - b.clarity)
    .map(({ sign }) => sign);
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
