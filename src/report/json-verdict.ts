import type {
  Finding,
  JobVerdict,
  Mark,
  Proof,
  RuleVerdict,
  StepVerdict,
  Verdict,
  WebhookMark,
} from '../audit/verdict.js';
import { formatMoment } from '../time/format-moment.js';
import { type JsonCause, toJsonCauses } from './json-causes.js';

/** A verdict as programs get it: its moments are RFC 3339 date-times of the session's clock, in UTC. */
export type JsonVerdict = Verdict<string>;
export type JsonRuleVerdict = RuleVerdict<string>;
export type JsonFinding = Finding<string>;

/** The verdict of a session that stands for itself: what there is to change in its client stands there too. */
export interface SessionVerdict extends JsonVerdict {
  causes: JsonCause[];
}

/** The verdict of one session, as the control API and the Node API give it. */
export function toSessionVerdict(verdict: Verdict): SessionVerdict {
  let causes: JsonCause[] | undefined;
  return {
    ...toJsonVerdict(verdict),
    // Who asks for the verdict alone waits for no causes.
    get causes() {
      causes ??= toJsonCauses([{ name: verdict.session, verdict }]);
      return causes;
    },
  };
}

/** The one place where a verdict's moments become text: JSON report, control API and Node API say the same. */
export function toJsonVerdict(verdict: Verdict): JsonVerdict {
  return withMoments(verdict, formatMoment);
}

/** What {@link toJsonVerdict} has written, read back. */
export function fromJsonVerdict(told: JsonVerdict | SessionVerdict): Verdict {
  // Key by key: causes are made when somebody reads them.
  const { session, run, clock, held, counts, exchanges, dropped, process, rules, jobs } = told;
  return withMoments(
    {
      ...{ session, run, clock, held, counts, exchanges, dropped },
      ...(process ? { process } : {}),
      ...{ rules, jobs },
    },
    (text) => Date.parse(text),
  );
}

/**
 * The mark anew, if it has one of the two forms that most of thousands have: an object with its keys from the start
 * takes half as much as a copy whose moments are changed. Undefined: it has more or less, as those of other versions may.
 */
function usualMark<From, To>(one: Mark<From>, change: (at: From) => To): Mark<To> | undefined {
  const { seq, at, reply, status, breaks, until, state, eta } = one;
  if (until === undefined || eta === undefined) return undefined;
  let keys = 0;
  for (const _ in one) keys += 1;
  if (keys !== (state === undefined ? 7 : 8)) return undefined;
  const told = change(at);
  const ended = until === at ? told : change(until);
  const due = change(eta);
  return state === undefined
    ? { seq, at: told, reply, status, breaks, until: ended, eta: due }
    : { seq, at: told, reply, status, breaks, until: ended, state, eta: due };
}

/** Keys stay in their order: reports are compared as text. */
function withMoments<From, To>(verdict: Verdict<From>, change: (at: From) => To): Verdict<To> {
  const proof = (one: Proof<From>): Proof<To> => ({ ...one, at: change(one.at) });
  const finding = (one: Finding<From>): Finding<To> => ({
    ...one,
    evidence: one.evidence.map(proof),
  });
  const rule = (one: RuleVerdict<From>): RuleVerdict<To> => ({
    ...one,
    findings: one.findings.map(finding),
  });
  const mark = (one: Mark<From>): Mark<To> => {
    const usual = usualMark(one, change);
    if (usual) return usual;
    const { at, until, eta } = one;
    const changed = { ...one } as Mark<unknown> as Mark<To>;
    changed.at = change(at);
    if (until !== undefined) changed.until = until === at ? changed.at : change(until);
    if (eta !== undefined) changed.eta = change(eta);
    return changed;
  };
  const webhook = ({ at, until, ...more }: WebhookMark<From>): WebhookMark<To> => {
    const { seq, ...others } = more;
    const ended = until === undefined ? {} : { until: change(until) };
    return { seq, at: change(at), ...ended, ...others };
  };
  const job = (one: JobVerdict<From>): JobVerdict<To> => {
    const { others, webhooks } = one;
    const changed = { ...one } as JobVerdict<unknown> as JobVerdict<To>;
    changed.submission = mark(one.submission);
    if (one.polls.length > 0) changed.polls = one.polls.map(mark);
    if (others) changed.others = others.map((each) => ({ ...each, at: change(each.at) }));
    if (webhooks) changed.webhooks = webhooks.map(webhook);
    return changed;
  };
  const step = (one: StepVerdict<From>): StepVerdict<To> => ({
    ...one,
    evidence: one.evidence.map(proof),
  });
  const { process, ...rest } = verdict;
  const changed = { ...rest, rules: verdict.rules.map(rule), jobs: verdict.jobs.map(job) };
  if (!process) return changed;
  return { ...changed, process: { ...process, steps: process.steps.map(step) } };
}
