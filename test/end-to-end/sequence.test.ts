import { describe, expect, it } from 'vitest';
import { base64 } from '../support/client.js';
import { cms } from '../support/cms.js';
import {
  birth,
  cancellation,
  disability,
  disabilityOf,
  ENCOUNTER,
  PATIENT,
  reference,
} from '../support/conclusions.js';
import { LONG_ENOUGH, NOON, openSandbox } from '../support/sandbox.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

type Opened = Awaited<ReturnType<typeof openSandbox>>;

/** Creates a conclusion and lets its job end; the id of the composition. */
async function made({ sandbox, client }: Opened, body: unknown = disability()): Promise<string> {
  const { json } = await client.create(body);
  sandbox.clock.advance(LONG_ENOUGH);
  const done = await client.poll(json.data.id);
  expect(done.json.data.status).toBe('DONE');
  return done.json.data.links[0].href.split('/').at(-1);
}

async function signed(opened: Opened, body: unknown = disability()): Promise<string> {
  const { sandbox, client } = opened;
  const id = await made(opened, body);
  const { json } = await client.read(PATIENT, ENCOUNTER, id);
  const job = await client.sign(id, base64(json.data));
  sandbox.clock.advance(LONG_ENOUGH);
  expect((await client.poll(job.json.data.id)).json.data.status).toBe('DONE');
  return id;
}

const statusOf = async ({ client }: Opened, id: string) =>
  (await client.read(PATIENT, ENCOUNTER, id)).json.data.status;

