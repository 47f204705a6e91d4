import { describe, expect, it } from 'vitest';
import { loadContract } from '../../src/contract/contract.js';
import { base64, send } from '../support/client.js';
import { type Conclusions, openConclusions } from '../support/conclusion-life.js';
import {
  AUTHOR,
  birth,
  cancellation,
  disability,
  disabilityOf,
  ENCOUNTER,
  MOTHER,
  PATIENT,
  reference,
} from '../support/conclusions.js';
import { LONG_ENOUGH } from '../support/sandbox.js';

/*
 * What is publicly known of the Compositions API, line by line, each with its number: a line that is not
 * kept is found by it. Bodies are our own.
 */

const OTHER = '9d2cbb43-4d5c-4b3e-8a50-2f6d5b1c7e90';
const EPISODE = '0a3e5b6c-7d8e-4f90-a1b2-c3d4e5f60718';
const concept = (system: string, code: string) => ({ coding: [{ system, code }] });
const category = (code: string) => ({ category: concept('COMPOSITION_CATEGORIES', code) });
const extension = (...entries: object[]) => ({ extension: entries });
const relating = (code: string, targetIdentifier: unknown) => ({
  relatesTo: { code, targetIdentifier },
});

function days(first: string, last: string) {
  const code = concept('COMPOSITION_EVENTS', 'COMPOSITION_VALIDITY_PERIOD');
  return { event: [{ code, period: { start: `${first}T00:00:01Z`, end: `${last}T20:59:59Z` } }] };
}

type Line = [number: string, line: string, holds: (opened: Conclusions) => Promise<unknown>];

/** Plays each line in a session of its own. */
function lines(what: string, all: readonly Line[]) {
  describe(what, () => {
    it.each(all)('%s: %s', async (_, __, holds) => {
      await holds(await openConclusions());
    });
  });
}

const PATHS: [string, string, (id: string) => string, scope: string][] = [
  ['createComposition', 'POST', () => '/patients/composition', 'create'],
  ['getAsyncJobStatus', 'GET', (id) => `/patients/composition/job/${id}`, 'read'],
  [
    'getComposition',
    'GET',
    (id) => `/patients/${PATIENT}/composition/${id}/episode/${EPISODE}/encounter/${ENCOUNTER}`,
    'read',
  ],
  [
    'getCompositionByEncounter',
    'GET',
    (id) => `/patients/${PATIENT}/encounter/${ENCOUNTER}/composition/${id}`,
    'read',
  ],
  ['searchCompositions', 'GET', () => `/patients/searchComposition?subject=${PATIENT}`, 'search'],
  ['searchPatientCompositions', 'GET', () => `/patients/${PATIENT}/composition`, 'search'],
  ['signComposition', 'PATCH', (id) => `/patients/composition/${id}/sign`, 'sign'],
  ['cancelComposition', 'PATCH', (id) => `/patients/composition/${id}/cancel`, 'cancel'],
  ['resendToErln', 'PATCH', (id) => `/patients/composition/${id}/erln`, 'create'],
  [
    'getPrintForm',
    'GET',
    (id) =>
      `/patients/${PATIENT}/composition/${id}/episode/${EPISODE}/encounter/${ENCOUNTER}/printForm?templateId=1001`,
    'read',
  ],
  [
    'getIntegrationData',
    'GET',
    (id) =>
      `/patients/${PATIENT}/composition/${id}/episode/${EPISODE}/encounter/${ENCOUNTER}/integrationData`,
    'read',
  ],
];

