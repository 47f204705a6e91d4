/** Elements of HTML whose text is a program, a style, or what was sent. */
const UNREAD = /<(script|style|code|pre)\b[^>]*>.*?<\/\1>/gis;
/** Attributes that a screen reader or a pointer tells. */
const TOLD = /\b(?:title|aria-label|alt|placeholder)="([^"]*)"/g;

/** What a person reads of an HTML page, one text a line. */
export function textsOfHtml(html: string): string {
  const told = [...html.matchAll(TOLD)].map(([, text = '']) => text);
  const texts = html
    .replace(UNREAD, '\n')
    .replace(/<!--.*?-->/gs, '\n')
    .replace(/<[^>]*>/g, '\n');
  return [texts, ...told].join('\n').replace(/&\w+;|&#\w+;/g, ' ');
}

/** The same of a page in Markdown. */
export function textsOfMarkdown(markdown: string): string {
  return textsOfHtml(markdown.replace(/^```.*?^```$/gms, ''));
}

/** Documents that rules stand on are quoted by their own titles; so are statuses of HTTP. */
const TITLES = [
  /(?:Standard Webhooks|Smithy waiters|Amazon Builders’ Library)\b(?:[^\n,:]*, [A-Z][^\n<:]*)?/g,
  'asynchronous request pattern',
  'See Other',
];

/** What stands for something else: code, values in quotes, JSON, addresses, names of headers, options, files and keys. */
const NAMES = [
  /`[^`]*`/g,
  /«[^«»а-яіїєґ]*»|"[^"\n]*"/gi,
  /\{[^\n]*\}|\[object Object\]/g,
  /https?:\/\/\S+/g,
  /^ *(?:\$|curl) .*$|esoz-sandbox(?: [\w-]+)+/gm,
  /\b(?:GET|POST|PUT|PATCH|DELETE|HEAD) \S+/g,
  /[\w./:#@=~$-]*[/_.:#@=~$-][\w./:#@=~$-]+/g,
];

/** Two words of English or more in a row: names alone are one, or have capitals alone. */
const RUN = /(?<![\w’'-])[A-Za-z][a-z'’]+(?: (?:[A-Za-z][a-z'’]+|a|I))+(?![\w’'-])/g;

/**
 * English that a text of a person who reads Ukrainian still has, each with what stands around it.
 * @param names what may stand there as it is: values that an API has sent, names
 * @example englishIn('опитування 2, after 1 poll') // ['after … poll']
 */
export function englishIn(text: string, names: readonly (string | RegExp)[] = []): string[] {
  const bare = [...names, ...TITLES, ...NAMES].reduce<string>(
    (left, name) => left.replaceAll(name, ' ¤ '),
    text,
  );
  const found = bare.split('\n').flatMap((line) =>
    [...line.matchAll(RUN)].map(({ 0: run, index }) => {
      const around = line.slice(Math.max(0, index - 40), index + run.length + 40).trim();
      return `${run}: …${around}…`;
    }),
  );
  return [...new Set(found)];
}
