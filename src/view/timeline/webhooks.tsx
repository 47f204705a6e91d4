import type { WebhookMark } from '../../audit/verdict.js';
import { useText } from '../text.js';
import { isKnown, tellWebhook } from './describe-webhook.js';
import type { Ground } from './ground.js';
import { ROW } from './layout.js';
import { Linked } from './linked.js';
import type { Scale } from './scale.js';

const MOST_ROWS = 4;
/** So near to each other envelopes hide each other on a phone, in per cent. */
const NEAR = 5;

/** The row of each webhook, by its number: copies and attempts that follow each other at once stand one below another. */
export function hookRowsOf(
  webhooks: readonly WebhookMark[],
  scale: Scale,
): ReadonlyMap<number, number> {
  const rows = new Map<number, number>();
  const busyUntil: number[] = [];
  for (const { seq, at } of webhooks) {
    const from = scale.at(at);
    const free = busyUntil.findIndex((until) => until <= from);
    const row = free >= 0 ? free : Math.min(busyUntil.length, MOST_ROWS - 1);
    busyUntil[row] = from + NEAR;
    rows.set(seq, row);
  }
  return rows;
}

/** Marks in rows of their own, below the polls. */
export function Webhooks(props: {
  webhooks: readonly WebhookMark[];
  rows: ReadonlyMap<number, number>;
  scale: Scale;
  top: number;
  ground: Ground;
}) {
  const { webhooks, rows, scale, top, ground } = props;
  const t = useText();
  return (
    <>
      <text class="row-name" x="-18" y={top + 12}>
        {t('webhooks')}
      </text>
      <g class="marks">
        {webhooks.map((one) => (
          <g
            key={one.seq}
            class={`mark k-${kindOf(one)}${one.breaks.length > 0 ? ' breaks' : ''}`}
            data-seq={one.seq}
          >
            <Linked mark={one} ground={ground} told={tellWebhook(one, scale, t)}>
              <use
                href={`#m-${one.status === 0 ? 'cross' : 'hook'}`}
                x={`${scale.at(one.at)}%`}
                y={top + (rows.get(one.seq) ?? 0) * ROW + ROW / 2}
              >
                <title>{tellWebhook(one, scale, t)}</title>
              </use>
            </Linked>
          </g>
        ))}
      </g>
    </>
  );
}

function kindOf(one: WebhookMark): string {
  if (isKnown(one)) return one.told;
  return one.status === 0 ? 'lost' : 'rejected';
}