describe('1 the operations', () => {
  const numbered = PATHS.map(([id, ...rest], i) => [`1.${i + 1}`, id, ...rest] as const);

  it.each(numbered)('%s: %s needs its scope', async (_, id, _method, _path, scope) => {
    const { operations, document } = await contract;
    const operation = operations.get(id);
    const found = Object.values(document.paths as Record<string, Record<string, unknown>>)
      .flatMap((item) => Object.values(item))
      .find((each) => (each as { operationId?: string }).operationId === id);
    expect(operation).toBeDefined();
    expect(found).toMatchObject({ security: [{ oauth2: [`composition:${scope}`] }] });
  });

  it.each(numbered)('%s: %s is refused with 401 without a token', async (_, __, method, path) => {
    const { sandbox } = await openConclusions();
    const bare = await send(method, `${sandbox.url}/api${path(OTHER)}`, {
      headers: { 'api-key': 'k' },
      ...(method === 'GET' ? {} : { body: {} }),
    });
    expect(bare.status).toBe(401);
    expect(bare.json.error.type).toBe('access_denied');
  });

  it.each(
    numbered.filter(([, id]) => !/^(create|search)/.test(id)),
  )('%s: %s of what is not there is 404', async (_, id, method, path) => {
    const { client } = await openConclusions();
    const body = /^(sign|cancel)/.test(id) ? { data: base64({}) } : undefined;
    const { status, json } = await client.api(method, path(OTHER), body);
    expect([status, json.error.type]).toEqual([404, 'not_found']);
  });
});

const contract = loadContract('spec/compositions/openapi.yaml', ['', '/api']);

lines('1 the operations, good and bad', [
  [
    '1.12',
    'create answers 200 with a job, and 400, 422 and 500 for what is wrong',
    async ({ client }) => {
      expect((await client.create(disability())).json.data.status).toBe('PENDING');
      const empty = { type: { ...concept('COMPOSITION_TYPES', 'TEMP_DISABILITY'), text: '' } };
      expect((await client.create(disability(empty))).status).toBe(400);
      expect((await client.create({})).status).toBe(422);
      const headers = { 'X-Sandbox-Scenario': 'internal-error-on-submit' };
      expect((await client.create(disability(), headers)).status).toBe(500);
    },
  ],
  [
    '1.13',
    'the status of a job answers 400 for an id that is none',
    async ({ client }) => {
      expect((await client.poll('42')).status).toBe(400);
    },
  ],
  [
    '1.14',
    'sign and cancel answer 400 for what is no container',
    async ({ client, make }) => {
      const id = await make(disability());
      expect((await client.sign(id, 'AAAA')).status).toBe(400);
      expect((await client.cancel(id, 'AAAA')).status).toBe(400);
    },
  ],
  [
    '1.15',
    'the print form is HTML, of template 1001 for a disability and 1000 for a birth',
    async ({ client, make }) => {
      const print = (id: string, template: string) =>
        client.api(
          'GET',
          `/patients/${PATIENT}/composition/${id}/episode/${EPISODE}/encounter/${ENCOUNTER}/printForm?templateId=${template}`,
        );
      const sick = await make(disability());
      const born = await make(birth());
      const answers = [
        await print(sick, '1001'),
        await print(sick, '1000'),
        await print(born, '1000'),
        await print(born, '1001'),
      ];
      expect(answers.map(({ status }) => status)).toEqual([200, 400, 200, 400]);
      expect(answers[0]?.headers.get('content-type')).toMatch(/^text\/html/);
    },
  ],
  [
    '1.16',
    'every resource is below /api and without it',
    async ({ client, sandbox }) => {
      const { json } = await client.create(disability());
      const path = `/patients/composition/job/${json.data.id}`;
      const headers = { Authorization: 'Bearer t', 'api-key': 'k', 'X-Custom-PSK': 'p' };
      for (const base of ['', '/api']) {
        const { status } = await send('GET', sandbox.url + base + path, { headers });
        expect(status).toBe(200);
      }
    },
  ],
  [
    '1.17',
    'the four that write change nothing until their job is DONE',
    async ({ client, sandbox, make, read, done }) => {
      const created = await client.create(disability());
      expect(sandbox.resources()).toEqual([]);
      const id = await done(created);
      const signing = await client.sign(id, base64(await read(id)));
      expect((await read(id)).status).toBe('PRELIMINARY');
      await done(signing);
      const cancelling = await client.cancel(id, base64(cancellation(id)));
      expect((await read(id)).status).toBe('FINAL');
      await done(cancelling);
      expect((await read(id)).status).toBe('ENTERED_IN_ERROR');
      await make(disabilityOf(OTHER));
    },
  ],
]);

