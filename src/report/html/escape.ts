import { escapeHtml } from '../../escape-html.js';
import { plain } from '../../view/printable.js';

/** Text that is HTML already. Whatever else goes into `html` is escaped, so that nobody can forget to. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | false | undefined | readonly Part[];

/**
 * Writes HTML: names, paths and messages come from requests, and are put in as text.
 * @example html`<p title="${path}">${count} polls</p>`.text
 */
export function html(texts: TemplateStringsArray, ...parts: Part[]): Html {
  let text = texts[0] as string;
  parts.forEach((part, i) => {
    text += write(part) + texts[i + 1];
  });
  return new Html(text);
}

function write(part: Part): string {
  if (part instanceof Html) return part.text;
  if (part === undefined || part === false) return '';
  return typeof part === 'object' ? part.map(write).join('') : escaped(String(part));
}

function escaped(text: string): string {
  return escapeHtml(plain(text));
}
