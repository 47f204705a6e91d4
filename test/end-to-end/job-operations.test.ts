import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type SandboxOptions, startSandbox } from '../../src/index.js';
import { eventually } from '../support/eventually.js';
import { makeBinding, makeMedia } from '../support/media.js';
import { openReceiver } from '../support/receiver.js';
import { NOON } from '../support/sandbox.js';

/** A moment so many seconds after noon. */
const second = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1000).toISOString();

const MEDIA = { spec: 'test/fixtures/media/openapi.yaml', scenario: 'ten-seconds' };

describe('a job that is cancelled', () => {
  it('is cancelling for as long as that takes, then cancelled, and asks nobody to poll for that', async () => {
    const { sandbox, media } = await makeMedia(MEDIA);
    const { id } = (await media.create()).json;
    sandbox.clock.advance('2s');
    const cancelled = await media.cancel(id);
    expect(cancelled.status).toBe(200);
    expect(cancelled.json).toEqual({ id, status: 'cancelling', ready_at: second(7) });
    sandbox.clock.advance('4.9s');
    expect((await media.poll(id)).json.status).toBe('cancelling');
    sandbox.clock.advance('1m');
    const polled = await media.poll(id);
    expect(polled.json).toEqual({ id, status: 'cancelled', ended_at: second(7) });
  });

  it('makes nothing: neither by its scenario nor by its results', async () => {
    const { sandbox, media } = await makeMedia(MEDIA);
    const { id } = (await media.create()).json;
    await media.cancel(id);
    sandbox.clock.advance('1m');
    expect((await media.output(id)).status).toBe(404);
    expect(sandbox.jobs()).toMatchObject([
      { id, state: 'cancelled', finished: second(5), waits_for_release: false },
    ]);
  });

  it('cannot be cancelled once it is at its end: 409, and asked for twice it goes on as it did', async () => {
    const { sandbox, media } = await makeMedia(MEDIA);
    const { id } = (await media.create()).json;
    const done = (await media.create()).json.id;
    sandbox.clock.advance('8s');
    await media.cancel(id);
    sandbox.clock.advance('2s');
    expect((await media.cancel(id)).json).toMatchObject({
      status: 'cancelling',
      ready_at: second(13),
    });
    const refused = await media.cancel(done);
    expect(refused.status).toBe(409);
    expect(refused.json.error).toBe(`Job ${done} cannot be cancelled: it is succeeded`);
    expect(refused.headers.get('esoz-sandbox-refusal')).toBe('REQUEST_JOB_ENDED');
    expect((await media.cancel('job_000000000000')).status).toBe(404);
  });

  it('stands in the journal by its operation and its id', async () => {
    const { sandbox, media } = await makeMedia(MEDIA);
    const { id } = (await media.create()).json;
    await media.cancel(id);
    expect(sandbox.journal().at(-1)).toMatchObject({
      operation: 'cancelJob',
      job: id,
      scenario: 'ten-seconds',
      state: 'cancelling',
      told: 'open',
    });
  });

  it('is answered in the form that its scenario names, and in the usual one by others', async () => {
    const scenarios = await mkdtemp(join(tmpdir(), 'cancelled-'));
    onTestFinished(() => rm(scenarios, { recursive: true, force: true }));
    const life = 'life: [{ state: queued, for: 9s }, { state: succeeded }]';
    await writeFile(
      join(scenarios, 'a.yaml'),
      `scenario: accepting\ncancelled: accepted\n${life}\n`,
    );
    await writeFile(join(scenarios, 'b.yaml'), `scenario: usual\n${life}\n`);
    const { sandbox, media } = await makeMedia({ scenarios, scenario: 'accepting' }, (text) =>
      text.replace('while: cancelling', 'while: cancelling, shapes: { accepted: { http: 202 } }'),
    );
    const { id } = (await media.create()).json;
    const { status, json } = await media.cancel(id);
    expect([status, json.status]).toEqual([202, 'cancelling']);
    sandbox.next('usual');
    expect((await media.cancel((await media.create()).json.id)).status).toBe(200);
  });

  it('is refused a form that there is not', async () => {
    const scenarios = await mkdtemp(join(tmpdir(), 'cancelled-'));
    onTestFinished(() => rm(scenarios, { recursive: true, force: true }));
    const text =
      'scenario: a\ncancelled: acepted\nlife: [{ state: queued, for: 9s }, { state: succeeded }]\n';
    await writeFile(join(scenarios, 'a.yaml'), text);
    await expect(makeMedia({ scenarios })).rejects.toThrow(/a\.yaml:2:12.*SCENARIO_UNKNOWN_SHAPE/s);
  });

  it('is cancelled at once where the binding names no time', async () => {
    const { media } = await makeMedia(MEDIA, (text) =>
      text.replace(
        'after: 5s, while: cancelling',
        'http: 200, refused: { http: 409, bare: true, data: { error: "no" } }',
      ),
    );
    const { id } = (await media.create()).json;
    expect((await media.cancel(id)).json.status).toBe('cancelled');
    expect((await media.cancel(id)).json).toEqual({ error: 'no' });
    expect((await media.poll(id)).json.status).toBe('cancelled');
  });
});

