/** Elements that only shape a text; their attributes are of no use here. */
const SHAPING = new Set(
  'a b blockquote br code dd details div dl dt em h1 h2 h3 h4 h5 h6 hr i kbd li ol p pre s small span strong sub summary sup table tbody td th thead tr u ul'.split(
    ' ',
  ),
);

const TAG =
  /<(?=[a-z/!?])(?!https?:|mailto:)(?:(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^"'<>])*)>)?/gi;

/**
 * A description of a document (CommonMark, OpenAPI 3.1 §4.4) in which nothing is fetched and nothing acts: pictures become
 * links, elements lose their attributes but for the address of a link, and all others are text.
 */
export function harmlessMarkdown(source: string): string {
  return source.replaceAll('![', '&#33;[').replace(TAG, (_, slash = '', name = '', rest = '') => {
    const element = name.toLowerCase();
    if (!SHAPING.has(element)) return `&lt;${slash}${name}${rest}${name === '' ? '' : '>'}`;
    const [, href] = /\shref=["'](https?:\/\/[^"'\s]*)["']/i.exec(rest) ?? [];
    const kept = element === 'a' && href !== undefined ? ` href="${href}"` : '';
    return `<${slash}${element}${kept}>`;
  });
}
