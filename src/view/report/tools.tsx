import type { Report } from '../../report/report.js';
import { useText } from '../text.js';

/** What folds and filters a report; it is to be seen only where its script runs. */
export function Tools({ report: { chapters } }: { report: Report }) {
  const t = useText();
  const broken = new Set(
    chapters.flatMap(({ verdict }) =>
      verdict.rules.flatMap(({ rule, outcome }) => (outcome === 'failed' ? [rule] : [])),
    ),
  );
  return (
    <search class="tools" hidden>
      <label>
        <span>{t('Search')}</span>
        <input type="search" name="text" autocomplete="off" />
      </label>
      {broken.size > 0 && (
        <label>
          <span>{t('Rule')}</span>
          <select name="rule">
            <option value="">{t('all')}</option>
            {[...broken].map((rule) => (
              <option key={rule} value={rule}>
                {rule}
              </option>
            ))}
          </select>
        </label>
      )}
      {chapters.length > 1 && (
        <label class="check">
          <input type="checkbox" name="broken" />
          <span>{t('Only broken')}</span>
        </label>
      )}
      <button type="button" name="unfold">
        {t('Expand all')}
      </button>
      <button type="button" name="fold">
        {t('Collapse all')}
      </button>
      <output aria-live="polite" />
    </search>
  );
}