describe('a webhook of a job that is cancelled or deleted', () => {
  const hooks =
    'webhooks:\n  - { to: "{body.hook}", on: [done, cancelled], retries: none }\ndelete:';
  const withHooks = (text: string) => text.replace('delete:', hooks);

  it('comes when it has been cancelled, though nobody polls, and none when it was deleted', async () => {
    const { sandbox, media } = await makeMedia(MEDIA, withHooks);
    const receiver = await openReceiver();
    const body = { source: 'a', hook: receiver.url };
    const { id } = (await media.create(body)).json;
    const deleted = (await media.create({ ...body, source: 'b' })).json.id;
    await media.cancel(id);
    await media.remove(deleted);
    sandbox.clock.advance('1m');
    await eventually(() => receiver.received.length > 0);
    sandbox.clock.advance('1m');
    expect(receiver.received.map(({ json }) => [json.id, json.status])).toEqual([
      [id, 'cancelled'],
    ]);
  });
});

describe('a scenario in which a job is cancelled by somebody else', () => {
  it('plays the state of that outcome as an end', async () => {
    const { sandbox, media } = await makeMedia({ ...MEDIA, scenario: 'cancelled-elsewhere' });
    const { id } = (await media.create()).json;
    sandbox.clock.advance('3s');
    expect((await media.poll(id)).json).toEqual({ id, status: 'cancelled', ended_at: second(3) });
    const verdict = sandbox.verdict({ run: 'over' });
    expect(verdict.jobs[0]?.outcome).toBe('cancelled');
    expect(verdict.rules.find(({ rule }) => rule === 'expectations')?.outcome).toBe('passed');
  });

  it('tells a client that takes it for success', async () => {
    const { sandbox, media } = await makeMedia({ ...MEDIA, scenario: 'cancelled-elsewhere' });
    const { id } = (await media.create()).json;
    sandbox.clock.advance('3s');
    await media.poll(id);
    await media.output(id);
    const { rules, causes } = sandbox.verdict({ run: 'over' });
    const found = rules.find(({ rule }) => rule === 'no-result-on-failure');
    expect(found?.findings[0]?.message).toContain(
      'the job was cancelled, and yet a result was asked for',
    );
    expect(causes.map((cause) => cause.title).join()).toContain(
      'Tell a failed job from a done one',
    );
  });
});

