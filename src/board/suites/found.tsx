import type { Cause } from '../../audit/cause.js';
import { causesOf } from '../../audit/causes.js';
import { formatClockTime } from '../../audit/format.js';
import type { RuleVerdict } from '../../audit/verdict.js';
import { remarksOf, tellProof } from '../../report/describe.js';
import type { Chapter } from '../../report/report.js';
import { clip, plain } from '../../view/printable.js';
import { Prose } from '../../view/prose.js';
import { Badge, OutcomeMark } from '../../view/report/outcome.js';
import { sentence } from '../../view/report/sentence.js';
import { t } from '../text.js';

/** What is said of the client so far: what to change, what it broke, kept, and what was not put to the test. */
export function Found({ chapter }: { chapter: Chapter }) {
  const causes = causesOf([chapter]);
  const { rules } = chapter.verdict;
  const by = (wanted: string) => rules.filter(({ outcome }) => outcome === wanted);
  return (
    <>
      {remarksOf(chapter).map((text) => (
        <p key={text} class="remark">
          <Badge come="warning" spoken="remark:" />{' '}
          <span>
            <Prose text={sentence(t(text))} />
          </span>
        </p>
      ))}
      {causes.length > 0 && (
        <section aria-labelledby="part-causes">
          <h3 id="part-causes">{t('What to change')}</h3>
          {causes.map((cause) => (
            <CauseView key={cause.id} cause={cause} />
          ))}
        </section>
      )}
      <section aria-labelledby="part-rules">
        <h3 id="part-rules">{t('Rules')}</h3>
        <Rules title={t('Broken')} rules={by('failed')} open />
        <Rules title={t('Kept')} rules={by('passed')} open />
        <Rules title={t('Not exercised')} rules={[...by('not exercised'), ...by('off')]} />
      </section>
    </>
  );
}

function CauseView({ cause }: { cause: Cause }) {
  const { severity, title, advice, evidence } = cause;
  const { message, evidence: proofs } = evidence.finding;
  return (
    <article class={`part-cause ${severity}`}>
      <h4>
        <Badge come={severity} spoken={severity} /> {t(title)}
      </h4>
      <p>
        <Prose text={clip(plain(sentence(t(message))), 800)} />
      </p>
      <ol class="proofs">
        {proofs.slice(0, 3).map(({ seq, at, text }) => (
          <li key={seq}>
            <span class="quiet">
              #{seq} {formatClockTime(at)}
            </span>{' '}
            <code>{clip(plain(tellProof({ text })), 200)}</code>
          </li>
        ))}
      </ol>
      <p>
        <b>{t('What to do:')}</b> <Prose text={sentence(t(advice))} />
      </p>
    </article>
  );
}

function Rules({
  title,
  rules,
  open = false,
}: {
  title: string;
  rules: readonly RuleVerdict[];
  open?: boolean;
}) {
  if (rules.length === 0) return null;
  return (
    <details class="part-rules" open={open}>
      <summary>
        {title}: {rules.length}
      </summary>
      <ul>
        {rules.map((rule) => (
          <li key={rule.rule}>
            <OutcomeMark rule={rule} />
            <span>
              {t(rule.title)} <code>{rule.rule}</code>
              {rule.reason && <span class="quiet"> · {t(rule.reason)}</span>}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
