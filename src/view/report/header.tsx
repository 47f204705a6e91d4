import { formatCount } from '../../audit/format.js';
import type { Severity } from '../../audit/rule.js';
import type { Verdict } from '../../audit/verdict.js';
import { nameOfKnown, tellBaseline } from '../../report/describe.js';
import type { Report } from '../../report/report.js';
import { say } from '../../say.js';
import { useText } from '../text.js';
import { Badge } from './outcome.js';
import { Remark, Remarks } from './remarks.js';
import { sentence } from './sentence.js';
import { comeOf, tellClock, tellVerdict } from './tell.js';

/** The whole verdict first, then what it rests on. */
export function Header({ report }: { report: Report }) {
  const t = useText();
  const { title, chapters } = report;
  const [only] = chapters;
  const verdicts = chapters.map(({ verdict }) => verdict);
  const dropped = sum(verdicts, (verdict) => verdict.dropped);
  const clocks = new Set(verdicts.map(({ clock }) => tellClock(clock, t)));
  return (
    <header class="page-header">
      <p class="eyebrow">{t('Polling report')}</p>
      <h1>{t(title)}</h1>
      <p class="verdict">
        <Badge come={comeOf(report)} spoken="verdict:" /> {tellVerdict(report, t)}
      </p>
      <dl class="facts">
        <Count severity="error" verdicts={verdicts} />
        <Count severity="warning" verdicts={verdicts} />
        <Count severity="note" verdicts={verdicts} />
        <Fact
          name={t('Exchanges')}
          value={sum(verdicts, ({ exchanges }) => exchanges).toLocaleString('en')}
        />
        <Fact name={t('Clock')} value={[...clocks].join('; ') || t('none')} />
      </dl>
      {verdicts.some(({ clock }) => clock.pace !== 1) && (
        <p class="quiet">
          {t(
            'The run was paced. Lengths count in the API’s own time; clock times are those of the run.',
          )}
        </p>
      )}
      <KnownBefore report={report} />
      {chapters.length === 1 && only && <Remarks chapter={only} />}
      {chapters.length > 1 && dropped > 0 && (
        <Remark
          text={t`the journals have let ${formatCount(dropped, 'exchange')} go, so less is judged than has happened; --keep-journal keeps more`}
        />
      )}
    </header>
  );
}

/** How the run stands beside its baseline, and what is to leave that. */
function KnownBefore({ report }: { report: Report }) {
  const t = useText();
  const [counts] = tellBaseline(report);
  const { mended = [] } = report.baseline ?? {};
  if (counts === undefined) return null;
  return (
    <div class="alert">
      <Badge come={mended.length > 0 ? 'warning' : 'known'} spoken="remark:" />
      <div>
        <p>{sentence(counts)}</p>
        {mended.length > 0 && (
          <>
            <p>{t('Mended; take it out of the file, with --write-baseline:')}</p>
            <ul class="mended">
              {mended.map((one) => (
                <li key={nameOfKnown(one)}>{nameOfKnown(one)}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

const NAMES = { error: say`Errors`, warning: say`Warnings`, note: say`Notes` };

function Count({ severity, verdicts }: { severity: Severity; verdicts: readonly Verdict[] }) {
  const t = useText();
  const number = sum(verdicts, ({ counts }) => counts[severity]);
  return (
    <div class={number > 0 ? `count ${severity}` : 'count'}>
      <dt>{t(NAMES[severity])}</dt>
      <dd>{number.toLocaleString('en')}</dd>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function sum(verdicts: readonly Verdict[], of: (verdict: Verdict) => number): number {
  return verdicts.reduce((total, verdict) => total + of(verdict), 0);
}
