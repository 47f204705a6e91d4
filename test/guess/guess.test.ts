import { describe, expect, it, onTestFinished } from 'vitest';
import { loadContract } from '../../src/contract/contract.js';
import { loadBinding } from '../../src/formats/binding/load.js';
import { parseBinding, parseBindings } from '../../src/formats/binding/parse.js';
import { guessJobs } from '../../src/guess/guess.js';
import { guessBinding } from '../../src/guess/guess-binding.js';
import { sortWords } from '../../src/guess/words.js';
import { startSandbox } from '../../src/index.js';

async function guessOf(file: string) {
  const contract = await loadContract(file);
  const { text, guessed, kinds } = guessBinding(contract, 'openapi.yaml');
  const [first = { questions: [] }] = guessed.values();
  return { contract, text, kinds, guessed: first, binding: parseBinding('guess.yaml', text) };
}

const ours = (name: string) => `test/guess/documents/${name}`;

describe('the guess of a binding', () => {
  it.each([
    ['bulk-export.yaml', ['get /Patient/$export'], 'get /export-jobs/{jobId}', 'jobId'],
    ['operation-location.yaml', ['analyze'], 'getResult', 'resultId'],
    ['done-flag.yaml', ['createInstance'], 'getOperation', 'operation'],
    ['actions.yaml', ['post machine/action'], 'getAction', 'action_id'],
    ['forms.yaml', ['CreateCall'], 'FetchCall', 'Sid'],
    ['linked.json', ['render'], 'getRendering', 'ref'],
  ])('finds what schedules and what reports: %s', async (file, schedules, report, job) => {
    const { binding, guessed } = await guessOf(ours(file));
    expect([...binding.schedules.keys()]).toEqual(schedules);
    expect(binding.report).toMatchObject({ operation: report, job: { in: 'path', name: job } });
    expect(binding.problems).toEqual([]);
    expect(guessed.questions.filter((question) => question.includes('breaks'))).toEqual([]);
    const outcomes = new Set([...binding.states.values()].map(({ outcome }) => outcome));
    expect(outcomes).toEqual(new Set(['open', 'done', 'failed']));
  });

  it.each([
    ['by-query.yaml', 'submitRender', 'renderStatus', { in: 'query', name: 'task_id' }],
    ['by-body.yaml', 'createTask', 'getTaskResult', { in: 'body', name: 'taskId' }],
  ])('finds a job that its polls name outside of their path, and plays it: %s', async (file, schedules, report, job) => {
    const { binding, guessed } = await guessOf(ours(file));
    expect([...binding.schedules.keys()]).toEqual([schedules]);
    expect(binding.report).toMatchObject({ operation: report, job });
    expect([binding.problems, guessed.questions]).toEqual([[], []]);
    const sandbox = await startSandbox({ spec: ours(file), clock: { mode: 'manual' } });
    onTestFinished(() => sandbox.close());
    type Told = { data?: { task_id?: string; status?: string }; taskId?: string; status?: string };
    const ask = async (path: string, body?: object) => {
      const method = body ? 'POST' : 'GET';
      const headers = { 'Content-Type': 'application/json' };
      const sent = body ? { method, headers, body: JSON.stringify(body) } : { method };
      const answer = await fetch(sandbox.url + path, sent);
      return (await answer.json()) as Told;
    };
    const told =
      job.in === 'query'
        ? await ask('/v2/render/submit', {})
        : await ask('/createTask', { image: '' });
    const id = told.data?.task_id ?? told.taskId;
    expect(id).toMatch(job.in === 'query' ? /^tsk-[A-Z]{2}\d{8,12}$/ : /^rec_[a-z0-9]{24}$/);
    const poll = async () =>
      job.in === 'query'
        ? (await ask(`/v2/render/status?task_id=${id}`)).data
        : ask('/getTaskResult', { taskId: id });
    const before = (await poll())?.status;
    sandbox.clock.advance('1h');
    expect([before, (await poll())?.status]).toEqual(
      job.in === 'query' ? ['queued', 'finished'] : ['processing', 'ready'],
    );
    expect(sandbox.verdict().jobs.map(({ polls }) => polls.length)).toEqual([2]);
  });

  it('knows by fields and headers when to come back, in which unit, and says why', async () => {
    const byField = await guessOf(ours('by-query.yaml'));
    expect(byField.binding.pollHint).toMatchObject({ word: 'poll_after_ms', unit: 'ms' });
    expect(byField.text).toContain(
      '# `data.poll_after_ms` of its answer says when to ask again\n# Question: has a client to wait that long?',
    );
    expect(byField.text).toContain('poll_after_ms: "{retryAfter.ms}"');
    const byHeader = await guessOf(ours('by-body.yaml'));
    expect(byHeader.binding.pollHint).toMatchObject({
      at: { header: 'x-poll-interval' },
      unit: 'ms',
    });
    expect(byHeader.text).toContain('X-Poll-Interval: "{retryAfter.ms}"');
    expect((await guessOf(ours('forms.yaml'))).binding.pollHint).toBeUndefined();
  });

  it.each([
    'assemblyai',
    'openai',
    'replicate',
    'signer',
    'fal',
  ])('agrees with the binding that a person wrote: %s', async (api) => {
    const folder = `test/conformance/apis/${api}`;
    const { binding } = await guessOf(`${folder}/openapi.yaml`);
    const written = await loadBinding(`${folder}/binding.yaml`);
    expect([...binding.schedules.keys()]).toEqual([...written.schedules.keys()]);
    const { operation, job } = binding.report;
    expect({ operation, job }).toEqual({
      operation: written.report.operation,
      job: written.report.job,
    });
    for (const [name, { outcome }] of written.states)
      expect([name, binding.states.get(name)?.outcome]).toEqual([name, outcome]);
  });

  it('sees by its headers how a request is repeated, and that it may wait', async () => {
    const contract = await loadContract('test/conformance/apis/replicate/openapi.yaml');
    const { operation } = guessJobs(contract).kinds[0]?.schedules[0] ?? {};
    if (!operation) throw new Error('no job was found');
    const header = { in: 'header' as const, required: false, example: undefined };
    operation.parameters.push(
      { ...header, name: 'Idempotency-Key', schema: { type: 'string' } },
      { ...header, name: 'Prefer', schema: { pattern: '^wait(=([1-9]|[1-9][0-9]|60))?$' } },
    );
    const { text } = guessBinding(contract, 'openapi.yaml');
    const binding = parseBinding('guess.yaml', text);
    expect(binding.idempotency).toEqual({ header: 'idempotency-key' });
    expect(binding.report.wait?.by).toEqual({ header: 'prefer' });
    expect(binding.problems).toEqual([]);
  });

  it('sees no job where clients or people say what the status is', async () => {
    const { binding, text } = await guessOf(ours('no-jobs.yaml'));
    expect(binding.schedules.size).toBe(0);
    expect(text).toContain('# Question: is there a job after all?');
  });

  it('names ids as the contract wants them', async () => {
    const idsOf = async (file: string) => (await guessOf(ours(file))).binding.report.ids;
    expect(await idsOf('actions.yaml')).toMatchObject({ number: true });
    expect(await idsOf('forms.yaml')).toMatchObject({ prefix: 'CA', length: 32 });
    expect(await idsOf('operation-location.yaml')).toBe('uuid');
    expect(await idsOf('linked.json')).toMatchObject({ length: 21 });
  });

  it('takes the servers’ paths for what may stand in front', async () => {
    expect((await guessOf(ours('done-flag.yaml'))).binding.prefixes).toEqual(['', '/v1']);
    expect((await guessOf(ours('forms.yaml'))).binding.prefixes).toEqual(['']);
  });

  it('gives each guess its reason and place', async () => {
    const { contract } = await guessOf(ours('operation-location.yaml'));
    const [jobs] = guessJobs(contract).kinds;
    const [schedule] = jobs?.schedules ?? [];
    const reasons = schedule?.clues.map(({ reason, at }) => [reason, at.slice(0, 5).join(' ')]);
    expect(reasons).toContainEqual([
      'its 202 declares Operation-Location',
      'paths /models/{modelId}:analyze post responses 202',
    ]);
    expect(jobs?.report.clues[0]?.reason).toBe(
      'its answer has `status`, one of notStarted, …, succeeded, failed',
    );
  });

  it('asks what it cannot know', async () => {
    const { text, guessed } = await guessOf(ours('linked.json'));
    expect(text).toContain('Question: is JOB_STATE_BROKEN open, done or failed?');
    const flag = await guessOf(ours('done-flag.yaml'));
    expect(flag.guessed.questions).toEqual([
      expect.stringContaining('in which state is a job that cancelOperation has cancelled?'),
    ]);
    expect(guessed.questions).toHaveLength(1);
  });

  it('plays every kind of jobs, each by operations of its own', async () => {
    const { text, kinds } = await guessOf(ours('kinds.yaml'));
    const bindings = parseBindings('guess.yaml', text);
    expect(bindings.map(({ kind }) => kind)).toEqual(kinds.map(({ name }) => name));
    const played = bindings.map(({ kind, schedules, report }) => [
      kind,
      [...schedules.keys()],
      report.operation,
    ]);
    expect(played).toEqual([
      ['batches', ['createBatch'], 'getBatch'],
      ['fine-tuning-jobs', ['createTuning'], 'getTuning'],
    ]);
    expect(bindings.flatMap(({ problems }) => problems)).toEqual([]);
    expect(text.match(/^errors:/gm)).toHaveLength(1);
  });

  it('plays the kind alone that an operation belongs to', async () => {
    const contract = await loadContract(ours('kinds.yaml'));
    const { text, kinds } = guessBinding(contract, 'x', { operation: 'getTuning' });
    expect(kinds.map(({ name, jobs }) => [name, jobs.report.operation.id])).toEqual([
      [undefined, 'getTuning'],
    ]);
    expect(text).toContain('createBatch and getBatch look like jobs as well');
    expect(guessBinding(contract, 'x', { operation: 'listThings' }).kinds).toEqual([]);
  });

  it('names ids after what examples have', async () => {
    const { text } = await guessOf(ours('kinds.yaml'));
    const [batches, tuning] = parseBindings('guess.yaml', text);
    expect(batches.report.ids).toMatchObject({ prefix: 'batch_', length: 24 });
    expect(tuning?.report.ids).toBe('uuid');
    expect(text).toContain('# ids like its example batch_abc123');
  });

  it('fills moments and progress with those of the job, in the form that the contract has them in', async () => {
    const { text } = await guessOf(ours('kinds.yaml'));
    const [batches] = parseBindings('guess.yaml', text);
    const told = (state: string) => {
      const [shape] = batches.states.get(state)?.shapes.values() ?? [];
      return shape?.data?.source;
    };
    expect(told('in_progress')).toMatchObject({
      created_at: '{createdAt.epoch}',
      progress: '{progress}',
      completed_at: null,
    });
    expect(told('completed')).toMatchObject({ completed_at: '{doneAt}', progress: 100 });
    expect(text).toContain('<<: *batches');
  });

  it('says what cancels, deletes and lists jobs, and what reads their results', async () => {
    const { text } = await guessOf(ours('kinds.yaml'));
    const [batches, tuning] = parseBindings('guess.yaml', text);
    expect(batches.cancel).toMatchObject({ operation: 'cancelBatch', after: 0 });
    expect(batches.states.get('cancelled')?.outcome).toBe('cancelled');
    expect(batches.list).toMatchObject({ operation: 'listBatches' });
    expect(batches.list?.filter).toEqual(new Map([['status', 'state']]));
    expect(batches.list?.paging).toMatchObject({ limit: 'limit', after: 'after', page: undefined });
    expect(batches.list?.data?.source).toEqual({ data: '{items}', has_more: '{hasMore}' });
    expect(batches.results.map(({ operation, before }) => [operation, before.http])).toEqual([
      ['getOutput', 409],
    ]);
    expect(tuning?.delete).toMatchObject({ operation: 'deleteTuning' });
    expect(text).toContain('# `data` of its answer is a list of what getBatch tells');
  });

  it('writes the same text at every start', async () => {
    const [first, second] = [
      await guessOf(ours('actions.yaml')),
      await guessOf(ours('actions.yaml')),
    ];
    expect(first.text).toBe(second.text);
  });
});

describe('words of a status', () => {
  it.each([
    [['queued', 'processing', 'completed', 'error'], 'queued processing | completed | error | '],
    [
      ['notStarted', 'running', 'succeeded', 'failed'],
      'notStarted running | succeeded | failed | ',
    ],
    [['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED'], 'IN_QUEUE IN_PROGRESS | COMPLETED |  | '],
    [
      ['JOB_STATE_PENDING', 'JOB_STATE_DONE', 'JOB_STATE_X'],
      'JOB_STATE_PENDING | JOB_STATE_DONE |  | JOB_STATE_X',
    ],
    [['creating', 'available', 'error'], 'creating | available | error | '],
    [['pending', 'complete', 'available'], 'pending | complete |  | available'],
    [
      ['validating_files', 'cancelling', 'cancelled', 'timed-out', 'partially_completed'],
      'validating_files cancelling | partially_completed | timed-out |  | cancelled',
    ],
  ])('%j', (words, said) => {
    const { open, done, failed, unsure, cancelled } = sortWords(words);
    const lists = [open, done, failed, unsure, ...(cancelled.length > 0 ? [cancelled] : [])];
    expect(lists.map((list) => list.join(' ')).join(' | ')).toBe(said);
  });
});
