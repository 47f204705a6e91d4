import type { Cause, CauseFinding } from '../../audit/cause.js';
import { tellSpread, tellStanding } from '../../report/cause-lines.js';
import { standingOfCause } from '../../report/describe.js';
import type { Chapter, Report } from '../../report/report.js';
import { clip } from '../printable.js';
import { Prose } from '../prose.js';
import { useText } from '../text.js';
import { Pair, Panel } from '../timeline/exchanges.js';
import { ChapterLink } from './chapter-link.js';
import { Badge } from './outcome.js';
import { ProofLine } from './proof.js';
import { sentence } from './sentence.js';
import SNIPPETS from './snippets.json' with { type: 'json' };
import { Symptoms } from './symptoms.js';

/** Whoever wants more of them looks at the chapters. */
const MOST_NAMES = 12;
/** So many exchanges; the finding itself shows more. */
const MOST_PROOFS = 3;

interface Props {
  cause: Cause;
  report: Report;
}

/** What there is to change, each with its clearest evidence, with wrong and right code, and what comes of it. */
export function Causes({ causes, report }: { causes: readonly Cause[]; report: Report }) {
  const t = useText();
  if (causes.length === 0) return null;
  return (
    <section class="causes" aria-labelledby="causes">
      <h2 id="causes">{t('What to change')}</h2>
      {causes.map((cause, i) => (
        <One key={cause.id} cause={cause} report={report} open={i === 0} />
      ))}
    </section>
  );
}

function One({ cause, report, open }: Props & { open: boolean }) {
  const t = useText();
  const { id, title, severity, advice, rule, help, evidence } = cause;
  const standing = tellStanding(cause, report);
  const known = standingOfCause(cause, report) === 'known';
  const proofs = evidence.finding.evidence.filter(({ exchange }) => exchange);
  const snippet = (SNIPPETS as Readonly<Record<string, { wrong: string; right: string }>>)[rule];
  return (
    <article
      class={`cause ${severity}${known ? ' known' : ''}`}
      id={`cause-${id}`}
      data-rule={rule}
    >
      <h3>
        <Badge come={known ? 'known' : severity} /> <span>{t(title)}</span>
      </h3>
      <p class="about">
        <span class="severity">{t(severity)}</span>
        {standing && ` · ${t(standing)}`}
        {report.chapters.length > 1 && (
          <>
            {' '}
            · {t(tellSpread(cause, report))}: <Places cause={cause} report={report} />
          </>
        )}
      </p>
      <p class="message">
        <Prose text={clip(sentence(t(evidence.finding.message)), 800)} />
      </p>
      <EvidenceList evidence={evidence} report={report} />
      <p class="advice">
        <b>{t('What to do:')}</b> <Prose text={sentence(t(advice))} /> {t('The rule is')}{' '}
        <code>{rule}</code>: <code>{help}</code>, {t('in the package')}.
      </p>
      {proofs.map(
        ({ seq, exchange }) =>
          exchange && (
            <details key={seq} open={open}>
              <summary>{t`Request and answer of #${seq}`}</summary>
              <Pair exchange={exchange} />
            </details>
          ),
      )}
      {snippet && (
        <details open={open}>
          <summary>{t('Wrong and right code')}</summary>
          <div class="pair">
            <Panel name={t('Wrong')} text={snippet.wrong} />
            <Panel name={t('Right')} text={snippet.right} />
          </div>
        </details>
      )}
      <Symptoms cause={cause} report={report} />
    </article>
  );
}

/** The scenarios in which it shows. */
function Places({ cause: { findings, symptoms }, report: { chapters } }: Props) {
  const t = useText();
  const indices = [...new Set([...findings, ...symptoms].map(({ chapter }) => chapter))].sort(
    (a, b) => a - b,
  );
  const left = indices.length - MOST_NAMES;
  return (
    <>
      {indices.slice(0, MOST_NAMES).map((chapter, i) => (
        <>
          {i > 0 && ', '}
          <ChapterLink key={chapter} index={chapter} name={chapters[chapter]?.name} />
        </>
      ))}
      {left > 0 && ` ${t`and ${left} more`}`}
    </>
  );
}

function EvidenceList({ evidence, report }: { evidence: CauseFinding; report: Report }) {
  const t = useText();
  const { chapter, finding } = evidence;
  const { name, verdict } = report.chapters[chapter] as Chapter;
  const start = verdict.jobs.find(({ job }) => job === finding.job)?.submission.at;
  const origin = start === undefined ? undefined : { start, pace: verdict.clock.pace };
  return (
    <>
      {report.chapters.length > 1 && (
        <p class="about">
          {t('in the scenario')} <ChapterLink index={chapter} name={name} />
        </p>
      )}
      <ol class="evidence">
        {finding.evidence.slice(0, MOST_PROOFS).map((proof) => (
          <ProofLine key={proof.seq} proof={proof} origin={origin} />
        ))}
      </ol>
    </>
  );
}
