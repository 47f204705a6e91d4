import type { JsonCause } from '../../report/json-causes.js';
import type { SessionVerdict } from '../../report/json-verdict.js';
import { plain } from '../../view/printable.js';
import { Prose } from '../../view/prose.js';
import type { LiveSession } from '../live.js';
import { t } from '../text.js';
import { placeOf } from './filter-bar.js';
import type { Judgement } from './judgement.js';
import { RuleCode } from './rule-code.js';

/** What is wrong with the client, as far as it has come. */
export function VerdictPanel({
  session,
  judgement,
  past,
}: {
  session: LiveSession;
  judgement: Judgement;
  /** As it was at the moment that is looked at; undefined: now. */
  past: SessionVerdict | undefined;
}) {
  const verdict = past ?? judgement.verdict.value;
  return (
    <section class="verdict-panel" aria-labelledby="verdict">
      <h2 class="spoken" id="verdict">
        {t('Verdict')}
      </h2>
      {past ? (
        <p class="run">
          <b>{t('as it was at that moment')}</b>
        </p>
      ) : (
        <Run session={session} judgement={judgement} />
      )}
      {verdict && <Come verdict={verdict} />}
      <ol class="causes" aria-live="polite" aria-relevant="additions">
        {verdict?.causes.map((cause, i) => (
          <Cause key={cause.id} cause={cause} number={i + 1} session={session.name} />
        ))}
      </ol>
    </section>
  );
}

function Run({ session, judgement }: { session: LiveSession; judgement: Judgement }) {
  const isOver = judgement.isOver;
  const last = session.exchanges.value.at(-1)?.seq ?? 0;
  return (
    <p class="run">
      <b class={isOver ? 'over' : 'running'}>{isOver ? t('the client is done') : t('running')}</b>{' '}
      <button
        type="button"
        onClick={() => {
          judgement.doneAt.value = isOver ? undefined : last;
        }}
      >
        {isOver ? t('The client goes on') : t('The client is done')}
      </button>
    </p>
  );
}

function Come({ verdict: { held, counts, rules, causes } }: { verdict: SessionVerdict }) {
  const tested = rules.filter((one) => one.tested > 0).length;
  const kept = rules.filter(({ outcome }) => outcome === 'passed').length;
  if (tested === 0 && causes.length === 0)
    return <p class="quiet">{t('No rule has been put to the test yet.')}</p>;
  return (
    <>
      <p class={`come ${held ? 'held' : 'error'}`}>
        {held ? t('No rule is broken that nobody may break.') : t('A rule is broken.')}
      </p>
      <p class="quiet">
        {[...tellCounts(counts), t`${kept} of ${rules.length} rules kept`].join(' · ')}
      </p>
    </>
  );
}

/** Of findings of a gravity that has none nothing is said. */
function tellCounts({ error, warning, note }: SessionVerdict['counts']): string[] {
  return [
    ...(error > 0 ? [error === 1 ? t('1 error') : t`${error} errors`] : []),
    ...(warning > 0 ? [warning === 1 ? t('1 warning') : t`${warning} warnings`] : []),
    ...(note > 0 ? [note === 1 ? t('1 note') : t`${note} notes`] : []),
  ];
}

/** So many exchanges that show it. */
const MOST_PROOFS = 4;

function Cause({ cause, number, session }: { cause: JsonCause; number: number; session: string }) {
  const { title, severity, rule, advice, evidence, findings, symptoms } = cause;
  const more = findings.length + symptoms.length - 1;
  return (
    <li class={`cause ${severity}`}>
      <p class="severity">
        <span class="number">{number}</span> {t(severity)}
      </p>
      <h3>{t(title)}</h3>
      <p class="found">
        <Prose text={plain(t(evidence.message))} />
      </p>
      <ul class="proofs">
        {evidence.evidence.slice(0, MOST_PROOFS).map(({ seq, at, text }) => (
          <li key={seq}>
            <a href={placeOf(session, { x: String(seq) })}>#{seq}</a>{' '}
            <time dateTime={at}>{at.slice(11, 23)}</time>{' '}
            <span title={plain(text)}>{plain(answerIn(text))}</span>
          </li>
        ))}
      </ul>
      <p class="advice">
        <b>{t('What to change:')}</b> <Prose text={t(advice)} />
      </p>
      <RuleCode rule={rule} />
      {more > 0 && <p class="quiet">{tellMore(more)}</p>}
    </li>
  );
}

function tellMore(more: number): string {
  return more === 1
    ? t('1 finding more that this explains')
    : t`${more} findings more that this explains`;
}

/** `200 DONE` of `GET /job/1 → 200 DONE`: what was asked is a click away. */
function answerIn(text: string): string {
  const [, said = text, eta = ''] = / → (.*?)( \(eta was .*\))?$/.exec(text) ?? [];
  return `${t(said)}${t(eta)}`;
}
