// Clients that mistake what an answer says, or do the wrong thing with the end of a job. Each changes one thing of the
// good client; `finds` says by which rules that must be seen, `why` the reason, both written down before it was run.
import { Client } from '../client.mjs';

export const ENDS = {
  'unknown-is-done': {
    what: 'takes a status that it does not know for the end',
    scenarios: ['strange-words'],
    cause: 'stops-at-an-unknown-status',
    finds: ['tolerates-unknown-status'],
    may: ['reaches-the-end', 'reads-the-result', 'expectations'],
    why: 'SUSPENDED is no end, and it asks no more',
    change: {
      isDone: ({ status }) => status !== 'PENDING' && status !== 'FAILED',
    },
  },
  'failed-is-done': {
    what: 'takes FAILED for success and reads a result',
    scenarios: ['short-failure'],
    cause: 'takes-failed-for-success',
    finds: ['no-result-on-failure'],
    may: ['expectations'],
    why: 'there is no link, so it asks for the composition undefined',
    change: {
      hasFailed: () => false,
      isDone: ({ status }) => status === 'DONE' || status === 'FAILED',
    },
  },
  'hides-the-reason': {
    what: 'says "done" to its user when the job has failed',
    scenarios: ['short-failure'],
    cause: ['takes-failed-for-success', 'hides-the-outcome'],
    finds: ['expectations'],
    why: 'the reason that the scenario asks for is never printed',
    change: {
      async finish(end, request) {
        if (this.isDone(end)) await this.readResult(end, request);
        else this.say('done');
      },
    },
  },
  'polls-after-done': {
    what: 'asks three times more when the job is done',
    scenarios: ['short-life'],
    cause: 'does-not-stop-at-the-end',
    finds: ['stops-when-final'],
    why: 'three polls after DONE',
    change: {
      async finish(end, request) {
        await this.readResult(end, request);
        for (let i = 0; i < 3; i += 1) {
          await this.sleepUntil(this.now() + 2 * this.least);
          await this.send('GET', this.pollPath(end.id));
        }
      },
    },
  },
  'stops-after-one-poll': {
    what: 'asks once, and takes PENDING for an answer to keep',
    scenarios: ['short-life'],
    cause: 'leaves-a-running-job',
    finds: ['reaches-the-end'],
    may: ['expectations', 'reads-the-result', 'gives-up'],
    why: 'the job is PENDING at the last poll, long before patience is over',
    change: {
      async poll(job) {
        await this.sleepUntil(this.due(job));
        await this.ask(job.id);
        return undefined;
      },
    },
  },
  'never-reads': {
    what: 'reads no result',
    scenarios: ['short-life'],
    cause: 'does-not-read-the-result',
    finds: ['reads-the-result'],
    may: ['expectations'],
    why: 'DONE is told, and no request follows',
    change: {
      async readResult() {
        this.say('DONE');
      },
    },
  },
  'wrong-path': {
    what: 'reads the result below the wrong encounter',
    scenarios: ['short-life'],
    cause: 'does-not-read-the-result',
    finds: ['reads-the-result'],
    may: ['expectations'],
    why: 'the path has the id of the subject where the encounter stands; the answer is 404',
    change: {
      resultPath: ({ subject }, id) =>
        `/patients/${subject.value}/encounter/${subject.value}/composition/${id}`,
    },
  },
  'token-in-url': {
    what: 'puts its token into the URL too',
    scenarios: ['short-life'],
    cause: 'credentials-out-of-place',
    finds: ['credentials-in-headers'],
    why: 'each address ends in access_token=…',
    change: {
      address(path) {
        const mark = path.includes('?') ? '&' : '?';
        return `${this.base}/api${path}${mark}access_token=${this.token}`;
      },
    },
  },
  'strange-id': {
    what: 'polls a job of yesterday beside its own',
    scenarios: ['short-life'],
    cause: 'polls-a-wrong-id',
    finds: ['only-known-jobs'],
    may: ['stops-on-404'],
    why: 'no answer has handed that id out',
    change: {
      async ask(id) {
        if (!this.asked)
          await this.send('GET', this.pollPath('00000000-0000-4000-8000-00000000dead'));
        this.asked = true;
        return this.send('GET', this.pollPath(id));
      },
    },
  },
  'resubmits-while-pending': {
    what: 'sends its request again while the job is PENDING',
    scenarios: ['short-life'],
    cause: 'submits-again',
    finds: ['no-duplicate-submission'],
    may: ['reaches-the-end', 'reads-the-result', 'expectations'],
    why: 'the same body is sent while its job is open',
    change: {
      async ask(id) {
        const answer = await this.send('GET', this.pollPath(id));
        if (!this.again) await this.send('POST', '/patients/composition', this.body);
        this.again = true;
        return answer;
      },
      async schedule(body) {
        this.body = body;
        return Client.prototype.schedule.call(this, body);
      },
    },
  },
};
