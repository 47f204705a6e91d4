import { COLORS } from './colors.js';
import VIEW from './view-style.json' with { type: 'json' };

/** What a browser does by itself is evened out; in the page its own style sheet does so. */
const BASE = `
*, *::before, *::after { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 16px }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums }
h1, h2, h3, h4, p, dl, dd, ol, ul, figure { margin: 0; padding: 0 }
ol, ul { list-style: none }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }`;

/** The page's whole look. */
export const STYLE = `${COLORS}${BASE}${VIEW.css}`;
