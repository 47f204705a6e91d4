import type { WebhookMark } from '../../audit/verdict.js';
import { useText } from '../text.js';
import { isKnown, tellWebhook } from './describe-webhook.js';
import type { Ground } from './ground.js';
import { ROW } from './layout.js';
import { Linked } from './linked.js';
import type { Scale } from './scale.js';

/** Marks in a row of their own, below the polls. */
export function Webhooks(props: {
  webhooks: readonly WebhookMark[];
  scale: Scale;
  top: number;
  ground: Ground;
}) {
  const { webhooks, scale, top, ground } = props;
  const t = useText();
  const y = top + ROW / 2;
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
            <Linked mark={one} ground={ground}>
              <use
                href={`#m-${one.status === 0 ? 'cross' : 'hook'}`}
                x={`${scale.at(one.at)}%`}
                y={y}
              >
                <title>{t(tellWebhook(one, scale))}</title>
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
