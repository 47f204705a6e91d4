import { type ComponentType, h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { plain } from '../../view/printable.js';
import { Html } from './escape.js';

/**
 * What a component of the page shows, as a report has it: nothing in it moves.
 * @example fromView(Pair, { exchange })
 */
export function fromView<P extends object>(component: ComponentType<P>, props: P): Html {
  return new Html(plain(renderToString(h(component as ComponentType<object>, props))));
}
