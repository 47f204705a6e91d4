import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type SandboxOptions, startSandbox, UsageError } from '../../src/index.js';
import { base64 } from '../support/client.js';
import { cancellation, disability, disabilityOf, ENCOUNTER } from '../support/conclusions.js';
import { openSandbox } from '../support/sandbox.js';

type Opened = Awaited<ReturnType<typeof openSandbox>>;

/** A subject by which a scenario of the catalogue is chosen: held-until-released. */
const MAGIC = '00000000-0000-4000-8000-000000000005';

interface Way {
  by: string;
  /** What this way chooses. */
  scenario: string;
  options?: SandboxOptions;
  arrange?: (opened: Opened) => void;
  body?: unknown;
  headers?: Record<string, string>;
}

/** In the order in which they count. */
const WAYS: Way[] = [
  { by: 'header', scenario: 'slow', headers: { 'X-Sandbox-Scenario': 'slow' } },
  {
    by: 'queue',
    scenario: 'failed-1172',
    arrange: ({ sandbox }) => sandbox.next('failed-1172'),
  },
  { by: 'when', scenario: 'held-until-released', body: disabilityOf(MAGIC) },
  {
    by: 'session',
    scenario: 'eta-moves',
    arrange: ({ sandbox }) => {
      sandbox.set({ scenario: 'eta-moves' });
    },
  },
  { by: 'server', scenario: 'immediate-done', options: { scenario: 'immediate-done' } },
];

const PAIRS = WAYS.flatMap((first, i) => WAYS.slice(i + 1).map((second) => ({ first, second })));

/** Opens a sandbox in which all of these ways choose at once, and sends the request. */
async function create(ways: readonly Way[]) {
  const opened = await openSandbox(Object.assign({}, ...ways.map((way) => way.options)));
  for (const way of ways) way.arrange?.(opened);
  const body = ways.find((way) => way.body)?.body ?? disability();
  const headers = Object.assign({}, ...ways.map((way) => way.headers));
  const answer = await opened.client.create(body, headers);
  return { ...opened, answer };
}

/** The scenario of a new job. */
async function played({ client, sandbox }: Opened, body: unknown = disability()) {
  const { json } = await client.create(body);
  return sandbox.job(json.data.id).scenario;
}

describe('the scenario of a job', () => {
  it.each(WAYS)('is chosen by $by', async ({ by, scenario, ...way }) => {
    const { sandbox, answer } = await create([{ by, scenario, ...way }]);
    expect(answer.status).toBe(200);
    expect(sandbox.job(answer.json.data.id).scenario).toBe(scenario);
  });

  it.each(PAIRS)('is chosen by $first.by rather than by $second.by', async ({ first, second }) => {
    const { sandbox, answer } = await create([second, first]);
    expect(sandbox.job(answer.json.data.id).scenario).toBe(first.scenario);
  });

  it('is chosen by the header when all five ways choose', async () => {
    const { sandbox, answer } = await create(WAYS);
    expect(sandbox.job(answer.json.data.id).scenario).toBe('slow');
  });

  it('is the one of the binding when nobody chooses', async () => {
    expect(await played(await openSandbox())).toBe('done-after-eta');
  });

  it.each(WAYS)('is told in the answer and in the journal: by $by', async (way) => {
    const { sandbox, answer } = await create([way]);
    expect(answer.headers.get('x-sandbox-scenario')).toBe(way.scenario);
    expect(sandbox.journal()).toMatchObject([
      { scenario: way.scenario, note: `scenario chosen by ${way.by}` },
    ]);
  });

  it('stays the same for a job under way, whatever is chosen afterwards', async () => {
    const opened = await openSandbox();
    const { json } = await opened.client.create(disability());
    opened.sandbox.set({ scenario: 'failed-1172' });
    opened.sandbox.next('slow');
    opened.sandbox.clock.advance('3s');
    expect((await opened.client.poll(json.data.id)).json.data.status).toBe('DONE');
    expect(opened.sandbox.job(json.data.id).scenario).toBe('done-after-eta');
  });

  it('can be a refusal, and then there is no job', async () => {
    const { client, sandbox } = await openSandbox();
    sandbox.next('overloaded-on-submit');
    const answer = await client.create(disability());
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(sandbox.jobs()).toEqual([]);
    expect(sandbox.journal()).toMatchObject([{ status: 503, scenario: 'overloaded-on-submit' }]);
  });
});