describe('the documented sequence', () => {
  it('schedules a job with an id and an eta, and makes no composition yet', async () => {
    const { sandbox, client } = await openSandbox();
    const answer = await client.create(disability());
    expect(answer.status).toBe(200);
    expect(answer.json.data).toEqual({
      id: expect.stringMatching(UUID),
      status: 'PENDING',
      eta: '2026-02-02T12:00:02.300Z',
    });
    expect(sandbox.resources()).toEqual([]);
    const found = await client.search(`subject=${PATIENT}`);
    expect(found.json.data).toEqual([]);
  });

  it('answers a poll before the end with PENDING and an eta, and no composition exists', async () => {
    const { sandbox, client } = await openSandbox();
    const { json } = await client.create(disability());
    sandbox.clock.advance('2s');
    const early = await client.poll(json.data.id);
    expect(early.status).toBe(200);
    expect(early.json.data).toEqual({
      id: json.data.id,
      status: 'PENDING',
      eta: '2026-02-02T12:00:02.300Z',
      links: [{ entity: 'eHealth/resources' }],
    });
    expect(sandbox.resources()).toEqual([]);
  });

  it('is DONE at its eta, and the link leads to the composition as it was created', async () => {
    const opened = await openSandbox();
    const body = disability();
    const id = await made(opened, body);
    const { status, json } = await opened.client.read(PATIENT, ENCOUNTER, id);
    expect(status).toBe(200);
    expect(json.data).toMatchObject({ ...body, status: 'PRELIMINARY' });
    expect(json.data.identifier.value).toBe(id);
    expect(json.data.title).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
    expect(json.data.date).toBe('2026-02-02T12:00:02.300Z');
    expect(json.meta).toMatchObject({ code: 200, type: 'object' });
  });

  it('reads the composition by the path that names the episode as well', async () => {
    const opened = await openSandbox();
    const id = await made(opened);
    const episode = '0a3e5b6c-7d8e-4f90-a1b2-c3d4e5f60718';
    const path = `/patients/${PATIENT}/composition/${id}/episode/${episode}/encounter/${ENCOUNTER}`;
    const { status, json } = await opened.client.api('GET', path);
    expect(status).toBe(200);
    expect(json.data.episodeOfCare.value).toBe(episode);
    const found = await opened.client.search(`subject=${PATIENT}&episodeOfCare=${episode}`);
    expect(found.json.data).toHaveLength(1);
  });

  it('signs with a CMS container: FINAL when that job is done, and not before', async () => {
    const opened = await openSandbox();
    const { sandbox, client } = opened;
    const id = await made(opened);
    const { json } = await client.read(PATIENT, ENCOUNTER, id);
    const answer = await client.sign(id, cms(json.data));
    expect(answer.status).toBe(200);
    expect(answer.json.data.status).toBe('PENDING');
    expect(await statusOf(opened, id)).toBe('PRELIMINARY');
    sandbox.clock.advance(LONG_ENOUGH);
    const done = await client.poll(answer.json.data.id);
    expect(done.json.data.links[0].href).toBe(`composition/${id}`);
    expect(await statusOf(opened, id)).toBe('FINAL');
  });

  it('signs with plain JSON in base64 as well', async () => {
    const opened = await openSandbox();
    expect(await statusOf(opened, await signed(opened))).toBe('FINAL');
  });

  it('changes the composition at the end of the job even if nobody polls', async () => {
    const opened = await openSandbox();
    const id = await made(opened);
    const { json } = await opened.client.read(PATIENT, ENCOUNTER, id);
    await opened.client.sign(id, base64(json.data));
    opened.sandbox.clock.advance(LONG_ENOUGH);
    expect(await statusOf(opened, id)).toBe('FINAL');
  });

  it('cancels: ENTERED_IN_ERROR when that job is done, and not before', async () => {
    const opened = await openSandbox();
    const { sandbox, client } = opened;
    const id = await signed(opened);
    const answer = await client.cancel(id, cms(cancellation(id)));
    expect(answer.status).toBe(200);
    expect(await statusOf(opened, id)).toBe('FINAL');
    sandbox.clock.advance(LONG_ENOUGH);
    expect((await client.poll(answer.json.data.id)).json.data.status).toBe('DONE');
    expect(await statusOf(opened, id)).toBe('ENTERED_IN_ERROR');
  });

  it('fails the cancellation of what is not FINAL with 1003, and changes nothing', async () => {
    const opened = await openSandbox();
    const { sandbox, client } = opened;
    const id = await made(opened);
    const { json } = await client.cancel(id, base64(cancellation(id)));
    sandbox.clock.advance(LONG_ENOUGH);
    const failed = await client.poll(json.data.id);
    expect(failed.json.data.status).toBe('FAILED');
    expect(failed.json.data.links[0].error).toMatch(/^1003: /);
    expect(await statusOf(opened, id)).toBe('PRELIMINARY');
  });

  it('changes nothing at all when a job is FAILED', async () => {
    const opened = await openSandbox();
    const { sandbox, client } = opened;
    const id = await signed(opened);
    const before = sandbox.resources();
    sandbox.next('failed-1003');
    const { json } = await client.cancel(id, base64(cancellation(id)));
    sandbox.next('failed-1172');
    await client.create(disability());
    for (let i = 0; i < 6; i += 1) {
      sandbox.clock.advance('3s');
      await client.poll(json.data.id);
    }
    expect(sandbox.job(json.data.id).state).toBe('FAILED');
    expect(sandbox.resources()).toEqual(before);
  });

  it.each([
    'replaces',
    'appends',
  ])('a signed successor that %s turns its predecessor AMENDED', async (code) => {
    const opened = await openSandbox();
    const first = await signed(opened);
    const successor = disability({ relatesTo: { code, targetIdentifier: first } });
    const second = await made(opened, successor);
    expect(await statusOf(opened, first)).toBe('FINAL');
    const { json } = await opened.client.read(PATIENT, ENCOUNTER, second);
    await opened.client.sign(second, base64(json.data));
    opened.sandbox.clock.advance(LONG_ENOUGH);
    expect(await statusOf(opened, second)).toBe('FINAL');
    expect(await statusOf(opened, first)).toBe('AMENDED');
  });

  it('turns a refined conclusion of a preperson AMENDED when the one of the person is signed', async () => {
    const opened = await openSandbox();
    const { sandbox, client } = opened;
    const unknown = '5c2f1f5e-3f0b-4d5e-9a55-0f3f8c1f7b21';
    const first = await made(opened, disability({ subject: reference('preperson', unknown) }));
    const before = await client.read(unknown, ENCOUNTER, first);
    await client.sign(first, base64(before.json.data));
    sandbox.clock.advance(LONG_ENOUGH);
    await signed(
      opened,
      disability({ relatesTo: [{ code: 'REPLACES', targetIdentifier: { value: first } }] }),
    );
    expect((await client.read(unknown, ENCOUNTER, first)).json.data.status).toBe('AMENDED');
  });

  it('turns a replaced conclusion back to FINAL when its replacement is cancelled', async () => {
    const opened = await openSandbox();
    const first = await signed(opened);
    const second = await signed(
      opened,
      disability({ relatesTo: { code: 'replaces', targetIdentifier: first } }),
    );
    expect(await statusOf(opened, first)).toBe('AMENDED');
    await opened.client.cancel(second, base64(cancellation(second)));
    opened.sandbox.clock.advance(LONG_ENOUGH);
    expect(await statusOf(opened, second)).toBe('ENTERED_IN_ERROR');
    expect(await statusOf(opened, first)).toBe('FINAL');
  });
});

