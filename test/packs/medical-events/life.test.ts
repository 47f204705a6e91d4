import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64 } from '../../support/client.js';
import { makeDstuPhysician, sealWithDstu } from '../../support/dstu.js';
import { ENCOUNTER, jobOf, makeEventsClient, PATIENT } from '../../support/medical-events.js';
import { LONG_ENOUGH, openSandbox } from '../../support/sandbox.js';

const STRANGER = '11111111-1111-4111-8111-111111111111';

async function open() {
  const { sandbox } = await openSandbox({ pack: 'medical-events' });
  const client = makeEventsClient(sandbox);
  /** Schedules a job, and what its last answer says. */
  const run = async (
    operation: string,
    body?: unknown,
    patient = PATIENT,
    // biome-ignore lint/suspicious/noExplicitAny: jobs of many shapes
  ): Promise<any> => {
    const scheduled = await client.schedule(operation, { body, patient });
    expect(scheduled.status).toBe(202);
    sandbox.clock.advance(LONG_ENOUGH);
    return (await client.poll(jobOf(scheduled))).json.data;
  };
  const read = (path: string) => client.api('GET', `/patients/${path}`);
  /** The contract's example of a package, with another encounter in it. */
  const packageWith = async (change: object, visit?: object) => {
    const example = await client.example('submitEncounterPackage');
    const content = JSON.parse(Buffer.from(example.signed_data, 'base64').toString());
    const encounter = { ...content.encounter, ...change };
    // Conditions belong to the encounter of the example.
    const rest = 'id' in change ? {} : content;
    return {
      ...(visit === undefined ? { visit: example.visit } : visit),
      signed_data: base64({ ...rest, encounter }),
    };
  };
  return { sandbox, client, run, read, packageWith };
}