lines('2 the envelopes', [
  [
    '2.1',
    'a good answer has data and meta, a list paging too',
    async ({ client, make, read }) => {
      await read(await make(disability()));
      const { json } = await client.search(`subject=${PATIENT}`);
      expect(json.meta).toMatchObject({ code: 200, type: 'list', request_id: expect.any(String) });
      expect(json.paging).toEqual({
        page_number: 1,
        page_size: 50,
        total_entries: 1,
        total_pages: 1,
      });
    },
  ],
  [
    '2.2',
    'a refusal has error with type, message and invalid',
    async ({ client }) => {
      const { encounter: _, ...body } = disability();
      const { json } = await client.create(body);
      expect(json.meta.code).toBe(422);
      expect(json.error).toMatchObject({
        type: 'validation_failed',
        invalid: [
          {
            entry: '$.encounter',
            entry_type: 'json_data_property',
            rules: [{ rule: 'required', params: [] }],
          },
        ],
      });
    },
  ],
  [
    '2.3',
    'the detail can come bare',
    async ({ client, make, sandbox }) => {
      const id = await make(disability());
      sandbox.set({ envelope: 'bare' });
      const { json } = await client.read(PATIENT, ENCOUNTER, id);
      expect(json.identifier.value).toBe(id);
    },
  ],
]);

/** Each form of a link, by its scenario. */
const LINKS: Record<string, RegExp | undefined> = {
  'done-relative-href': /^composition\/[0-9a-f-]{36}$/,
  'done-rooted-href': /^\/composition\/[0-9a-f-]{36}$/,
  'done-full-path-href': /^\/api\/patients\/[0-9a-f-]{36}\/composition\/[0-9a-f-]{36}$/,
  'done-no-href': undefined,
  'done-no-links': undefined,
};

const VIOLATION = '1172: Treatment violation date should be >= composition start && <= now';
const LATER = '1143: Existing composition has start date after suggested start date';

/** Each form of a reason, by its scenario. */
const FAILURES: Record<string, object> = {
  'failed-link-error': { links: [{ error: VIOLATION }] },
  'failed-link-error-object': { links: [{ error: { message: LATER } }] },
  'failed-error-list': { error: [{ message: VIOLATION }] },
  'failed-error-object': { error: { message: VIOLATION } },
  'failed-response-data': { response_data: { error: { message: VIOLATION } } },
  'failed-response-data-code': {
    response_data: { error: { code: 1167, message: 'Illegal author position' } },
  },
  'failed-error-rules': {
    error: { rules: [{ code: '1172', description: VIOLATION.replace('1172: ', '') }] },
  },
};

describe('3 the job', () => {
  it('3.1: is scheduled with id, eta and status PENDING', async () => {
    const { client } = await openConclusions();
    expect((await client.create(disability())).json.data).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: 'PENDING',
      eta: expect.stringMatching(/Z$/),
    });
  });

  it('3.2: schedule, wait until eta, PENDING with a new eta, wait, DONE with links, read', async () => {
    const { client, sandbox, read } = await openConclusions();
    sandbox.next('eta-in-two-stages');
    const { json } = await client.create(disability());
    const until = (eta: string) =>
      sandbox.clock.advance(`${Date.parse(eta) - sandbox.clock.now().getTime()}ms`);
    until(json.data.eta);
    const pending = (await client.poll(json.data.id)).json.data;
    expect(pending).toMatchObject({
      status: 'PENDING',
      links: [{ entity: 'eHealth/resources' }],
    });
    expect(pending.eta > json.data.eta).toBe(true);
    until(pending.eta);
    const done = (await client.poll(json.data.id)).json.data;
    expect(done).toMatchObject({ status: 'DONE', doneAt: expect.any(String) });
    expect((await read(done.links[0].href.split('/').at(-1))).status).toBe('PRELIMINARY');
  });

  const links = Object.entries(LINKS).map(([name, href], i) => [`3.${i + 3}`, name, href] as const);
  it.each(links)('%s: %s', async (_, name, href) => {
    const { client, sandbox, end } = await openConclusions();
    sandbox.next(name);
    const scheduled = await client.create(disability());
    sandbox.clock.advance('10s');
    const job = await end(scheduled);
    expect(job).toMatchObject({ id: expect.any(String), status: 'DONE', eta: expect.any(String) });
    if (href) expect(job.links[0].href).toMatch(href);
    else expect(job.links[0]?.href).toBeUndefined();
    const found = await client.search(`subject=${PATIENT}&encounter=${ENCOUNTER}`);
    expect(found.json.data).toHaveLength(1);
  });

  const failures = Object.entries(FAILURES).map(
    ([name, says], i) => [`3.${i + 8}`, name, says] as const,
  );
  it.each(failures)('%s: %s', async (_, name, says) => {
    const { client, sandbox } = await openConclusions();
    sandbox.next(name);
    const { json } = await client.create(disability());
    sandbox.clock.advance('10s');
    expect((await client.poll(json.data.id)).json.data).toMatchObject({
      status: 'FAILED',
      ...says,
    });
  });
});