describe('a job that is deleted', () => {
  it('is gone from report, results, list and cancel', async () => {
    const { sandbox, media } = await makeMedia(MEDIA);
    const { id } = (await media.create()).json;
    const other = (await media.create()).json.id;
    sandbox.clock.advance('10s');
    const deleted = await media.remove(id);
    expect(deleted.json).toEqual({ id, deleted: true });
    for (const ask of [media.poll, media.output, media.cancel, media.remove]) {
      const { status, json } = await ask(id);
      expect(status).toBe(410);
      expect(json.error).toContain('was deleted');
    }
    const { data } = (await media.list()).json;
    expect(data.map((job: { id: string }) => job.id)).toEqual([other]);
    expect(sandbox.jobs().map((job) => job.id)).toEqual([other]);
  });

  it('may be looked at by who has deleted it, where the binding says 404 too: that is no poll of a finished job', async () => {
    const { sandbox, media } = await makeMedia(MEDIA, (text) =>
      text.replace('deleteJob, then: 410', 'deleteJob'),
    );
    const { id } = (await media.create()).json;
    sandbox.clock.advance('10s');
    expect((await media.poll(id)).json.status).toBe('succeeded');
    const asksOn = () =>
      sandbox.verdict().rules.find(({ rule }) => rule === 'stops-when-final')?.findings.length;
    await media.remove(id);
    expect((await media.poll(id)).status).toBe(404);
    expect(asksOn()).toBe(0);
  });

  it('was never there where the binding says 404, and may be refused while it is open', async () => {
    const { sandbox, media } = await makeMedia(MEDIA, (text) =>
      text.replace('deleteJob, then: 410', 'deleteJob, refused: 409'),
    );
    const { id } = (await media.create()).json;
    const refused = await media.remove(id);
    expect(refused.status).toBe(409);
    expect(refused.headers.get('esoz-sandbox-refusal')).toBe('REQUEST_JOB_OPEN');
    sandbox.clock.advance('10s');
    expect((await media.remove(id)).status).toBe(200);
    const polled = await media.poll(id);
    expect(polled.status).toBe(404);
    expect(polled.headers.get('esoz-sandbox-refusal')).toBe('REQUEST_UNKNOWN_JOB');
  });

  it('is told of as one that was there for as many as finished jobs are kept', async () => {
    const { media } = await makeMedia({ ...MEDIA, limits: { jobs: 2 } });
    const ids: string[] = [];
    for (let i = 0; i < 3; i += 1) ids.push((await media.create()).json.id);
    for (const id of ids) await media.remove(id);
    const told = await Promise.all(ids.map(async (id) => (await media.poll(id)).status));
    expect(told).toEqual([404, 410, 410]);
  });
});

describe('the results of a job', () => {
  it('are there once it is done, from the contract’s example', async () => {
    const { sandbox, media } = await makeMedia(MEDIA);
    const { id } = (await media.create()).json;
    const early = await media.output(id);
    expect(early.status).toBe(404);
    expect(early.json.error).toBe(`Job ${id} is queued: getOutput has nothing of it`);
    sandbox.clock.advance('10s');
    const late = await media.output(id);
    expect(late.status).toBe(200);
    expect(late.json).toEqual({ jobId: id, url: 'https://media.example/a.mp4', seconds: 12.5 });
    expect(sandbox.journal().at(-1)).toMatchObject({
      operation: 'getOutput',
      job: id,
      state: 'succeeded',
    });
  });

  it('are texts where the contract says so, filled as the binding has them', async () => {
    const { sandbox, media } = await makeMedia(MEDIA);
    const { id } = (await media.create()).json;
    expect((await media.captions(id)).status).toBe(425);
    sandbox.clock.advance('10s');
    const { status, headers, text } = await media.captions(id);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/vtt']);
    expect(text).toBe(`WEBVTT\n\n00:00.000 --> 00:01.000\n${id}\n`);
  });

  it('are found by a name that is made of the id of the job, or of what it makes', async () => {
    const { sandbox, media } = await makeMedia(MEDIA, (text) =>
      text
        .replace('- operation: getCaptions', '- operation: getCaptions\n    named: "file-{job}"')
        .replace('- operation: getOutput', '- operation: getOutput\n    named: "{resource.id}"'),
    );
    const { id } = (await media.create()).json;
    const [{ resource = '' } = {}] = sandbox.jobs();
    sandbox.clock.advance('10s');
    expect((await media.captions(id)).status).toBe(404);
    expect((await media.captions(`file-${id}`)).status).toBe(200);
    expect((await media.output(resource)).json.seconds).toBe(12.5);
    expect(sandbox.journal().at(-1)).toMatchObject({ operation: 'getOutput', job: id });
  });

  it('are bytes where the contract says so', async () => {
    const { sandbox, media } = await makeMedia(MEDIA);
    const { id } = (await media.create()).json;
    expect((await media.file(id)).status).toBe(404);
    sandbox.clock.advance('10s');
    const { status, headers } = await media.file(id);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
  });

  it('answer HEAD with the head of what a GET would bring, and write nothing down', async () => {
    const { sandbox, media } = await makeMedia(MEDIA);
    const { id } = (await media.create()).json;
    sandbox.clock.advance('10s');
    const { length } = sandbox.journal();
    expect((await media.head(`/jobs/${id}/captions`)).status).toBe(200);
    expect((await media.head(`/projects/p1/jobs`)).status).toBe(200);
    expect(sandbox.journal()).toHaveLength(length);
  });

  it('count as read, and one that was asked for too early is noted', async () => {
    const { sandbox, media } = await makeMedia(MEDIA);
    const { id } = (await media.create()).json;
    await media.output(id);
    sandbox.clock.advance('10s');
    await media.poll(id);
    await media.output(id);
    const read = sandbox
      .verdict({ run: 'over' })
      .rules.find(({ rule }) => rule === 'reads-the-result');
    expect(read?.severity).toBe('note');
    expect(read?.findings.map(({ message }) => message)).toEqual([
      'the result was asked for 1 time while the job was open',
    ]);
  });

  it('are missed where nobody reads them', async () => {
    const { sandbox, media } = await makeMedia(MEDIA);
    const { id } = (await media.create()).json;
    sandbox.clock.advance('10s');
    await media.poll(id);
    const read = sandbox
      .verdict({ run: 'over' })
      .rules.find(({ rule }) => rule === 'reads-the-result');
    expect(read).toMatchObject({ outcome: 'failed', severity: 'error' });
  });
});

