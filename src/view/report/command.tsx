import { describeCommandEnd } from '../../report/describe.js';
import type { CommandEnd } from '../../report/report.js';
import { withoutColors } from '../printable.js';
import { useText } from '../text.js';

/** How the client's own command has ended, and the end of what it printed. */
export function Command({ end, id }: { end: CommandEnd; id: string }) {
  const t = useText();
  const output = withoutColors(end.output).replace(/\r\n?/g, '\n').trimEnd();
  return (
    <section aria-labelledby={`${id}-command`}>
      <h3 id={`${id}-command`}>{t('Command')}</h3>
      <p>{t`The client’s command ${describeCommandEnd(end)}.`}</p>
      {output === '' ? (
        <p class="quiet">{t('It printed nothing.')}</p>
      ) : (
        <details class="output">
          <summary>{t('The end of its output')}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by the keyboard */}
          <pre tabIndex={0}>{output}</pre>
        </details>
      )}
    </section>
  );
}