describe('what can be read', () => {
  it('searches by subject, encounter, type and status, page by page', async () => {
    const opened = await openSandbox();
    const { client } = opened;
    const ids = [await made(opened), await made(opened), await signed(opened)];
    await made(opened, birth());
    await made(opened, disabilityOf('e5b2c1aa-39a1-4f6e-8a0a-0d6f1f6a9f01'));
    const all = await client.search(`subject=${PATIENT}`);
    expect(all.json.data).toHaveLength(4);
    expect(all.json.paging).toEqual({
      page_number: 1,
      page_size: 50,
      total_entries: 4,
      total_pages: 1,
    });
    const sick = await client.search(
      `subject=${PATIENT}&type=TEMP_DISABILITY&encounter=${ENCOUNTER}`,
    );
    expect(
      sick.json.data.map((c: { identifier: { value: string } }) => c.identifier.value),
    ).toEqual(ids);
    const final = await client.search(`subject=${PATIENT}&status=FINAL`);
    expect(final.json.data).toHaveLength(1);
    const page = await client.search(`subject=${PATIENT}&type=TEMP_DISABILITY&offset=1&limit=1`);
    expect(
      page.json.data.map((c: { identifier: { value: string } }) => c.identifier.value),
    ).toEqual([ids[1]]);
    expect(page.json.paging).toMatchObject({ page_size: 1, total_entries: 3, total_pages: 3 });
    const byPath = await client.api('GET', `/patients/${PATIENT}/composition?status=FINAL`);
    expect(byPath.json.data).toEqual(final.json.data);
  });

  it.each([
    '',
    `subject=${PATIENT}&focus=${PATIENT}`,
    `subject=${PATIENT}&limit=51`,
    `subject=${PATIENT}&offset=-1`,
  ])('refuses the search "%s" with 400', async (query) => {
    const { client } = await openSandbox();
    const { status, json } = await client.search(query);
    expect(status).toBe(400);
    expect(json.error.message).not.toBe('');
  });

  it('prints a conclusion as HTML', async () => {
    const opened = await openSandbox();
    const id = await signed(opened);
    const path = `/patients/${PATIENT}/encounter/${ENCOUNTER}/composition/${id}/printForm`;
    const { status, headers, text } = await opened.client.api('GET', `${path}?templateId=1001`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toMatch(/^<!doctype html>/i);
    const { json } = await opened.client.read(PATIENT, ENCOUNTER, id);
    expect(text).toContain(json.data.title);
    expect((await opened.client.api('GET', `${path}?templateId=1000`)).status).toBe(400);
    expect((await opened.client.api('GET', path)).status).toBe(400);
  });

  it('shows integration data of signed conclusions, not of drafts', async () => {
    const opened = await openSandbox();
    const draft = await made(opened);
    const path = (id: string) =>
      `/patients/${PATIENT}/encounter/${ENCOUNTER}/composition/${id}/integrationData`;
    expect((await opened.client.api('GET', path(draft))).status).toBe(404);
    const id = await signed(opened);
    const { status, json } = await opened.client.api('GET', path(id));
    expect(status).toBe(200);
    expect(json.data[0]).toMatchObject({
      component: 'ERLN',
      type: 'CREATE_ERLN_RECORD',
      taskStatus: 'DONE',
      integrationStatus: 'SUCCESS',
    });
    expect(json.data[0].details.SL_NUM).toMatch(/^\d+/);
  });

  it('sends a failed record to ERLN again, and only a failed one', async () => {
    const opened = await openSandbox();
    const { sandbox, client } = opened;
    const good = await signed(opened);
    expect((await client.resend(good)).status).toBe(400);
    const later = { start: '2026-01-19T00:00:01Z', end: '2026-01-23T20:59:59Z' };
    const id = await made(
      opened,
      disability({ event: [{ ...disability().event[0], period: later }] }),
    );
    const { json } = await client.read(PATIENT, ENCOUNTER, id);
    sandbox.next('signed-then-erln-error', { operation: 'signComposition' });
    await client.sign(id, base64(json.data));
    sandbox.clock.advance(LONG_ENOUGH);
    const path = `/patients/${PATIENT}/encounter/${ENCOUNTER}/composition/${id}/integrationData`;
    const before = await client.api('GET', path);
    expect(before.json.data.at(-1).integrationStatus).toBe('ERROR');
    const job = await client.resend(id);
    expect(job.status).toBe(200);
    sandbox.clock.advance(LONG_ENOUGH);
    expect((await client.poll(job.json.data.id)).json.data.status).toBe('DONE');
    const after = await client.api('GET', path);
    expect(after.json.data.at(-1).integrationStatus).toBe('SUCCESS');
    expect((await client.resend('9d2cbb43-4d5c-4b3e-8a50-111111111111')).status).toBe(404);
  });
});

describe('both spellings of a path', () => {
  it('are the same operation, with /api in front or without', async () => {
    const { sandbox, client } = await openSandbox();
    const { json } = await client.create(disability());
    const headers = { Authorization: 'Bearer t', 'api-key': 'k' };
    const bare = await fetch(`${sandbox.url}/patients/composition/job/${json.data.id}`, {
      headers,
    });
    expect(bare.status).toBe(200);
    expect(sandbox.clock.now().toISOString()).toBe(NOON);
    expect(bare.headers.get('date')).toBe(new Date(NOON).toUTCString());
  });
});
