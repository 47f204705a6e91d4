import { formatLength } from '../../audit/format.js';
import type { Moment } from '../../time/moments.js';
import { type Say, useText } from '../text.js';
import type { ToldEta } from './describe-exchange.js';
import { FLIPS, type Label, type Room, roomFor } from './fits.js';
import type { Layout } from './layout.js';
import type { Scale } from './scale.js';

/** A dashed line at each eta that a client was told; those beyond the timeline are named at its end. */
export function Etas(props: {
  etas: readonly ToldEta[];
  scale: Scale;
  layout: Layout;
  width: number | undefined;
}) {
  const { etas, scale, layout, width } = props;
  const t = useText();
  const within = etas.filter(({ moment }) => moment >= scale.start && moment <= scale.end);
  const flags = [
    ...new Map(within.map((eta) => [scale.spot(scale.at(eta.moment)), eta])).values(),
  ].sort((a, b) => a.moment - b.moment);
  const beyond = etas.filter(({ moment }) => moment > scale.end).at(-1);
  const far = beyond && labelBeyond(beyond, scale, t);
  const labels = flags.map(({ moment }) => labelFor(moment, scale, t));
  const roomOf = placesOf(far ? [far, ...labels] : labels, width);
  const y = layout.flags + 12;
  return (
    <g class="etas">
      {flags.map((eta, i) => {
        const label = labels[i] as Label;
        return (
          <Flag
            key={i}
            eta={eta}
            label={label}
            room={roomOf(label)}
            scale={scale}
            layout={layout}
          />
        );
      })}
      {far && (
        <text class="flips" x="100%" dx="-2" y={y}>
          {far.text}
        </text>
      )}
    </g>
  );
}

function Flag(props: {
  eta: ToldEta;
  label: Label;
  room: Room | undefined;
  scale: Scale;
  layout: Layout;
}) {
  const { eta, label, room, scale, layout } = props;
  const t = useText();
  const at = `${label.at}%`;
  const top = layout.flags + 2;
  const flips = label.at > FLIPS;
  return (
    <g class={eta.moment > eta.replaced ? 'eta replaced' : 'eta'}>
      <title>{t`${label.text} after the request, told ${tell(eta.told, scale, t)} after it`}</title>
      <line x1={at} x2={at} y1={top} y2={layout.axis} />
      <use href="#m-flag" x={at} y={top} />
      {room !== 'never' && (
        <text class={`${room}${flips ? ' flips' : ''}`} x={at} dx={flips ? -4 : 12} y={top + 10}>
          {label.text}
        </text>
      )}
    </g>
  );
}

function placesOf(
  texts: readonly Label[],
  width: number | undefined,
): (label: Label) => Room | undefined {
  const inOrder = texts.toSorted((a, b) => a.at - b.at);
  const rooms = roomFor(inOrder, width);
  const found = new Map(inOrder.map((label, i) => [label, rooms[i]]));
  return (label) => found.get(label);
}

function tell(moment: Moment, { start, pace }: Scale, t: Say): string {
  return t(formatLength((moment - start) * pace));
}

function labelFor(moment: Moment, scale: Scale, t: Say): Label {
  return { at: scale.at(moment), text: `eta ${tell(moment, scale, t)}` };
}

function labelBeyond({ moment }: ToldEta, scale: Scale, t: Say): Label {
  return { at: 100, text: `eta ${tell(moment, scale, t)} →` };
}