describe('a job that expires', () => {
  it('answers as the binding says so long after its end, and is in no list any more', async () => {
    const { sandbox, media } = await makeMedia(MEDIA);
    const { id } = (await media.create()).json;
    sandbox.clock.advance('1h');
    expect((await media.poll(id)).status).toBe(200);
    sandbox.clock.advance('10s');
    for (const ask of [media.poll, media.output, media.cancel]) {
      const { status, headers } = await ask(id);
      expect([status, headers.get('esoz-sandbox-refusal')]).toEqual([410, 'REQUEST_JOB_EXPIRED']);
    }
    expect((await media.list()).json.data).toEqual([]);
    expect(sandbox.journal()[3]).toMatchObject({ job: id, forgotten: 'expired' });
  });

  it('counts from its start where the binding says so, with an answer of its own', async () => {
    const { sandbox, media } = await makeMedia(MEDIA, (text) =>
      text.replace(
        'expires: { after: 1h }',
        'expires: { after: 4s, from: start, http: 404, bare: true, data: { error: "gone: {job}" } }',
      ),
    );
    const { id } = (await media.create()).json;
    sandbox.clock.advance('4s');
    const { status, json } = await media.poll(id);
    expect([status, json]).toEqual([404, { error: `gone: ${id}` }]);
  });

  it('is no fault of a client that looks at it once more', async () => {
    const { sandbox, media } = await makeMedia(MEDIA);
    const { id } = (await media.create()).json;
    sandbox.clock.advance('10s');
    await media.poll(id);
    await media.output(id);
    sandbox.clock.advance('1h');
    await media.poll(id);
    await media.poll(id);
    const { rules } = sandbox.verdict({ run: 'over' });
    expect(rules.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  });
});

describe('a client that cancels or deletes its job', () => {
  it('waits for nothing more, and may ask at once what has become of it', async () => {
    const { sandbox, media } = await makeMedia(MEDIA, (text) =>
      text.replace(
        'data: { id: "{job}", status: "{state}", ready_at: "{eta}" } }\n  succeeded',
        'data: { id: "{job}", status: "{state}" } }\n  succeeded',
      ),
    );
    const first = (await media.create({ source: 'a' })).json.id;
    await media.cancel(first);
    await media.poll(first);
    const second = (await media.create({ source: 'b' })).json.id;
    await media.remove(second);
    const { rules, jobs } = sandbox.verdict({ run: 'over' });
    expect(rules.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(rules.find(({ rule }) => rule === 'reaches-the-end')?.outcome).toBe('not exercised');
    expect(
      jobs.map(({ others }) => others?.map(({ operation, told }) => [operation, told])),
    ).toEqual([[['cancelJob', 'open']], [['deleteJob', undefined]]]);
  });

  it('may send the same request again', async () => {
    const { sandbox, media } = await makeMedia(MEDIA);
    const { id } = (await media.create()).json;
    await media.cancel(id);
    const again = (await media.create()).json.id;
    sandbox.clock.advance('10s');
    await media.poll(again);
    await media.output(again);
    const { rules } = sandbox.verdict({ run: 'over' });
    expect(rules.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  });
});

describe('a binding whose operations cannot be', () => {
  const cases: [what: string, change: [string, string], says: RegExp][] = [
    [
      'an operation that is not there',
      ['cancelJob,', 'cancelJobs,'],
      /binding\.yaml:\d+:\d+: cancel: .* has no operation "cancelJobs" \(did you mean cancelJob\?\)/s,
    ],
    [
      'an operation named twice',
      ['deleteJob,', 'cancelJob,'],
      /delete: cancelJob is named by cancel already/,
    ],
    [
      'the operation that reports',
      ['operation: getOutput', 'operation: getJob'],
      /results\.0: getJob is named by report already/,
    ],
    [
      'an unknown path parameter',
      ['cancelJob,', 'cancelJob, job: jobid,'],
      /cancel: cancelJob has no path parameter "jobid" \(did you mean jobId\?\)/,
    ],
    [
      'an operation without a job',
      ['operation: getOutput', 'operation: listJobs'],
      /results\.0: listJobs is named by list already/,
    ],
    [
      'an unknown query parameter',
      ['query.limit', 'query.limits'],
      /list\.paging\.limit: listJobs has no query parameter "limits" \(did you mean limit\?\)/,
    ],
    [
      'a filter that nobody can send',
      ['{ status: state', '{ state: state'],
      /list\.filter\.state: listJobs has no query parameter "state"/,
    ],
    [
      'a filter by nothing',
      ['body.customer }', 'bodie.customer }'],
      /unknown place "bodie.customer" \(did you mean body\?\)/,
    ],
    [
      'an unknown state',
      ['while: cancelling', 'while: canceling'],
      /there is no state "canceling" \(did you mean cancelling\?\)/,
    ],
    [
      'a state of another outcome',
      ['while: cancelling', 'state: failed'],
      /the outcome of failed is not cancelled \(name one of: cancelled\)/,
    ],
    [
      'no state to come to',
      ['cancelled: { outcome: cancelled', 'cancelled: { outcome: failed'],
      /cancel: no state has the outcome cancelled/,
    ],
    [
      '`while` that is never shown',
      ['after: 5s, ', ''],
      /`while` is never shown: the job is cancelled at once/,
    ],
    [
      'an unknown place',
      ['{hasMore}', '{hasMoar}'],
      /unknown place \{hasMoar\} \(did you mean hasMore\?\)/,
    ],
    [
      'an unknown key',
      ['expires: { after', 'expires: { afters: 1h, after'],
      /unknown key "afters" \(did you mean after\?\)/,
    ],
    [
      'a state of results',
      ['when: [succeeded]', 'when: [succeded]'],
      /there is no state "succeded" \(did you mean succeeded\?\)/,
    ],
    [
      'two ways to cut',
      ['after: after', 'after: after, page: page'],
      /page and after cannot both say where a page begins/,
    ],
    ['a wrong length', ['after: 1h', 'after: soon'], /"after: soon" is not a duration/],
    ['another status', ['then: 410', 'then: 403'], /"then" must be 404 or 410/],
  ];
  it.each(cases)('says so at its start: %s', async (_, [from, to], says) => {
    const { binding } = await makeBinding([from, to]);
    const starting = startSandbox({ ...MEDIA, binding } as SandboxOptions);
    await expect(starting).rejects.toThrow(says);
    await expect(starting).rejects.toThrow(/binding\.yaml:[1-9]\d*:[1-9]/);
  });
});
