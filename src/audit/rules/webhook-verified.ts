import { formatCount } from '../format.js';
import { judgeAttempts, type Rule } from '../rule.js';
import type { Sent } from '../sent.js';
import { SOURCES } from './sources.js';

export const webhookVerified: Rule = {
  name: 'webhook-verified',
  title: 'A webhook with a wrong signature is refused (4xx)',
  why: 'Whoever knows the URL of a receiver can send to it. One that does not verify takes anybody’s word for a result.',
  severity: 'error',
  sources: [SOURCES.webhookSignature],
  advice:
    'compute HMAC-SHA256 of webhook-id, webhook-timestamp and the body as it came, compare it in constant time, and answer 401 when it differs',
  judge: (history) =>
    judgeAttempts(history, 'no webhook came with a wrong signature', (one) => {
      const forged = (one.deliveries ?? []).filter(
        ({ facts, exchange }) => facts.made === 'forged' && exchange.status !== 0,
      );
      if (forged.length === 0) return undefined;
      const taken = forged.filter(({ exchange: { status } }) => status < 400 || status > 499);
      const [first] = taken;
      if (!first) return { tested: forged.length };
      const harmless = taken.every(({ exchange: { status } }) => status >= 500);
      return {
        tested: forged.length,
        message: `${taken.length} of ${formatCount(forged.length, 'webhook')} with a wrong signature ${tell(first)}`,
        severity: harmless ? 'warning' : undefined,
        calls: taken.map(({ call }) => call),
      };
    }),
};

function tell({ exchange: { status } }: Sent): string {
  return status < 300 ? `was taken (${status})` : `was answered ${status}, and not refused`;
}
