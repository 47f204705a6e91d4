import type { Cause } from '../../audit/cause.js';
import { formatCount } from '../../audit/format.js';
import type { Report } from '../../report/report.js';
import { clip } from '../printable.js';
import { Prose } from '../prose.js';
import { useText } from '../text.js';
import { ChapterLink } from './chapter-link.js';

const MOST_SYMPTOMS = 40;

/** What else was found of a cause, and what follows from it. */
export function Symptoms({ cause, report }: { cause: Cause; report: Report }) {
  const t = useText();
  const { findings, symptoms, evidence } = cause;
  const others = [...findings, ...symptoms].filter((other) => other !== evidence);
  const left = others.length - MOST_SYMPTOMS;
  if (others.length === 0) return null;
  return (
    <details>
      <summary>{t`${formatCount(others.length, 'finding')} more that this explains`}</summary>
      <ul class="symptoms">
        {others.slice(0, MOST_SYMPTOMS).map(({ chapter, finding: { rule, message } }, i) => (
          <li key={i}>
            {report.chapters.length > 1 && (
              <>
                <ChapterLink index={chapter} name={report.chapters[chapter]?.name} />{' '}
              </>
            )}
            <code>{rule}</code> <Prose text={clip(t(message), 300)} />
          </li>
        ))}
        {left > 0 && <li class="quiet">{t`and ${left.toLocaleString('en')} more`}</li>}
      </ul>
    </details>
  );
}
