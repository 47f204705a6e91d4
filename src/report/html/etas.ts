import { formatLength } from '../../audit/format.js';
import type { Moment } from '../../time/moments.js';
import type { ToldEta } from './describe-exchange.js';
import { type Html, html } from './escape.js';
import { FLIPS, type Label, roomFor } from './fits.js';
import type { Layout } from './layout.js';
import type { Scale } from './scale.js';

/** A dashed line at each eta that a client was told; those beyond the timeline are named at its end. */
export function drawEtas(etas: readonly ToldEta[], scale: Scale, layout: Layout): Html {
  const within = etas.filter(({ moment }) => moment >= scale.start && moment <= scale.end);
  const flags = [
    ...new Map(within.map((eta) => [scale.spot(scale.at(eta.moment)), eta])).values(),
  ].sort((a, b) => a.moment - b.moment);
  const labels = flags.map(({ moment }) => labelFor(moment, scale));
  const beyond = etas.filter(({ moment }) => moment > scale.end).at(-1);
  const texts = beyond ? [labelBeyond(beyond, scale), ...labels] : labels;
  const room = roomFor(texts.toSorted((a, b) => a.at - b.at));
  const roomOf = new Map(texts.toSorted((a, b) => a.at - b.at).map((label, i) => [label, room[i]]));
  const y = layout.flags + 12;
  return html`<g class="etas">${flags.map((eta, i) => {
    const label = labels[i] as Label;
    const seen = roomOf.get(label);
    const at = `${label.at}%`;
    const flips = label.at > FLIPS;
    return html`<g class="eta${eta.moment > eta.replaced && ' replaced'}"><title>${label.text} after the request, told ${tell(eta.told, scale)} after it</title><line x1="${at}" x2="${at}" y1="${layout.flags + 2}" y2="${layout.axis}"/><use href="#m-flag" x="${at}" y="${layout.flags + 2}"/>${seen !== 'never' && html`<text class="${seen}${flips && ' flips'}" x="${at}" dx="${flips ? -4 : 12}" y="${y}">${label.text}</text>`}</g>`;
  })}${beyond && html`<text class="flips" x="100%" dx="-2" y="${y}">${labelBeyond(beyond, scale).text}</text>`}</g>`;
}

function tell(moment: Moment, { start, pace }: Scale): string {
  return formatLength((moment - start) * pace);
}

function labelFor(moment: Moment, scale: Scale): Label {
  return { at: scale.at(moment), text: `eta ${tell(moment, scale)}` };
}

function labelBeyond({ moment }: ToldEta, scale: Scale): Label {
  return { at: 100, text: `eta ${tell(moment, scale)} →` };
}