describe('the package of an encounter', () => {
  it('may be signed with DSTU 4145, which is verified, and refused where it is no good', async () => {
    const { sandbox, client } = await open();
    const example = await client.example('submitEncounterPackage');
    const good = sealWithDstu(Buffer.from(example.signed_data, 'base64'), [makeDstuPhysician('A')]);
    const send = (signed: Buffer) => {
      const body = { ...example, signed_data: signed.toString('base64') };
      return client.schedule('submitEncounterPackage', { body });
    };
    const bad = Buffer.from(good);
    bad[good.indexOf('"encounter"') + 2] = 'E'.charCodeAt(0);
    expect(await send(bad)).toMatchObject({
      status: 422,
      json: { error: { message: expect.stringContaining('the content is not what was signed') } },
    });
    expect((await send(good)).status).toBe(202);
    expect(sandbox.journal({ operation: 'submitEncounterPackage' }).at(-1)?.note).toMatch(
      /; signed by A, DSTU 4145 with GOST 34\.311: verified$/,
    );
  });

  it('is read where the link of the processed job leads to, and not before', async () => {
    const { sandbox, client, read } = await open();
    const scheduled = await client.schedule('submitEncounterPackage');
    expect(scheduled.json.data).toEqual({
      status: 'pending',
      eta: '2026-02-03T04:40:00.000Z',
      links: [{ entity: 'job', href: `/jobs/${jobOf(scheduled)}` }],
    });
    expect((await read(`${PATIENT}/encounters/${ENCOUNTER}`)).status).toBe(404);
    sandbox.clock.advance(LONG_ENOUGH);
    const { json } = await client.poll(jobOf(scheduled));
    const [link] = json.data.links;
    expect(link).toEqual({
      entity: 'encounter',
      href: `/api/patients/${PATIENT}/encounters/${ENCOUNTER}`,
    });
    const found = await client.api('GET', link.href.replace('/api', ''));
    expect(found.json.data).toMatchObject({
      id: ENCOUNTER,
      status: 'finished',
      inserted_at: '2026-02-02T12:00:02.300Z',
    });
  });

  it('is linked in the session that the address names', async () => {
    const { sandbox } = await openSandbox({ pack: 'medical-events' });
    const session = sandbox.session('worker-3');
    const client = makeEventsClient(session);
    const scheduled = await client.schedule('submitEncounterPackage');
    session.clock.advance(LONG_ENOUGH);
    const { href } = (await client.poll(jobOf(scheduled))).json.data.links[0];
    expect(href).toBe(`/~worker-3/api/patients/${PATIENT}/encounters/${ENCOUNTER}`);
  });

  it('belongs to its patient', async () => {
    const { run, read } = await open();
    await run('submitEncounterPackage');
    expect((await read(`${STRANGER}/encounters/${ENCOUNTER}`)).status).toBe(404);
    expect((await read(`${STRANGER}/encounters`)).json.data).toEqual([]);
    expect((await read(`${PATIENT}/encounters`)).json.paging.total_entries).toBe(1);
  });

  it('is listed page by page, the newest first', async () => {
    const { run, read, packageWith } = await open();
    await run('submitEncounterPackage');
    const second = 'aaaaaaaa-b71b-4caf-8f2e-ff247e8a5600';
    await run('submitEncounterPackage', await packageWith({ id: second }, {}));
    const { json } = await read(`${PATIENT}/encounters?page=1&page_size=1`);
    expect(json.data.map(({ id }: { id: string }) => id)).toEqual([second]);
    expect(json.paging).toEqual({
      page: 1,
      page_number: 1,
      page_size: 1,
      total_entries: 2,
      total_pages: 2,
    });
  });

  it.each([
    ['sent twice', {}, undefined, '$.encounter.id', true],
    ['of tomorrow', { date: '2026-02-03T12:00:00Z' }, undefined, '$.encounter.date', false],
    ['of an unknown visit', {}, {}, '$.encounter.visit.identifier.value', false],
    ['of no class', { class: undefined }, undefined, '$.encounter.class', false],
  ])('%s makes a job that fails with 422', async (_, change, visit, entry, twice) => {
    const { run, read, packageWith } = await open();
    if (twice) await run('submitEncounterPackage');
    const job = await run('submitEncounterPackage', await packageWith(change, visit));
    expect(job).toMatchObject({ status: 'failed', status_code: 422 });
    expect(job.error).toMatchObject({ type: 'validation_failed', invalid: [{ entry }] });
    if (!twice) expect((await read(`${PATIENT}/encounters/${ENCOUNTER}`)).status).toBe(404);
  });

  it('is refused at once when what was signed cannot be read', async () => {
    const { client, sandbox } = await open();
    const answer = await client.schedule('submitEncounterPackage', { body: { signed_data: '%' } });
    expect(answer.status).toBe(422);
    expect(answer.json.error.invalid[0].entry).toBe('$.signed_data');
    expect(sandbox.jobs()).toEqual([]);
  });

  it('without an encounter in it makes a job that fails', async () => {
    const { run } = await open();
    const job = await run('submitEncounterPackage', { signed_data: base64({ conditions: [] }) });
    expect(job.error.invalid[0].entry).toBe('$.encounter');
  });
});

describe('whatever was signed', () => {
  it('the service answers, and its jobs come to an end', async () => {
    const { sandbox, client } = await open();
    const json = fc.jsonValue({ maxDepth: 3 });
    const encounter = fc.record({ id: json, date: json, visit: json }, { requiredKeys: [] });
    const content = fc.oneof(json, fc.record({ encounter: fc.oneof(json, encounter) }));
    const operations = [
      'submitEncounterPackage',
      'cancelEncounterPackage',
      'createServiceRequest',
    ] as const;
    const cases = fc.asyncProperty(
      fc.constantFrom(...operations),
      content,
      async (operation, signed) => {
        const body = { signed_data: base64(signed) };
        const scheduled = await client.schedule(operation, { body });
        if (scheduled.status === 422) return;
        expect(scheduled.status).toBe(202);
        sandbox.clock.advance(LONG_ENOUGH);
        const job = await client.poll(jobOf(scheduled));
        expect(job.status).toBe(200);
        expect(job.json.data.status).toBe('failed');
      },
    );
    await fc.assert(cases, { numRuns: 300 });
  });

  it('a visit takes the id of nothing else', async () => {
    const { run, client, read } = await open();
    await run('submitEncounterPackage');
    const example = await client.example('submitEncounterPackage');
    const other = 'aaaaaaaa-b71b-4caf-8f2e-ff247e8a5600';
    const content = JSON.parse(Buffer.from(example.signed_data, 'base64').toString());
    content.encounter.id = other;
    content.encounter.visit.identifier.value = ENCOUNTER;
    const visit = { ...example.visit, id: ENCOUNTER };
    const job = await run('submitEncounterPackage', { visit, signed_data: base64(content) });
    expect(job.status).toBe('failed');
    expect((await read(`${PATIENT}/encounters/${ENCOUNTER}`)).status).toBe(200);
  });
});