const CATEGORIES =
  'SICKNESS CHILD_CARE FAMILY_CARE PARENTAL_CARE QUARANTINE COVID19 TEMP_TRANSFER PROSTHETIC RESTORATION';

/** Every kind of reference with an empty text in its type, as a public MIS sends it. */
function withEmptyTexts(body: ReturnType<typeof disability>) {
  const emptied = ({ type, value }: ReturnType<typeof reference>) => ({
    type: { ...type, text: '' },
    value,
  });
  const { subject, encounter, author, section } = body;
  return {
    ...body,
    subject: emptied(subject),
    encounter: emptied(encounter),
    author: emptied(author),
    section: { focus: emptied(section.focus) },
  };
}

lines('4 the body of a create request', [
  [
    '4.1',
    'references are bare; the wrapper of other APIs is refused',
    async ({ client }) => {
      const subject = { identifier: reference('person', PATIENT) };
      expect((await client.create(disability({ subject }))).status).toBe(422);
    },
  ],
  [
    '4.2',
    'references may carry an empty text in their type; type and category may not',
    async ({ client, make, sign }) => {
      const body = withEmptyTexts(disability({ extension: [] }));
      await sign(await make(body));
      for (const name of ['type', 'category'] as const) {
        const { status } = await client.create({ ...body, [name]: { ...body[name], text: '' } });
        expect(status).toBe(400);
      }
    },
  ],
  [
    '4.3',
    'types are NEWBORN and TEMP_DISABILITY; ADOPTION and DRIVERS are not taken',
    async ({ client }) => {
      for (const code of ['ADOPTION', 'DRIVERS']) {
        const type = concept('COMPOSITION_TYPES', code);
        expect((await client.create(disability({ type }))).status).toBe(422);
      }
    },
  ],
  [
    '4.4',
    'categories suit the type',
    async ({ client }) => {
      for (const code of CATEGORIES.split(' ')) {
        expect((await client.create(disability(category(code)))).status, code).toBe(200);
        const { json } = await client.create(birth(category(code)));
        expect(json.error.message, code).toMatch(/^1081: /);
      }
      const { json } = await client.create(disability(category('LIVE_BIRTH')));
      expect(json.error.message).toMatch(/^1085: /);
      const unknown = await client.create(disability(category('FATIGUE')));
      expect(unknown.json.error.message).toMatch(/^1161: /);
    },
  ],
  [
    '4.5',
    'a disability of a preperson is only SICKNESS or CHILD_CARE',
    async ({ client }) => {
      const subject = reference('preperson', PATIENT);
      for (const code of CATEGORIES.split(' ')) {
        const { status } = await client.create(disability({ subject, ...category(code) }));
        expect(status, code).toBe(/^(SICKNESS|CHILD_CARE)$/.test(code) ? 200 : 422);
      }
    },
  ],
  [
    '4.6',
    'extensions are flat, each with the value of its kind',
    async ({ client }) => {
      const good = [
        { valueCode: 'INFORM_WITH', valueUuid: OTHER },
        { valueCode: 'AUTHORIZE_WITH', valueUuid: OTHER },
        ...['IS_ACCIDENT', 'IS_INTOXICATED', 'IS_FOREIGN_TREATMENT', 'IS_FORCE_RENEW'].map(
          (valueCode) => ({ valueCode, valueBoolean: true }),
        ),
        { valueCode: 'TREATMENT_VIOLATION', valueString: 'reject_recommendation' },
        { valueCode: 'TREATMENT_VIOLATION_DATE', valueDate: '2026-01-12' },
      ];
      expect((await client.create(disability(extension(...good)))).status).toBe(200);
      const two = { valueCode: 'IS_ACCIDENT', valueBoolean: true, valueString: 'yes' };
      expect((await client.create(disability(extension(two)))).status).toBe(422);
    },
  ],
  [
    '4.7',
    'relatesTo is spelt in small letters or in capitals',
    async ({ make, signed }) => {
      const first = await signed(disability());
      for (const code of ['appends', 'APPENDS']) {
        await make(disability({ ...days('2026-01-17', '2026-01-20'), ...relating(code, first) }));
      }
    },
  ],
  [
    '4.8',
    'a birth: subject the newborn, a preperson; focus the mother, a person; end null',
    async ({ make, read, failure, client }) => {
      const id = await make(birth());
      const document = await read(id);
      expect(document.subject.type.coding[0].code).toBe('preperson');
      expect(document.section.focus).toEqual(reference('person', MOTHER));
      expect(document.event[0].period).toEqual({ start: '2026-01-12T00:00:01Z', end: null });
      const grown = birth({ subject: reference('person', OTHER) });
      expect(await failure(grown)).toMatch(/^1154: /);
      const late = birth({ event: days('2026-01-13', '2026-01-13').event });
      expect((await client.create(late)).status).toBe(422);
    },
  ],
]);

