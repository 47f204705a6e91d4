// Clients that ask at the wrong time. Each changes one thing of the good client; `finds` says by which rules that must
// be seen, `why` the reason, both written down before it was run.
import { Client } from '../client.mjs';

export const TIME = {
  'fixed-3s': {
    what: 'sleeps 3 s between polls, whatever eta says',
    scenarios: ['uneven-etas'],
    cause: 'ignores-eta',
    finds: ['eta-respected'],
    may: ['newest-eta-used'],
    why: 'etas of 4.3 and 6.4 s are met after 3',
    change: {
      due() {
        return this.now() + 3 * this.least;
      },
    },
  },
  'first-eta': {
    what: 'waits for the first eta, then goes on every two seconds',
    scenarios: ['uneven-etas'],
    cause: 'ignores-eta',
    finds: ['eta-respected'],
    may: ['newest-eta-used'],
    why: 'the eta that the first poll tells is 4.3 s away, and 2 s is all that it waits',
    change: {
      due({ eta }) {
        const turn = this.waited ? this.now() + 2 * this.least : Date.parse(eta);
        this.waited = true;
        return turn;
      },
    },
  },
  'clock-ahead': {
    what: 'has a clock that is 200 ms ahead',
    scenarios: ['uneven-etas'],
    cause: 'ignores-eta',
    finds: ['eta-respected'],
    may: ['newest-eta-used'],
    why: 'each poll comes 200 ms before its eta, the tolerance is 50 ms',
    change: {
      now() {
        return Date.now() + 200;
      },
    },
  },
  'overlapping-timer': {
    what: 'asks again after 1.5 s, whether it has been answered or not',
    scenarios: ['slow-answers'],
    cause: 'polls-overlap',
    finds: ['single-flight'],
    may: ['spacing', 'eta-respected', 'newest-eta-used', 'stops-when-final'],
    why: 'answers take 4 s, so a second request is on its way beside the first',
    change: {
      async ask(id) {
        const path = this.pollPath(id);
        const first = this.send('GET', path);
        let timer;
        const late = new Promise((wake) => {
          timer = setTimeout(wake, 1.5 * this.least);
        });
        const answer = await Promise.race([first, late]);
        clearTimeout(timer);
        return answer ?? Promise.race([first, this.send('GET', path)]);
      },
    },
  },
  'no-least-pause': {
    what: 'goes by eta alone, without a least pause',
    scenarios: ['past-etas'],
    cause: 'polls-without-a-pause',
    finds: ['spacing'],
    why: 'with an eta that has passed it asks again at once',
    change: {
      due({ eta }) {
        return Date.parse(eta);
      },
    },
  },
  'retries-within-8ms': {
    what: 'repeats a failed poll within 8 ms',
    scenarios: ['long-outage'],
    cause: ['does-not-back-off', 'polls-without-a-pause'],
    finds: ['backs-off'],
    may: ['spacing'],
    why: 'four failures in a row, and the pauses do not grow',
    change: {
      async ask(id) {
        let answer = await this.send('GET', this.pollPath(id));
        for (let i = 0; i < 5 && this.kindOf(answer) === 'failure' && !this.tells(answer); i += 1) {
          await this.sleepUntil(this.now() + 1 + i);
          answer = await this.send('GET', this.pollPath(id));
        }
        return answer;
      },
    },
  },
  'constant-retries': {
    what: 'waits the same 1.5 s after each failure of an outage',
    scenarios: ['long-outage'],
    cause: 'does-not-back-off',
    finds: ['backs-off'],
    why: 'four failures in a row, and four equal pauses',
    change: {
      retryIn() {
        return 1.5 * this.least;
      },
    },
  },
  'ignores-retry-after': {
    what: 'goes by its own pauses after a 503 with Retry-After',
    scenarios: ['busy-for-4s'],
    cause: 'ignores-retry-after',
    finds: ['retry-after-honoured'],
    why: 'it comes back after 1 s and 2 s instead of 4',
    change: {
      readRetryAfter() {
        return undefined;
      },
    },
  },
  'date-is-nan': {
    what: 'reads Retry-After as a number only: a date is NaN, and NaN no pause',
    scenarios: ['busy-until'],
    cause: 'ignores-retry-after',
    finds: ['retry-after-honoured'],
    may: ['spacing', 'backs-off'],
    why: 'the date is five seconds away, and it comes back after its least pause',
    change: {
      readRetryAfter(text) {
        return text === null ? undefined : Number(text) * 1000 || 0;
      },
    },
  },
  herd: {
    what: 'asks for forty jobs on the same full second',
    scenarios: ['short-life'],
    cause: 'polls-in-a-herd',
    finds: ['no-herd'],
    why: 'forty polls in one instant, more than ten within 100 ms',
    change: {
      jobs: 40,
      due({ eta }) {
        const round = 3 * this.least;
        return Math.ceil(Math.max(Date.parse(eta), this.now() + this.least) / round) * round;
      },
    },
  },
  'two-workers': {
    what: 'lets two workers poll the same job, 300 ms apart at first',
    scenarios: ['steps-by-time'],
    cause: 'two-workers-on-one-job',
    finds: [['single-flight', 'spacing', 'eta-respected', 'stops-when-final']],
    may: ['newest-eta-used', 'expectations'],
    why: 'each keeps the rules, together they ask twice',
    change: {
      async poll(job) {
        const later = new Date(Date.parse(job.eta) + 0.3 * this.least).toISOString();
        const worker = (eta) => Client.prototype.poll.call(this, { ...job, eta });
        const [end] = await Promise.all([worker(job.eta), worker(later)]);
        return end;
      },
    },
  },
  'never-gives-up': {
    what: 'has no greatest time to wait',
    scenarios: ['no-end'],
    cause: 'never-gives-up',
    finds: ['gives-up'],
    may: ['expectations'],
    why: 'it still asks after 12 s, when its command is ended after 25',
    env: { ESOZ_PATIENCE_SECONDS: '100000' },
    timeout: '25s',
    change: {},
  },
  'no-time-out': {
    what: 'waits for ever for an answer',
    scenarios: ['no-answer'],
    cause: 'waits-for-ever-for-an-answer',
    finds: ['bounded-wait'],
    may: ['expectations', 'survives-a-blip', 'reaches-the-end', 'reads-the-result'],
    why: 'the first poll is never answered, and it never leaves it',
    timeout: '20s',
    change: { timeout: 0 },
  },
};
