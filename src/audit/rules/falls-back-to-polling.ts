import { tellsEnd, wasToldEnd } from '../deliveries.js';
import { judgeAttempts, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

export const fallsBackToPolling: Rule = {
  name: 'falls-back-to-polling',
  title: 'When no webhook comes the client asks for its job',
  why: 'Webhooks are lost: a receiver is restarted, a firewall changes, attempts run out. A client that only waits for them never learns what has become of its job.',
  severity: 'error',
  sources: [SOURCES.webhookReliability],
  advice:
    'look after each open job from time to time, until its end is known, by webhook or by poll',
  judge: (history) =>
    judgeAttempts(history, 'no webhook about the end of a job was lost', (one) => {
      const lost = (one.deliveries ?? []).filter(
        (sent) => sent.facts.made === 'lost' && tellsEnd(sent),
      );
      if (lost.length === 0) return undefined;
      if (one.finalPoll || wasToldEnd(one)) return {};
      if (history.run !== 'over') return undefined;
      const asked = one.polls.length === 0 ? 'never asked for it' : 'did not ask on';
      return {
        message: `the webhook that told the end of the job was lost, and the client ${asked}`,
        calls: [...lost.map(({ call }) => call), ...one.polls.slice(-1)],
      };
    }),
};
