import { roomWithin } from './fits.js';
import { BAR } from './layout.js';
import { round } from './scale.js';

/** A piece of a bar, in per cent, named where there is room. */
export function Bar(props: {
  from: number;
  to: number;
  /** What it looks like: a reply, and more classes. */
  kind: string;
  /** In the reader's language; the names of an API's states have none. */
  label: string;
  top: number;
  /** Of the whole timeline, in pixels. */
  width: number | undefined;
}) {
  const { from, to, kind, label: told, top, width } = props;
  const room = roomWithin(told, to - from, width);
  return (
    <svg class={`bar k-${kind}`} x={`${from}%`} y={top} width={`${round(to - from)}%`} height={BAR}>
      <title>{told}</title>
      <rect width="100%" height="100%" />
      {room !== 'never' && (
        <text class={room} x="7" y="15">
          {told}
        </text>
      )}
    </svg>
  );
}
