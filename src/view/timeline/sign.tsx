import type { ComponentChildren } from 'preact';
import type { Shape } from './marks.js';

/**
 * A shape at a place of a timeline. Those that stand there by the hundred are drawn as they are: what refers to a symbol
 * takes a browser three times as long.
 */
export function Sign(props: {
  shape: Shape | 'flaw' | 'hook';
  /** In per cent. */
  at: number;
  y: number;
  /** The number of the exchange whose flaw it is. */
  flawOf?: number;
  /** What it says when one points at it. */
  children: ComponentChildren;
}) {
  const { shape, at, y, flawOf, children } = props;
  const x = `${at}%`;
  const name = flawOf === undefined ? undefined : 'flaw';
  if (shape === 'circle') {
    return (
      <circle class={name} data-seq={flawOf} cx={x} cy={y} r="4.5">
        {children}
      </circle>
    );
  }
  if (shape === 'stroke') {
    return (
      <line class={name} data-seq={flawOf} x1={x} x2={x} y1={y - 5} y2={y + 5}>
        {children}
      </line>
    );
  }
  return (
    <use class={name} data-seq={flawOf} href={`#m-${shape}`} x={x} y={y}>
      {children}
    </use>
  );
}
