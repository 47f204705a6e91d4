import type { Reply } from '../../audit/reply.js';
import { Html, html } from './escape.js';
import type { Shape } from './marks.js';

/** Shapes and hatchings that timelines refer to; `currentColor` and CSS give them their colours. */
export const SYMBOLS =
  new Html(`<svg width="0" height="0" class="symbols" aria-hidden="true" focusable="false"><defs>
<circle id="m-circle" r="4.5"/>
<path id="m-diamond" d="M0-6 6 0 0 6-6 0z"/>
<rect id="m-square" x="-4.5" y="-4.5" width="9" height="9"/>
<path id="m-cross" d="M-4.5-4.5 4.5 4.5M4.5-4.5-4.5 4.5" class="cross"/>
<path id="m-start" d="M-11-5.5-1 0-11 5.5z" class="start"/>
<path id="m-cap" d="M0-4V4" class="cap"/>
<path id="m-flag" d="M0 0 8 3.5 0 7z"/>
<g id="m-hook"><rect x="-6" y="-4.5" width="12" height="9"/><path d="M-6-4.5 0 .5 6-4.5" class="flap"/></g>
<path id="m-flaw" d="M-5-4H5L0 5z"/>
<path id="m-stroke" d="M0-5V5" class="stroke"/>
<rect id="m-badge" x="-9" y="-7.5" width="18" height="15" rx="4"/>
${hatch('cancelled', 6, '<path d="M0 6 6 0"/>')}
${hatch('unknown', 6, '<circle cx="3" cy="3" r="1"/>')}
${hatch('unreadable', 7, '<path d="M0 0 7 7M7 0 0 7"/>')}
${hatch('gone', 7, '<path d="M-1 8 8-1"/>')}
${hatch('refused', 6, '<path d="M3 0V6"/>')}
${hatch('rejected', 6, '<path d="M0 3H6"/>')}
${hatch('failure', 6, '<path d="M-1-1 7 7" stroke-width="1.6"/>')}
${hatch('lost', 5, '<path d="M0 2.5H5M2.5 0V5"/>')}
</defs></svg>`);

function hatch(reply: Reply, size: number, pattern: string): string {
  return `<pattern id="p-${reply}" class="hatch k-${reply}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"><rect class="ground" width="${size}" height="${size}"/>${pattern}</pattern>`;
}

/** A shape by itself, to be explained. */
export function shape(name: Shape | 'flag' | 'flaw' | 'hook', kind: string): Html {
  const x = name === 'start' ? 15 : name === 'flag' ? 5 : 9;
  const y = name === 'flag' ? 6 : 9;
  return html`<svg class="sample" width="18" height="18" aria-hidden="true"><g class="mark ${kind}"><use href="#m-${name}" x="${x}" y="${y}"/></g></svg>`;
}

/** A piece of a bar. */
export function swatch(reply: Reply): Html {
  return html`<svg class="sample bar k-${reply}" width="28" height="14" aria-hidden="true"><rect width="100%" height="100%"/></svg>`;
}
