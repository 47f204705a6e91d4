// Clients that take failures wrongly. Each changes one thing of the good client; `finds` says by which rules that must
// be seen, `why` the reason, both written down before it was run.
import { Client } from '../client.mjs';

/** What follows when a client has stopped before the end of its job. */
const STOPPED = ['reaches-the-end', 'reads-the-result', 'expectations'];

export const FAILURES = {
  'stops-at-503': {
    what: 'ends at the first 503',
    scenarios: ['one-503'],
    cause: 'gives-up-at-the-first-failure',
    finds: ['survives-a-blip'],
    may: STOPPED,
    why: 'one 503 without a word of the job, and no poll after it',
    change: {
      kindOf({ status }) {
        return status === 404 ? 'missing' : status >= 400 ? 'refused' : 'failure';
      },
    },
  },
  'breaks-at-html': {
    what: 'ends with a stack trace at a page of HTML',
    scenarios: ['one-page'],
    cause: 'gives-up-at-the-first-failure',
    finds: ['survives-a-blip'],
    may: STOPPED,
    why: 'JSON.parse throws, nobody catches, no poll comes after it',
    change: {
      async ask(id) {
        const answer = await this.send('GET', this.pollPath(id));
        JSON.parse(answer.text);
        return answer;
      },
    },
  },
  'stops-at-reset': {
    what: 'ends at the first broken connection',
    scenarios: ['one-reset'],
    cause: 'gives-up-at-the-first-failure',
    finds: ['survives-a-blip'],
    may: STOPPED,
    why: 'one reset, and no poll after it',
    change: {
      goesOn: (kind, times) => kind === 'missing' && times < 3,
    },
  },
  'polls-404-on': {
    what: 'takes 404 for "not yet", ten times',
    scenarios: ['gone'],
    cause: 'asks-on-after-404',
    finds: ['stops-on-404'],
    why: 'ten answers 404 in a row are more than three',
    change: {
      goesOn: (_, times) => times < 10,
      retryIn(_, failures) {
        return Math.min(failures, 3) * this.least;
      },
    },
  },
  'resubmits-after-404': {
    what: 'sends its request again after three 404',
    scenarios: ['gone'],
    cause: 'submits-again',
    finds: ['no-duplicate-submission'],
    may: ['expectations', 'stops-on-404'],
    why: 'the first job is open for all that anybody knows',
    change: {
      async poll(job) {
        const good = Client.prototype.poll;
        const end = await good.call(this, job);
        if (end || this.again) return end;
        this.again = true;
        const next = await this.schedule(this.body);
        return next && good.call(this, next);
      },
      async schedule(body) {
        this.body = body;
        return Client.prototype.schedule.call(this, body);
      },
    },
  },
  'resubmits-lost': {
    what: 'sends its request again, its keys in another order, when no answer came',
    scenarios: ['lost-submission'],
    cause: 'submits-again',
    finds: ['no-duplicate-submission'],
    may: ['expectations'],
    why: 'the first request may have made a job, and by value the second is the same',
    change: {
      async notScheduled({ status }, body) {
        if (status !== 0 || this.again) return undefined;
        this.again = true;
        await this.sleepUntil(this.now() + this.least);
        const values = Object.entries(JSON.parse(body)).reverse();
        return this.schedule(JSON.stringify(Object.fromEntries(values), null, 2));
      },
    },
  },
  'same-token': {
    what: 'repeats a 401 with the token that was refused',
    scenarios: ['no-token-helps'],
    cause: 'keeps-an-old-token',
    finds: ['stops-on-refusal'],
    why: 'the second request bears the same token as the first',
    change: { renew() {} },
  },
  'insists-on-401': {
    what: 'goes on for ever after 401, with one new token',
    scenarios: ['no-token-helps'],
    cause: 'keeps-an-old-token',
    finds: ['stops-on-refusal'],
    may: ['backs-off'],
    why: 'the new token is refused too, and used six times more',
    change: {
      goesOn: (_, times) => times < 4,
      renew() {
        this.token = 'good-renewed';
      },
    },
  },
};
