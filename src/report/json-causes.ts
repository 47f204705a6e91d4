import type { Cause, CauseFinding, Judged } from '../audit/cause.js';
import { causesOf } from '../audit/causes.js';
import type { Finding, Proof } from '../audit/verdict.js';
import { formatMoment } from '../time/format-moment.js';

/** A finding by its name; in whole it stands in the verdict. */
interface NamedFinding extends Pick<Finding, 'rule' | 'severity' | 'message'> {
  /** The scenario's name, or the session's. */
  chapter: string;
  job?: string;
}

/** One thing to change in the client, as programs get it. */
export interface JsonCause extends Omit<Cause, 'evidence' | 'findings' | 'symptoms'> {
  evidence: NamedFinding & { evidence: Proof<string>[] };
  findings: NamedFinding[];
  symptoms: NamedFinding[];
}

/** What there is to change in a client, gravest first; moments are RFC 3339 date-times. */
export function toJsonCauses(judged: readonly Judged[]): JsonCause[] {
  return causesOf(judged).map((cause) => showCause(cause, judged));
}

function showCause(
  { evidence, findings, symptoms, ...cause }: Cause,
  judged: readonly Judged[],
): JsonCause {
  const name = ({ chapter, finding }: CauseFinding): NamedFinding => {
    const { rule, severity, message, job } = finding;
    const named = { chapter: judged[chapter]?.name ?? '', rule, severity, message };
    return job === undefined ? named : { ...named, job };
  };
  const proofs = evidence.finding.evidence.map((one) => ({ ...one, at: formatMoment(one.at) }));
  return {
    ...cause,
    evidence: { ...name(evidence), evidence: proofs },
    findings: findings.map(name),
    symptoms: symptoms.map(name),
  };
}
