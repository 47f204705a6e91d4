import { stripVTControlCharacters } from 'node:util';
import type { CommandEnd } from '../report.js';
import { tellCommand } from '../words.js';
import { type Html, html } from './escape.js';

/** How the client's own command has ended, and the end of what it printed. */
export function command(end: CommandEnd, id: string): Html {
  const output = stripVTControlCharacters(end.output).replace(/\r\n?/g, '\n').trimEnd();
  return html`<section aria-labelledby="${id}-command">
<h3 id="${id}-command">Command</h3>
<p>The client’s command ${end.stopped || end.code === undefined ? tellCommand(end) : `ended: ${tellCommand(end)}`}.</p>
${output === '' ? html`<p class="quiet">It printed nothing.</p>` : html`<details class="output"><summary>The end of its output</summary><pre tabindex="0">${output}</pre></details>`}
</section>`;
}
