import type { Call } from '../call.js';
import { credentialReader, sameHeaders } from '../credentials.js';
import { formatCount } from '../format.js';
import { pairs } from '../lists.js';
import { judgePolled, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

export const stopsOnRefusal: Rule = {
  name: 'stops-on-refusal',
  title: 'After 401 or 403 nobody asks again with the same credentials',
  why: 'The same credentials get the same answer, and may get the client locked out.',
  severity: 'error',
  sources: [SOURCES.unauthorized, SOURCES.forbidden],
  advice: 'on 401 take a new token, then poll on with it; on 403, or without a new token, stop',
  allowance: { kind: 'count', usual: 0, means: 'polls with refused credentials' },
  judge: (history, allowed) => {
    const credentialsOf = credentialReader(history.api.credentials);
    const repeats = ([before, poll]: [Call, Call]) =>
      before.reply === 'refused' &&
      sameHeaders(credentialsOf(before.exchange), credentialsOf(poll.exchange));
    return judgePolled(
      history,
      'no poll was answered 401 or 403',
      (one) => {
        const { polls } = one;
        if (!polls.some(({ reply }) => reply === 'refused')) return undefined;
        const refused = polls.filter(({ reply }) => reply === 'refused');
        const repeated = pairs(polls).filter(repeats);
        const message =
          repeated.length > allowed(one)
            ? `${formatCount(repeated.length, 'poll')} came with the credentials that had just been refused (${repeated[0]?.[0].exchange.status})`
            : undefined;
        const calls = [...new Set(repeated.flat())];
        return { tested: refused.length, message, calls };
      },
      ['refused'],
    );
  },
};
