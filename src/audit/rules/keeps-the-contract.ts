import { type Call, wasLetIn } from '../call.js';
import { formatCount } from '../format.js';
import type { Breach, Rule } from '../rule.js';
import { SOURCES } from './sources.js';

/**
 * Judged where the server checks requests and lets them through (`--validate warn`); elsewhere a request that breaks
 * the contract is refused, which its client sees for itself.
 */
export const keepsTheContract: Rule = {
  name: 'keeps-the-contract',
  title: 'Every request keeps the contract',
  why: 'The real system refuses what its contract does not allow; here requests go through all the same, as --validate warn asks.',
  severity: 'warning',
  sources: [SOURCES.contract],
  advice: 'send what the contract says; without --validate warn such a request is refused',
  judge: ({ calls }) => {
    const known = calls.filter(({ exchange }) => exchange.operation !== undefined);
    const by = new Map<string, Call[]>();
    for (const call of known) {
      for (const text of call.exchange.breaches ?? []) {
        const key = `${call.exchange.operation}: ${text}`;
        const same = by.get(key);
        if (same) same.push(call);
        else by.set(key, [call]);
      }
    }
    const breaches: Breach[] = [...by].map(([text, broken]) => ({
      message: `${formatCount(broken.length, 'request')} broke the contract of ${text}`,
      calls: broken,
    }));
    const isTested = breaches.length > 0 || wasLetIn(calls);
    return { tested: isTested ? known.length : 0, breaches, wanting: 'no request was let in' };
  },
};