describe('the header X-Sandbox-Scenario', () => {
  it.each([
    ['failed-1172x', 'did you mean failed-1172?'],
    ['Done-After-Etta', 'did you mean done-after-eta?'],
    ['something-else-entirely', 'known: '],
    ['', 'known: '],
  ])('is refused with 400 when it names "%s", with what it could be', async (name, hint) => {
    const { client, sandbox } = await openSandbox();
    const answer = await client.create(disability(), { 'X-Sandbox-Scenario': name });
    expect(answer.status).toBe(400);
    expect(answer.json.meta.code).toBe(400);
    expect(answer.json.error.message).toContain(`unknown scenario "${name}"; ${hint}`);
    expect(answer.json.error.invalid).toMatchObject([
      { entry: 'X-Sandbox-Scenario', entry_type: 'header', rules: [{ rule: 'scenario' }] },
    ]);
    expect(sandbox.jobs()).toEqual([]);
  });

  it('is refused with 400 for an operation that the scenario is not for', async () => {
    const { client, sandbox } = await openSandbox();
    const answer = await client.create(disability(), { 'X-Sandbox-Scenario': 'failed-1000' });
    expect(answer.status).toBe(400);
    expect(answer.json.error.message).toBe(
      'scenario "failed-1000" is not for createComposition, only for signComposition, cancelComposition',
    );
    expect(sandbox.jobs()).toEqual([]);
  });

  it('uses up nothing of the queue', async () => {
    const opened = await openSandbox();
    opened.sandbox.next('failed-1172');
    await opened.client.create(disability(), { 'X-Sandbox-Scenario': 'slow' });
    await opened.client.create(disability(), { 'X-Sandbox-Scenario': 'sloww' });
    expect(await played(opened)).toBe('failed-1172');
  });

  it('changes nothing for a poll', async () => {
    const { client } = await openSandbox();
    const { json } = await client.create(disability());
    const path = `/patients/composition/job/${json.data.id}`;
    const polled = await client.api('GET', path, undefined, { 'X-Sandbox-Scenario': 'no-such' });
    expect(polled.json.data.status).toBe('PENDING');
  });
});

describe('the queue of a session', () => {
  it('gives its entries to the next jobs, in order, and then it is empty', async () => {
    const opened = await openSandbox();
    opened.sandbox.next('slow');
    opened.sandbox.next('failed-1172', { times: 2 });
    opened.sandbox.next('immediate-done');
    const names = [];
    for (let i = 0; i < 5; i += 1) names.push(await played(opened));
    expect(names).toEqual([
      'slow',
      'failed-1172',
      'failed-1172',
      'immediate-done',
      'done-after-eta',
    ]);
  });

  it('keeps an entry for its operation, and lets others pass', async () => {
    const opened = await openSandbox({ scenario: 'immediate-done' });
    const { client, sandbox } = opened;
    sandbox.next('slow', { operation: 'signComposition' });
    sandbox.next('failed-1172');
    expect(await played(opened)).toBe('failed-1172');
    expect(await played(opened)).toBe('immediate-done');
    const [composition] = sandbox.resources();
    const id = String(composition?.id);
    const { json } = await client.sign(id, base64(composition?.document));
    expect(sandbox.job(json.data.id).scenario).toBe('slow');
  });

  it('keeps an entry for the first operation that its scenario is for', async () => {
    const opened = await openSandbox({ scenario: 'immediate-done' });
    const { client, sandbox } = opened;
    sandbox.next('failed-1003');
    expect(await played(opened)).toBe('immediate-done');
    const id = String(sandbox.resources()[0]?.id);
    const { json } = await client.cancel(id, base64(cancellation(id)));
    expect(sandbox.job(json.data.id).scenario).toBe('failed-1003');
  });

  it('is not used up by a request that breaks the contract', async () => {
    const opened = await openSandbox();
    opened.sandbox.next('failed-1172');
    expect((await opened.client.create({})).status).toBe(422);
    expect(await played(opened)).toBe('failed-1172');
  });

  it('refuses an unknown scenario or operation, and a scenario that is not for the operation', async () => {
    const { sandbox } = await openSandbox();
    expect(() => sandbox.next('sloow')).toThrow('unknown scenario "sloow"; did you mean slow?');
    expect(() => sandbox.next('slow', { operation: 'createCompositon' })).toThrow(
      'operation "createCompositon" schedules no job; did you mean createComposition?',
    );
    expect(() => sandbox.next('slow', { operation: 'getAsyncJobStatus' })).toThrow(
      'schedules no job',
    );
    expect(() => sandbox.next('failed-1172', { operation: 'signComposition' })).toThrow(
      'scenario "failed-1172" is not for signComposition, only for createComposition',
    );
    expect(sandbox.set({}).queue).toEqual([]);
  });
});

