import { type ComponentType, h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { t } from '../../texts/spoken.js';
import { plain } from '../../view/printable.js';
import { type Say, SpokenLanguage } from '../../view/text.js';
import { Html } from './escape.js';

const spoken: Say = (text, ...holes) => (typeof text === 'string' ? t(text) : t(text, ...holes));

/**
 * What a component of the page shows, as a report has it: nothing in it moves.
 * @example fromView(Pair, { exchange })
 */
export function fromView<P extends object>(component: ComponentType<P>, props: P): Html {
  const shown = h(component as ComponentType<object>, props);
  return new Html(plain(renderToString(h(SpokenLanguage.Provider, { value: spoken }, shown))));
}
