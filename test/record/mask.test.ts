import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeMasker, NO_MASK } from '../../src/record/mask.js';
import { base64, makeClient, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { openRecorder, readFiles } from '../support/recorder.js';

/** A patient who has never lived, and what a system would know of her. */
const PATIENT = {
  id: '5d3a9b1e-7c42-4f80-9e16-2b8d4a6c0f35',
  first_name: 'Соломія',
  last_name: 'Підкопайгора',
  second_name: 'Вишнезарівна',
  birth_date: '1987-11-23',
  tax_id: '3210456789',
  unzr: '19871123-04561',
  phones: [{ type: 'MOBILE', number: '+380671234599' }],
  email: 'solomiya.p@example.ua',
  documents: [{ type: 'PASSPORT', number: 'КН483920' }],
  addresses: [{ settlement: 'Верхньолісся', street: 'вулиця Зозулина', building: '17-б' }],
};
const TOKENS = {
  bearer: 'aB3xY9kLmN0pQrStUvWz',
  key: 'key-of-the-clinic-77',
  psk: 'psk_6f2d_internal',
  session: 'sid-0f9e8d7c6b5a',
};
const SIGNED = Buffer.from('a container that holds Підкопайгора and more than that, 1987').toString(
  'base64',
);
const JOB = '9db4ef1e-3c1d-4c80-bbd9-0a61a3a0f4b1';
const OPAQUE = 'NBXk9EyErUZv1RhXgyvgg';
const SECRETS = [
  PATIENT.id,
  PATIENT.first_name,
  PATIENT.last_name,
  PATIENT.second_name,
  PATIENT.birth_date,
  PATIENT.tax_id,
  PATIENT.unzr,
  '380671234599',
  '67 123 45 99',
  PATIENT.email,
  'КН483920',
  '483920',
  'Верхньолісся',
  'Зозулина',
  'ПІДКОПАЙГОРА',
  ...Object.values(TOKENS),
  SIGNED,
  SIGNED.slice(0, 24),
  JOB,
];

/** A system that talks too much: it repeats what it was sent in every answer. */
async function openGossip() {
  const { id, last_name: name, tax_id: tax, birth_date: born } = PATIENT;
  const gossip = `1172: patient ${id} ${name.toUpperCase()} born ${born}, tax ${tax}, phone 067 123 45 99 (token ${TOKENS.bearer})`;
  const eta = new Date().toISOString();
  const failed = {
    id: JOB,
    status: 'FAILED',
    eta,
    doneAt: eta,
    links: [],
    error: [{ message: gossip }],
  };
  const server = createServer((req, res) => {
    const answer = (status: number, type: string, body: string) => {
      res.writeHead(status, {
        'Content-Type': type,
        'Set-Cookie': `sid=${TOKENS.session}; HttpOnly`,
      });
      res.end(body);
    };
    if (req.method === 'POST') {
      answer(
        200,
        'application/json',
        JSON.stringify({ data: { id: JOB, status: 'PENDING', eta } }),
      );
    } else if (req.url?.includes('html')) answer(502, 'text/html', `<html>${gossip}</html>`);
    else if (req.url?.includes('broken'))
      answer(200, 'application/json', `{"patient": ${JSON.stringify(PATIENT).slice(0, -20)}`);
    else if (req.url?.includes('/job/'))
      answer(200, 'application/json', JSON.stringify({ data: failed }));
    else answer(200, 'application/json', JSON.stringify({ data: { ...PATIENT, signed: SIGNED } }));
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const headers = {
  Authorization: `Bearer ${TOKENS.bearer}`,
  'API-key': TOKENS.key,
  'X-Custom-PSK': TOKENS.psk,
  Cookie: `sid=${TOKENS.session}`,
};

describe('what is recorded of a patient', () => {
  it('holds none of her secrets in any byte, whatever repeats them', async () => {
    const key = Buffer.alloc(32, 7);
    const { url, folder, close } = await openRecorder(await openGossip(), {
      masker: makeMasker({ key, mask: [], keep: [] }),
      check: true,
    });
    const body = {
      ...disability(),
      subject: PATIENT,
      data: SIGNED,
      note: `${PATIENT.last_name} хворіє`,
    };
    await send('POST', `${url}/api/patients/composition`, { body, headers });
    const at = `${url}/api/patients`;
    await send('GET', `${at}/composition/job/${JOB}`, { headers });
    await send('GET', `${at}/composition/job/${JOB}?html=1&tax_id=${PATIENT.tax_id}`, { headers });
    await send('GET', `${at}/${PATIENT.id}/broken?name=${encodeURIComponent(PATIENT.first_name)}`, {
      headers,
    });
    await send('GET', `${at}/${PATIENT.id}?access_token=${TOKENS.bearer}`, { headers });
    await send('POST', `${url}/api/patients/composition`, {
      body: JSON.stringify(body).slice(0, -9),
      headers,
    });
    await close();
    const files = await readFiles(folder);
    expect(Object.keys(files)).toHaveLength(3);
    const written = Object.entries(files).flat().join('\n');
    expect(written).toContain('1172');
    expect(written).toContain('born ');
    const forms = (secret: string) => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      base64(secret),
    ];
    const found = SECRETS.flatMap(forms).filter((secret) =>
      written.toLowerCase().includes(secret.toLowerCase()),
    );
    expect(found).toEqual([]);
  });

  it('holds all of them with --no-mask', async () => {
    const { url, folder, close } = await openRecorder(await openGossip(), { masker: NO_MASK });
    await send('POST', `${url}/api/patients/composition`, { body: { subject: PATIENT }, headers });
    await close();
    const written = Object.values(await readFiles(folder)).join('\n');
    for (const secret of [PATIENT.id, PATIENT.last_name, TOKENS.bearer, JOB]) {
      expect(written).toContain(secret);
    }
  });
});

const masker = (changes: { mask?: string[]; keep?: string[]; key?: Uint8Array } = {}) =>
  makeMasker({ key: Buffer.alloc(32, 1), mask: [], keep: [], ...changes });

describe('masking', () => {
  it('gives the same value the same mask, wherever it stands, so that links still hold', () => {
    const here = masker();
    const { id, links } = here.json({ id: JOB, links: [`/job/${JOB.toUpperCase()}`] }, false) as {
      id: string;
      links: string[];
    };
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(id).not.toBe(JOB);
    expect(links).toEqual([`/job/${id}`]);
    expect(here.id(JOB)).toBe(id);
  });

  it('gives another run another mask: without its key nothing can be traced back', () => {
    expect(masker({ key: Buffer.alloc(32, 2) }).id(JOB)).not.toBe(masker().id(JOB));
  });

  it('masks ids that are no uuids, in paths and texts too', () => {
    const here = masker();
    const masked = here.id(OPAQUE);
    expect(masked).not.toBe(OPAQUE);
    expect(masked).toHaveLength(OPAQUE.length);
    expect(here.text(`job ${OPAQUE} is lost`)).toBe(`job ${masked} is lost`);
  });

  it('keeps what a scenario needs: states, codes, moments, the texts of errors', () => {
    const body = {
      status: 'FAILED',
      eta: '2026-02-02T12:00:03.000000Z',
      page_size: 50,
      error: [{ message: '1172: Treatment violation date should be between start and now' }],
      type: { coding: [{ system: 'COMPOSITION_TYPES', code: 'TEMP_DISABILITY' }] },
      links: [
        { entity: 'eHealth/composition', error: 'NEW_START_DATE_IS_BEFORE_PREVIOUS_START_DATE' },
      ],
      message: 'Помилка підпису',
    };
    expect(masker().json(body, true)).toEqual(body);
  });

  it('masks a birth date that only its neighbour gives away', () => {
    const field = { valueCode: 'NEWBORN_BIRTH_DATE', valueDate: '2026-01-12' };
    const masked = masker().json(field, false) as typeof field;
    expect(masked.valueCode).toBe(field.valueCode);
    expect(masked.valueDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(masked.valueDate).not.toBe(field.valueDate);
  });

  it('masks more with --mask and less with --keep', () => {
    const here = masker({ mask: ['ward'], keep: ['last_name', 'api-key'] });
    const masked = here.json({ ward: 'B-12', last_name: 'Підкопайгора' }, false) as Record<
      string,
      string
    >;
    expect(masked.ward).toMatch(/^secret-[0-9a-f]{8}$/);
    expect(masked.last_name).toBe('Підкопайгора');
    expect(here.secret('API-key', 'open')).toBe('open');
  });

  it('leaves keys like __proto__ and values of any depth harmless', () => {
    const deep = JSON.parse(`${'['.repeat(5000)}"x"${']'.repeat(5000)}`);
    expect(JSON.stringify(masker().json(deep, false))).toContain('left out: too deep');
    const masked = masker().json(JSON.parse('{"__proto__": {"name": "Олена"}}'), false);
    expect(JSON.stringify(masked)).toMatch(/^\{"__proto__":\{"name":"name-[0-9a-f]{8}"\}\}$/);
    expect(({} as Record<string, unknown>).name).toBeUndefined();
  });

  it('comes to an end with long texts of the worst kind', () => {
    const here = masker();
    for (const text of ['eyJ', 'a.', '0', 'A-', '+38 ', 'aA1', '"a": "']) {
      const long = text.repeat(Math.ceil(300_000 / text.length));
      expect(here.text(long)).toEqual(expect.any(String));
    }
  });
});

it('masks the path of a poll and still follows its job', async () => {
  const { url, folder, close } = await openRecorder(await openGossip());
  const client = makeClient(url);
  await client.create(disability());
  await client.poll(JOB);
  await close();
  const files = await readFiles(folder);
  expect(Object.keys(files)).toEqual([
    'exchanges-001.jsonl',
    'recorded-002-createComposition-failed.yaml',
  ]);
});