lines('5 the composition', [
  [
    '5.1',
    'has identifier, title, status, date, custodian, episodeOfCare, and what was sent',
    async ({ make, read }) => {
      const body = disability();
      const id = await make(body);
      expect(await read(id)).toMatchObject({
        ...body,
        identifier: { value: id },
        title: expect.stringMatching(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/),
        status: 'PRELIMINARY',
        date: expect.any(String),
        custodian: { type: concept('eHealth/resources', 'legal_entity') },
        episodeOfCare: { type: concept('eHealth/resources', 'episode') },
      });
    },
  ],
  [
    '5.2',
    'is searched by subject or focus, type, episode, encounter and status, 1 to 50 at once',
    async ({ client, signed, cancel }) => {
      await cancel(await signed(disability()));
      const count = async (query: string) => {
        const { status, json } = await client.search(query);
        return status === 200 ? json.data.length : status;
      };
      expect(await count(`subject=${PATIENT}&status=ENTERED_IN_ERROR`)).toBe(1);
      expect(await count(`subject=${PATIENT}&status=ENTERED-IN-ERROR`)).toBe(1);
      expect(await count(`focus=${PATIENT}&type=TEMP_DISABILITY`)).toBe(1);
      expect(await count(`subject=${PATIENT}&encounter=${OTHER}`)).toBe(0);
      expect(await count(`subject=${PATIENT}&episodeOfCare=${OTHER}`)).toBe(0);
      for (const bad of ['', `subject=${PATIENT}&focus=${PATIENT}`]) {
        expect(await count(bad)).toBe(400);
      }
      for (const bad of ['limit=0', 'limit=51', 'offset=-1']) {
        expect(await count(`subject=${PATIENT}&${bad}`)).toBe(400);
      }
    },
  ],
  [
    '5.3',
    'of the world of a platform it takes the episode of the encounter and the legal entity of the author',
    async ({ sandbox, make, read, client }) => {
      const episode = { identifier: { value: EPISODE } };
      sandbox.seed({ kind: 'encounter', id: ENCOUNTER, status: 'finished', episode });
      const legal = { id: OTHER, name: 'A clinic' };
      sandbox.seed({ id: AUTHOR, position: 'P7', employee_type: 'DOCTOR', legal_entity: legal });
      const id = await make(disability());
      expect(await read(id)).toMatchObject({
        episodeOfCare: { value: EPISODE },
        custodian: { value: OTHER },
      });
      const path = (episodeId: string) =>
        `/patients/${PATIENT}/composition/${id}/episode/${episodeId}/encounter/${ENCOUNTER}`;
      expect((await client.api('GET', path(EPISODE))).status).toBe(200);
      expect((await client.api('GET', path(OTHER))).status).toBe(404);
    },
  ],
]);

