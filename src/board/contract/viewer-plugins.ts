import { harmlessMarkdown } from './harmless-markdown.js';

/** What the button says below a long description: while it is folded, while it is open. */
export interface Fold {
  more: string;
  less: string;
}

/** A part of the viewer, and what it is made with. */
type Part = (props: { source?: unknown }) => unknown;
interface Viewed {
  React: { createElement(part: Part, props: object): unknown };
}

/** Descriptions are somebody else's: the viewer would ask the hosts of their pictures. */
export function plainDescriptions({ React }: Viewed) {
  const wrap = (Original: Part) => (props: { source?: unknown }) => {
    const { source } = props;
    const harmless = typeof source === 'string' ? harmlessMarkdown(source) : source;
    return React.createElement(Original, { ...props, source: harmless });
  };
  return { wrapComponents: { Markdown: wrap } };
}

/** What stands in the place of a part that the viewer fails to show. @param text in the language of the page */
export function inPlaceOfFailed(text: string) {
  // biome-ignore lint/suspicious/noExplicitAny: the viewer's own parts have no types
  return ({ React }: any) => ({
    components: { Fallback: () => React.createElement('p', { className: 'wrong' }, text) },
  });
}

/** In characters: what is longer would push the operations out of sight. */
const LONG = 900;

/** A long description of the API is folded above its operations. */
export function foldDescription({ more, less }: Fold) {
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const wrap = (Original: any, { React, specSelectors }: any) =>
    // biome-ignore lint/suspicious/noExplicitAny: as above
    function Info(props: any) {
      const [open, setOpen] = React.useState(false);
      const original = React.createElement(Original, props);
      if ((specSelectors.info().get('description') ?? '').length < LONG) return original;
      const button = React.createElement(
        'button',
        {
          type: 'button',
          className: 'fold-info',
          'aria-expanded': open,
          onClick: () => setOpen(!open),
        },
        open ? less : more,
      );
      return React.createElement(
        'div',
        { className: open ? 'info-open' : 'info-folded' },
        original,
        React.createElement('p', null, button),
      );
    };
  return () => ({ wrapComponents: { InfoContainer: wrap } });
}
