import { formatCount } from '../../audit/format.js';
import type { Finding, RuleVerdict } from '../../audit/verdict.js';
import { countFindings, describeMore, worstOf } from '../../report/describe.js';
import { clip } from '../printable.js';
import { Prose } from '../prose.js';
import { useText } from '../text.js';
import type { Places } from './places.js';
import { ProofLine } from './proof.js';
import { sentence } from './sentence.js';
import { findingId } from './tell.js';

/** Further findings of the same rule say little that is new, and later ones nothing. */
const MAX_OPEN = 4;
const MAX_FINDINGS = 40;

/** The broken rules of a chapter, each with what was found. */
export function Findings({ places }: { places: Places }) {
  const t = useText();
  const { id, broken } = places;
  return (
    <section aria-labelledby={`${id}-findings`}>
      <h3 id={`${id}-findings`}>{t('Findings')}</h3>
      {broken.length === 0 && (
        <p class="quiet">
          {places.tested > 0
            ? t('None: whatever was put to the test was kept.')
            : t('None, as no rule was put to the test.')}
        </p>
      )}
      {broken.map((rule, i) => (
        <Broken key={rule.rule} rule={rule} number={i + 1} places={places} />
      ))}
    </section>
  );
}

function Broken(props: { rule: RuleVerdict; number: number; places: Places }) {
  const { rule, number, places } = props;
  const t = useText();
  const { title, help, findings: found } = rule;
  const severity = worstOf(rule);
  const open = found.length > MAX_OPEN + 1 ? MAX_OPEN : found.length;
  const folded = found.slice(open, MAX_FINDINGS);
  const left = countFindings(rule) - open - folded.length;
  return (
    <article class={`finding ${severity}`} id={findingId(places.id, number)} data-rule={rule.rule}>
      <h4>
        <span class="number">
          <span class="spoken">{t('Finding')} </span>
          {number}
        </span>{' '}
        <code>{rule.rule}</code> <span class="severity">{t(severity)}</span>
      </h4>
      <p class="statement">{t(title)}.</p>
      <Found findings={found.slice(0, open)} places={places} />
      {folded.length > 0 && (
        <details>
          <summary>{t`${folded.length} more like these`}</summary>
          <Found findings={folded} places={places} />
        </details>
      )}
      {left > 0 && (
        <p class="quiet">{t`and ${left.toLocaleString('en')} more, which are not listed`}</p>
      )}
      {found[0] && (
        <p class="advice">
          <b>{t('What to do:')}</b> <Prose text={sentence(t(found[0].advice))} />{' '}
          {t('Wrong and right code:')} <code>{help}</code>, {t('in the package')}.
        </p>
      )}
    </article>
  );
}

function Found({ findings, places }: { findings: readonly Finding[]; places: Places }) {
  return (
    <>
      {findings.map((finding, i) => (
        <One key={i} finding={finding} places={places} />
      ))}
    </>
  );
}

function One({ finding, places }: { finding: Finding; places: Places }) {
  const t = useText();
  const { message, evidence, job, operation } = finding;
  const timeline = places.timelineOf(job);
  const name = job === undefined ? operation : t`${operation ?? ''} job ${job}`;
  const more = describeMore(finding);
  return (
    <div class="found">
      <p class="message">
        <Prose text={clip(sentence(t(message)), 800)} />
      </p>
      {name && (
        <p class="about">
          {timeline ? <a href={`#${timeline}`}>{clip(name, 120)}</a> : clip(name, 120)}
        </p>
      )}
      {evidence.length > 0 && (
        <ol
          class="evidence"
          aria-label={t`${formatCount(evidence.length, 'exchange')} that show it`}
        >
          {evidence.map((proof) => (
            <ProofLine key={proof.seq} proof={proof} origin={places.originOf(job)} />
          ))}
          {more && <li class="more">{t(more)}</li>}
        </ol>
      )}
    </div>
  );
}