describe('5 the world of a platform', () => {
  it('5.4: what medical events keep is what a conclusion is made of', async () => {
    const { sandbox, make, read, failure } = await openConclusions({ pack: 'esoz' });
    for (const [kind, id] of [
      ['person', PATIENT],
      ['person', MOTHER],
      ['employee', AUTHOR],
    ]) {
      sandbox.seed({ kind, id, status: 'active' });
    }
    const encounter = { id: ENCOUNTER, patient_id: PATIENT, kind: 'encounter' };
    const { document } = sandbox.seed(encounter);
    const { episode } = document as { episode: { identifier: { value: string } } };
    const id = await make(disability());
    expect((await read(id)).episodeOfCare.value).toBe(episode.identifier.value);
    expect(await failure(birth({ subject: reference('person', PATIENT) }))).toMatch(/^1154: /);
  });
});

/** Signs a draft under a scenario, and lets its job end. */
async function signedUnder({ client, sandbox, make, read, done }: Conclusions, name: string) {
  const id = await make(disability());
  sandbox.next(name, { operation: 'signComposition' });
  return done(await client.sign(id, base64(await read(id))));
}

const erln = (more: object) => ({
  component: 'ERLN',
  type: 'CREATE_ERLN_RECORD',
  taskStatus: 'FAILED',
  ...more,
});

lines('6 integration data', [
  [
    '6.1',
    'is there of FINAL, AMENDED and ENTERED_IN_ERROR, not of PRELIMINARY',
    async ({ integration, make, sandbox }) => {
      expect((await integration(await make(disability()))).status).toBe(404);
      for (const status of ['FINAL', 'AMENDED', 'ENTERED_IN_ERROR']) {
        const { id } = sandbox.seed({ ...disability(), status });
        expect((await integration(id)).status, status).toBe(200);
      }
    },
  ],
  [
    '6.2',
    'tells component, type, the two statuses, code, message, number and moment',
    async ({ signed, tasks }) => {
      expect(await tasks(await signed(disability()))).toEqual([
        {
          component: 'ERLN',
          type: 'CREATE_ERLN_RECORD',
          taskStatus: 'DONE',
          integrationStatus: 'SUCCESS',
          statusCode: '200',
          statusMessage: 'The record is created',
          details: { SL_NUM: expect.any(String) },
          updatedAt: expect.any(String),
        },
      ]);
    },
  ],
  [
    '6.3',
    'of ERLN is PENDING until it answers, 45 s later by the scenario, then SUCCESS',
    async (opened) => {
      const { sandbox, tasks } = opened;
      const id = await signedUnder(opened, 'signed-then-erln-later');
      const [before] = await tasks(id);
      expect(before).toMatchObject({ taskStatus: 'PENDING' });
      expect(before).not.toHaveProperty('integrationStatus');
      sandbox.clock.advance('44s');
      expect((await tasks(id))[0].taskStatus).toBe('PENDING');
      sandbox.clock.advance('1s');
      const [after] = await tasks(id);
      expect(after).toMatchObject({ taskStatus: 'DONE', integrationStatus: 'SUCCESS' });
      expect(Date.parse(after.updatedAt) - Date.parse(before.updatedAt)).toBe(45_000);
    },
  ],
  [
    '6.4',
    'of ERLN can end in ERROR with its own code and message',
    async (opened) => {
      const { sandbox, tasks } = opened;
      const id = await signedUnder(opened, 'signed-then-erln-fails-later');
      sandbox.clock.advance('45s');
      expect((await tasks(id))[0]).toMatchObject({
        taskStatus: 'FAILED',
        integrationStatus: 'ERROR',
        statusCode: '1011',
        statusMessage: 'The insured person is not found',
      });
    },
  ],
  [
    '6.5',
    'goes by settings where no scenario says otherwise, of DRACS as of ERLN',
    async ({ sandbox, signed, tasks, client }) => {
      sandbox.set({
        settings: { DRACS_ANSWER_SECONDS: 60, DRACS_ANSWER: 'ERROR', ERLN_ANSWER_SECONDS: 30 },
      });
      const born = await signed(birth());
      const task = async () => (await tasks(born))[0];
      expect(await task()).toMatchObject({ component: 'MJU_DRACS', taskStatus: 'PENDING' });
      const reason = concept('eHealth/COMPOSITION_CANCELLATION_REASONS_NEWBORN', 'TYPO');
      const content = { identifier: reference('composition', born), reason };
      const cancelling = await client.cancel(born, base64(content));
      sandbox.clock.advance(LONG_ENOUGH);
      const { data } = (await client.poll(cancelling.json.data.id)).json;
      expect(data.links[0].error).toBe(
        "1006: Can't cancel composition: integration tasks are already running",
      );
      sandbox.clock.advance('57s');
      expect(await task()).toMatchObject({ taskStatus: 'FAILED', integrationStatus: 'ERROR' });
    },
  ],
]);

