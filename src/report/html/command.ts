import { stripVTControlCharacters } from 'node:util';
import { t } from '../../texts/spoken.js';
import { describeCommandEnd } from '../describe.js';
import type { CommandEnd } from '../report.js';
import { type Html, html } from './escape.js';

/** How the client's own command has ended, and the end of what it printed. */
export function command(end: CommandEnd, id: string): Html {
  const output = stripVTControlCharacters(end.output).replace(/\r\n?/g, '\n').trimEnd();
  return html`<section aria-labelledby="${id}-command">
<h3 id="${id}-command">${t('Command')}</h3>
<p>${t`The client’s command ${describeCommandEnd(end)}.`}</p>
${output === '' ? html`<p class="quiet">${t('It printed nothing.')}</p>` : html`<details class="output"><summary>${t('The end of its output')}</summary><pre tabindex="0">${output}</pre></details>`}
</section>`;
}