describe("a scenario's own `when`", () => {
  it('finds a magic identifier in the body, in any case of letters', async () => {
    const opened = await openSandbox({ scenarios: await folder(LETTERS) });
    expect(await played(opened, disabilityOf('ABCDEF00-0000-4000-8000-00000000000A'))).toBe(
      'by-letters',
    );
    expect(await played(opened, disabilityOf('abcdef00-0000-4000-8000-00000000000a'))).toBe(
      'by-letters',
    );
    expect(await played(opened, disabilityOf('abcdef00-0000-4000-8000-00000000000b'))).toBe(
      'done-after-eta',
    );
  });

  it('finds it in the resource that the request wants to change', async () => {
    const { client, sandbox } = await openSandbox();
    const [special, plain] = ['00000000-0000-4000-8000-000000001003', ENCOUNTER].map((subject) =>
      sandbox.seed({
        type: { coding: [{ system: 'COMPOSITION_TYPES', code: 'TEMP_DISABILITY' }] },
        subject: { value: subject },
        encounter: { value: ENCOUNTER },
        status: 'FINAL',
      }),
    );
    const names = [];
    for (const { id } of [special, plain] as { id: string }[]) {
      const { json } = await client.cancel(id, base64(cancellation(id)));
      names.push(sandbox.job(json.data.id).scenario);
    }
    expect(names).toEqual(['failed-1003', 'done-after-eta']);
  });

  it('is not looked at for an operation that the scenario is not for', async () => {
    const { client, sandbox } = await openSandbox();
    const { id, document } = sandbox.seed({
      type: { coding: [{ system: 'COMPOSITION_TYPES', code: 'TEMP_DISABILITY' }] },
      subject: { value: '00000000-0000-4000-8000-000000001003' },
      encounter: { value: ENCOUNTER },
    });
    const { json } = await client.sign(id, base64(document));
    expect(sandbox.job(json.data.id).scenario).toBe('done-after-eta');
  });

  it('wants all of its conditions, of headers as well', async () => {
    const opened = await openSandbox({ scenarios: await folder(BOTH) });
    const chosen = async (subject: string, ward: string) => {
      const { json } = await opened.client.create(disabilityOf(subject), { 'X-Ward': ward });
      return opened.sandbox.job(json.data.id).scenario;
    };
    const subject = 'abcdef00-0000-4000-8000-00000000000c';
    expect(await chosen(subject, '7')).toBe('by-both');
    expect(await chosen(subject, '8')).toBe('done-after-eta');
    expect(await chosen(ENCOUNTER, '7')).toBe('done-after-eta');
  });

  it('compares whatever a body holds, and never fails over it', async () => {
    const opened = await openSandbox({ scenarios: await folder(CONCEPT) });
    const type = {
      coding: [{ system: 'COMPOSITION_TYPES', code: 'TEMP_DISABILITY', display: {} }],
    };
    const body = disability({ type: { ...type, note: { toString: 1, valueOf: 1 } } });
    const answer = await opened.client.create(body);
    expect(answer.status).toBe(200);
    expect(opened.sandbox.job(answer.json.data.id).scenario).toBe('done-after-eta');
  });
});

describe("the session's scenario", () => {
  it('is of no use for an operation that it is not for: the server chooses', async () => {
    const opened = await openSandbox({ scenario: 'slow' });
    opened.sandbox.set({ scenario: 'failed-1000' });
    expect(await played(opened)).toBe('slow');
  });

  it('goes back to the choice of the server with null', async () => {
    const opened = await openSandbox();
    opened.sandbox.set({ scenario: 'failed-1172' });
    expect(await played(opened)).toBe('failed-1172');
    opened.sandbox.set({ scenario: null });
    expect(await played(opened)).toBe('done-after-eta');
  });

  it('is refused when there is none of that name, and what was chosen stays', async () => {
    const opened = await openSandbox();
    opened.sandbox.set({ scenario: 'slow' });
    expect(() => opened.sandbox.set({ scenario: 'failed-1137x' })).toThrow(
      'unknown scenario "failed-1137x"; did you mean failed-1137?',
    );
    expect(await played(opened)).toBe('slow');
  });
});

describe("the server's scenario", () => {
  it('is refused at the start when there is none of that name, with the nearest one', async () => {
    const starting = startSandbox({ scenario: 'done-after-eat' });
    await expect(starting).rejects.toThrow(
      'unknown scenario "done-after-eat"; did you mean done-after-eta?',
    );
    await expect(starting).rejects.toBeInstanceOf(UsageError);
  });

  it('gives way to a plain one for an operation that it is not for', async () => {
    const opened = await openSandbox({ scenario: 'failed-1000' });
    const { json } = await opened.client.create(disability());
    expect(opened.sandbox.job(json.data.id).scenario).toBe('built-in');
    opened.sandbox.clock.advance('3s');
    expect((await opened.client.poll(json.data.id)).json.data.status).toBe('DONE');
  });
});

const LIFE = 'life:\n  - state: PENDING\n    for: 1s\n  - state: DONE\n';
const LETTERS = `scenario: by-letters
title: Chosen by a patient with letters in the id
when: { body: { subject.value: abcdef00-0000-4000-8000-00000000000a } }
${LIFE}`;
const BOTH = `scenario: by-both
title: Chosen by a patient in one ward
when:
  body: { subject.value: abcdef00-0000-4000-8000-00000000000c }
  headers: { x-ward: 7 }
${LIFE}`;
const CONCEPT = `scenario: by-note
title: Chosen by a field that the contract does not describe
when: { body: { type.note: urgent } }
${LIFE}`;

/** A folder with one scenario, for the time of a test. */
async function folder(text: string): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'esoz-choice-'));
  onTestFinished(() => rm(path, { recursive: true }));
  await writeFile(join(path, 'own.yaml'), text);
  return path;
}