/** What keeps a conclusion from being sent to ERLN again. */
const RESENDS: [string, object, number, RegExp][] = [
  ['there is no ERLN task', { status: 'FINAL' }, 404, /no ERLN task/],
  [
    'it is no disability',
    { ...birth(), status: 'FINAL', integration: [erln({ integrationStatus: 'ERROR' })] },
    400,
    /Only a TEMP_DISABILITY/,
  ],
  [
    'it is not FINAL',
    { status: 'AMENDED', integration: [erln({ integrationStatus: 'ERROR' })] },
    400,
    /Only a FINAL/,
  ],
  [
    'the integration status is not ERROR',
    { status: 'FINAL', integration: [erln({ taskStatus: 'DONE', integrationStatus: 'SUCCESS' })] },
    400,
    /not ERROR but SUCCESS/,
  ],
  [
    'the task before is running',
    { status: 'FINAL', integration: [erln({ taskStatus: 'PENDING' })] },
    400,
    /still running/,
  ],
  [
    'the focus is a preperson',
    {
      status: 'FINAL',
      subject: reference('preperson', PATIENT),
      section: { focus: reference('preperson', PATIENT) },
      integration: [erln({ integrationStatus: 'ERROR' })],
    },
    400,
    /focus is a preperson/,
  ],
  [
    'its statusMessage is empty',
    { status: 'FINAL', integration: [erln({ integrationStatus: 'ERROR', statusMessage: '' })] },
    400,
    /no statusMessage/,
  ],
];

describe('7 sending to ERLN again is refused', () => {
  const numbered = RESENDS.map(([why, ...rest], i) => [`7.${i + 1}`, why, ...rest] as const);
  it.each(numbered)('%s: when %s', async (_, __, document, expected, says) => {
    const { client, sandbox } = await openConclusions();
    const { id } = sandbox.seed({ ...disability(), ...document });
    const { status, json } = await client.resend(id);
    expect([status, json.error.message]).toEqual([expected, expect.stringMatching(says)]);
  });

  it('7.8: when the composition is unknown', async () => {
    const { client } = await openConclusions();
    expect((await client.resend(OTHER)).status).toBe(404);
  });
});

const FLOW = { settings: { EMAL_COMPOSITION_FLOW_REPLACE_ENABLED: true } };