describe('a cancelled package', () => {
  it('is entered in error, once', async () => {
    const { run, read } = await open();
    await run('submitEncounterPackage');
    expect((await run('cancelEncounterPackage')).status).toBe('processed');
    const { data } = (await read(`${PATIENT}/encounters/${ENCOUNTER}`)).json;
    expect(data).toMatchObject({
      status: 'entered_in_error',
      explanatory_letter: 'Another patient was meant',
    });
    const again = await run('cancelEncounterPackage');
    expect(again).toMatchObject({ status: 'failed', status_code: 409 });
  });

  it('must be there, and of this patient', async () => {
    const { run } = await open();
    expect(await run('cancelEncounterPackage')).toMatchObject({ status_code: 404 });
    await run('submitEncounterPackage');
    expect(await run('cancelEncounterPackage', undefined, STRANGER)).toMatchObject({
      status_code: 404,
    });
  });

  it('needs a reason', async () => {
    const { run } = await open();
    await run('submitEncounterPackage');
    const wish = { encounter: { id: ENCOUNTER, status: 'entered_in_error' } };
    const job = await run('cancelEncounterPackage', { signed_data: base64(wish) });
    expect(job.error.invalid[0].entry).toBe('$.encounter.cancellation_reason');
  });
});

describe('approvals and service requests', () => {
  it('are read where the link of their job leads to, or its payload says', async () => {
    const { run, client, sandbox } = await open();
    for (const operation of ['createApproval', 'createServiceRequest']) {
      const { links, response_data } = await run(operation);
      const path = links?.[0].href.split('/api').at(-1);
      const own = `/patients/${PATIENT}/approvals/${response_data?.id}`;
      const { status, json } = await client.api('GET', path ?? own);
      expect(`${operation} ${status}`).toBe(`${operation} 200`);
      expect(path ?? own).toContain(json.data.id);
    }
    expect(sandbox.resources().map(({ kind }) => kind)).toEqual(['approval', 'service_request']);
  });

  it('are refused when the body says too much, or too little', async () => {
    const { client } = await open();
    const example = await client.example('createApproval');
    const both = { ...example, service_request: example.resources[0] };
    expect((await client.schedule('createApproval', { body: both })).status).toBe(422);
    expect((await client.schedule('createApproval', { body: {} })).status).toBe(422);
  });
});

describe('what is put in by hand', () => {
  it.each([
    ['encounter', 'encounters'],
    ['approval', 'approvals'],
    ['service_request', 'service_requests'],
  ])('can be read: %s', async (kind, path) => {
    const { sandbox, read } = await open();
    const { id } = sandbox.seed({ kind, patient_id: PATIENT });
    expect((await read(`${PATIENT}/${path}/${id}`)).status).toBe(200);
  });

  it.each([
    [{ kind: 'encountr', patient_id: PATIENT }, 'did you mean encounter?'],
    [{ kind: 'encounter' }, 'patient_id is no UUID; give at least {"kind": "encounter"'],
    [{ patient_id: PATIENT, id: '7' }, 'id is no UUID'],
    [{ patient_id: PATIENT, status: 7 }, 'the contract does not allow $.status'],
  ])('is refused with what to do: %j', async (document, says) => {
    const { sandbox } = await open();
    expect(() => sandbox.seed(document)).toThrow(says);
  });
});
