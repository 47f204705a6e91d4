/** Replies share a colour where they mean the same to a client; shape, hatching and text tell them apart. */
const KINDS = {
  open: 'open',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  unknown: 'odd',
  unreadable: 'server',
  gone: 'client',
  refused: 'client',
  rejected: 'client',
  failure: 'server',
  lost: 'client',
} as const;

const HATCHED = [
  'cancelled',
  'unknown',
  'unreadable',
  'gone',
  'refused',
  'rejected',
  'failure',
  'lost',
];

const kinds = Object.entries(KINDS)
  .map(([reply, color]) => `.k-${reply} { --strong: var(--${color}); --bar: var(--${color}-bar) }`)
  .join('\n');

const hatched = HATCHED.map((reply) => `.bar.k-${reply} rect { fill: url(#p-${reply}) }`).join(
  '\n',
);

export const TIMELINE_STYLE = `
${kinds}
.symbols { position: absolute }
.hatch .ground { fill: var(--bar) }
.hatch { stroke: var(--strong); stroke-width: .8; stroke-opacity: .45; fill: none }
.hatch circle { fill: var(--strong); fill-opacity: .5; stroke: none }
.hatch .ground { stroke: none }

.legend { display: flex; flex-wrap: wrap; gap: 5px 20px; font-size: 13px; color: var(--soft) }
.legend li { display: flex; gap: 6px; align-items: center }
.sample { flex: none; vertical-align: -4px; overflow: hidden; border-radius: 3px }
.job { margin-top: 26px }
.job-id { margin-left: 6px; color: var(--soft); font-size: 13px; font-weight: 400 }
.job .about b { color: var(--ink) }

.timeline { --gutter: 64px; display: block; width: calc(100% - var(--gutter) - 60px); margin: 14px 60px 0 var(--gutter);
  overflow: visible; font-size: 12px; fill: var(--ink) }
.with-webhooks .timeline { --gutter: 84px }
.with-lanes .timeline { --gutter: 208px }
.wait { fill: var(--wait) }
.axis line { stroke: var(--soft) }
.axis .grid { stroke: var(--line) }
.axis text { text-anchor: middle; fill: var(--soft); font-size: 11.5px }
.row-name { text-anchor: end; fill: var(--soft) }
.bar rect { fill: var(--bar) }
.bar text { font-size: 11.5px; font-weight: 600; paint-order: stroke; stroke: var(--bar); stroke-width: 4px; stroke-linejoin: round }
.outcome { font-weight: 600 }
.eta line { stroke: var(--open); stroke-width: 1.25; stroke-dasharray: 4 3 }
.eta use, .mark.flag { fill: var(--open) }
.eta text, .etas > text { fill: var(--soft); font-size: 11.5px; paint-order: stroke; stroke: var(--paper); stroke-width: 3px }
.eta.replaced line, .eta.replaced use { opacity: .45 }
.flips { text-anchor: end }
.mark { fill: var(--paper); stroke: var(--strong); stroke-width: 2; color: var(--strong) }
.mark.k-done, .mark.k-failed, .mark.k-cancelled, .mark.k-gone, .mark.k-refused, .mark.k-rejected, .mark.k-failure { fill: var(--strong); --flap: var(--paper) }
.mark.flag, .mark.flaw { stroke: none }
.mark.flaw { fill: var(--error) }
.cross, .cap { fill: none }
.flap { fill: none; stroke: var(--flap, var(--strong)); stroke-width: 1.4 }
.start { fill: var(--ink); stroke: none }
.whisker { stroke-width: 2; opacity: .75 }
.whisker.open { stroke-dasharray: 2 3 }
.lane.error { --grave: var(--error) } .lane.warning { --grave: var(--warning) } .lane.note { --grave: var(--note) }
.lane-name { text-anchor: end; font-size: 12.5px }
.lane-number { text-anchor: middle; fill: var(--paper); font-size: 11px; font-weight: 700 }
.lane use { fill: var(--grave) }
.lane .flaw { stroke: var(--grave); stroke-width: 0 }
.stroke { stroke-width: 1.6; stroke-linecap: butt }
.lane-line { stroke: var(--line) }
.stem { stroke: var(--grave); stroke-width: 1; opacity: .4 }
.never { display: none }

@media screen and (max-width: 760px) {
  .timeline, .with-webhooks .timeline, .with-lanes .timeline { --gutter: 34px; width: calc(100% - var(--gutter) - 46px); margin-right: 46px }
  .lane-name, .row-name, .timeline .wide { display: none }
}
@media print {
  .timeline, .legend { print-color-adjust: exact }
}
${hatched}
`;