lines('8 the processes', [
  [
    '8.1',
    'create and sign: create, DONE, read (PRELIMINARY), sign, DONE, read (FINAL), integrationData',
    async ({ make, read, sign, tasks }) => {
      const id = await make(disability());
      expect((await read(id)).status).toBe('PRELIMINARY');
      await sign(id);
      expect((await read(id)).status).toBe('FINAL');
      expect((await tasks(id))[0].details.SL_NUM).toMatch(/^\d/);
    },
  ],
  [
    '8.2',
    'birth: the same, and the register of civil status is told',
    async ({ signed, read, tasks }) => {
      const id = await signed(birth());
      expect((await read(id)).status).toBe('FINAL');
      expect((await tasks(id))[0]).toMatchObject({ component: 'MJU_DRACS', taskStatus: 'DONE' });
    },
  ],
  [
    '8.3',
    'RC_4: ERLN has refused, it is sent again, ERLN takes it',
    async (opened) => {
      const { client, done, tasks } = opened;
      const id = await signedUnder(opened, 'signed-then-erln-error');
      await done(await client.resend(id));
      expect((await tasks(id)).map((task: { taskStatus: string }) => task.taskStatus)).toEqual([
        'FAILED',
        'DONE',
      ]);
    },
  ],
  [
    '8.4',
    'RC_5: a continuation appends, starts on the day after, and leaves the one before AMENDED',
    async ({ signed, read }) => {
      const first = await signed(disability());
      await signed(
        disability({ ...days('2026-01-17', '2026-01-23'), ...relating('appends', first) }),
      );
      expect((await read(first)).status).toBe('AMENDED');
    },
  ],
  [
    '8.5',
    'RC_5: nothing starts before a conclusion that is there already',
    async ({ signed, failure }) => {
      const first = await signed(disability());
      const early = disability({
        ...days('2026-01-05', '2026-01-23'),
        ...relating('appends', first),
      });
      expect(await failure(early)).toBe(LATER);
    },
  ],
  [
    '8.6',
    'RC_6: a refinement of a preperson into a person replaces, and leaves the refined AMENDED',
    async ({ signed, read, failure }) => {
      const unknown = { subject: reference('preperson', OTHER) };
      const first = await signed(disability(unknown), OTHER);
      expect(await failure(disability({ ...unknown, ...relating('replaces', first) }))).toBe(
        '1001: Composition updates are only allowed for preperson->person',
      );
      await signed(disability(relating('replaces', first)));
      expect((await read(first, OTHER)).status).toBe('AMENDED');
    },
  ],
  [
    '8.7',
    'RC_7: in place of a cancelled one, while the replacement flow is enabled, of the same type',
    async ({ signed, cancel, failure, sandbox, read }) => {
      const first = await signed(disability());
      await cancel(first, cancellation(first, 'INCORRECT_PATIENT'));
      const again = disability(relating('replaces', first));
      expect(await failure(again)).toMatch(/^1181: /);
      sandbox.set(FLOW);
      expect(await failure(birth(relating('replaces', first)))).toMatch(/^1146: /);
      expect((await read(await signed(again))).status).toBe('FINAL');
      expect((await read(first)).status).toBe('ENTERED_IN_ERROR');
    },
  ],
  [
    '8.8',
    'cancellation: ENTERED_IN_ERROR, the record withdrawn, and what was refined FINAL again',
    async ({ signed, cancel, read, tasks }) => {
      const first = await signed(disability({ subject: reference('preperson', OTHER) }), OTHER);
      const second = await signed(disability(relating('replaces', first)));
      await cancel(second);
      expect((await read(second)).status).toBe('ENTERED_IN_ERROR');
      expect((await read(first, OTHER)).status).toBe('FINAL');
      const [made, withdrawn] = await tasks(second);
      expect(withdrawn).toMatchObject({ type: 'CANCEL_ERLN_RECORD', details: made.details });
    },
  ],
  [
    '8.9',
    'a draft whose conclusion before it has been cancelled cannot be signed',
    async ({ signed, cancel, make, read, client, end }) => {
      const first = await signed(disability());
      const next = await make(
        disability({ ...days('2026-01-17', '2026-01-23'), ...relating('appends', first) }),
      );
      await cancel(first);
      const job = await end(await client.sign(next, base64(await read(next))));
      expect(job.links[0].error).toMatch(/^1184: /);
    },
  ],
]);
