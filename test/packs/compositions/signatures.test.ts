import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../../src/index.js';
import { base64 } from '../../support/client.js';
import { cancellation, disability, ENCOUNTER, PATIENT } from '../../support/conclusions.js';
import { makeDstu, makePhysician, type Sealing, seal } from '../../support/containers.js';
import { makeDstuPhysician, sealWithDstu } from '../../support/dstu.js';
import { LONG_ENOUGH, openSandbox } from '../../support/sandbox.js';

const TAX_ID = '1234567890';
const physician = await makePhysician('rsa', { name: 'Галина', serialNumber: `TINUA-${TAX_ID}` });
const stranger = await makePhysician('rsa', { name: 'Stranger', serialNumber: 'TINUA-0987654321' });
const unnamed = await makePhysician('p256');

/** A sandbox with a draft, and what can be done with its container. */
async function open(options: SandboxOptions = {}) {
  const opened = await openSandbox(options);
  const { sandbox, client } = opened;
  await client.create(disability());
  sandbox.clock.advance(LONG_ENOUGH);
  const [draft] = sandbox.resources();
  const id = draft?.id ?? '';
  const content = (await client.read(PATIENT, ENCOUNTER, id)).json.data;
  const container = async (by = [physician], sealing: Sealing = {}) =>
    (await seal(JSON.stringify(content), by, sealing)).toString('base64');
  const sign = async (data: string) => {
    const answer = await client.sign(id, data);
    if (answer.status !== 200) return { status: answer.status, text: answer.json.error.message };
    sandbox.clock.advance(LONG_ENOUGH);
    const job = (await client.poll(answer.json.data.id)).json.data;
    return { status: job.status, text: job.links[0].error };
  };
  /** What the journal says of the request to sign, without how its scenario was chosen. */
  const note = () =>
    (sandbox.journal({ operation: 'signComposition' }).at(-1)?.note ?? '')
      .split('; ')
      .slice(1)
      .join('; ');
  return { ...opened, id, content, container, sign, note };
}

const wrongDigest: Sealing = {
  spoil: (data) => {
    const attributes = data.signerInfos[0]?.signedAttrs?.attributes;
    attributes?.splice(2);
  },
};

describe('a signature container', () => {
  it('that verifies is signed, and the journal says by whom', async () => {
    const { container, sign, note } = await open();
    expect((await sign(await container())).status).toBe('DONE');
    expect(note()).toBe('signed by Галина, RSA with sha256: verified');
  });

  it('of DSTU 4145 is verified, and refused where its content is another', async () => {
    const { content, sign, note } = await open();
    const doctor = makeDstuPhysician('Галина', `TINUA-${TAX_ID}`);
    const good = sealWithDstu(JSON.stringify(content), [doctor]);
    const bad = Buffer.from(good);
    const place = bad.indexOf('PRELIMINARY');
    bad[place] = (bad[place] ?? 0) ^ 1;
    expect(await sign(bad.toString('base64'))).toEqual({
      status: 400,
      text: expect.stringContaining('the content is not what was signed: its digest differs'),
    });
    expect((await sign(good.toString('base64'))).status).toBe('DONE');
    expect(note()).toBe('signed by Галина, DSTU 4145 with GOST 34.311: verified');
  });

  it('of DSTU 4145 that fails its job is judged in the end as it was at first', async () => {
    const { content, sign } = await open({ settings: { SIGNATURE_ERRORS: 'fail' } });
    const [doctor, other] = ['Галина', 'Інша'].map((name) => makeDstuPhysician(name));
    if (!doctor || !other) throw new Error('no doctors');
    const signer = { ...doctor, secret: other.secret };
    const bad = sealWithDstu(JSON.stringify(content), [signer], 'Kupyna');
    expect(await sign(bad.toString('base64'))).toEqual({
      status: 'FAILED',
      text: expect.stringContaining('the signature does not verify with the key'),
    });
  });

  it('of DSTU 4145 in a normal basis is taken without being verified, and the journal says so', async () => {
    const { container, sign, note } = await open();
    expect((await sign(await container([physician], { spoil: makeDstu }))).status).toBe('DONE');
    expect(note()).toBe(
      'signed by Галина, DSTU 4145 (1.2.804.2.1.1.1.1.3.1.2): taken as it is, it cannot be verified here',
    );
  });

  it.each([
    ['that is none', async () => 'AAAA', /^data holds neither a CMS SignedData container/],
    [
      'whose signature does not verify',
      async ({ container }: Opened) => container([physician], { key: stranger.key }),
      /^data has a signature \(of Галина\) that is no good: the signature does not verify/,
    ],
    [
      'without the digest of its content',
      async ({ container }: Opened) => container([physician], wrongDigest),
      /hold no message digest/,
    ],
    [
      'around something else than JSON',
      async () => (await seal('text', [physician])).toString('base64'),
      /^data holds a content that is no JSON object/,
    ],
    [
      'that is cut off',
      async ({ container }: Opened) =>
        Buffer.from(await container(), 'base64')
          .subarray(0, 900)
          .toString('base64'),
      /^data holds neither/,
    ],
  ])('%s is refused with 400, or its job is FAILED, as SIGNATURE_ERRORS says', async (_, make, text) => {
    const refusing = await open();
    expect(await refusing.sign(await make(refusing))).toMatchObject({
      status: 400,
      text: expect.stringMatching(text),
    });
    const failing = await open({ settings: { SIGNATURE_ERRORS: 'fail' } });
    const failed = await failing.sign(await make(failing));
    expect(failed.status).toBe('FAILED');
    expect(failed.text.replace('The signed data', 'data')).toMatch(text);
    expect(failing.note()).toMatch(/^the job will be FAILED: data /);
    const free = await open({ rules: 'off' });
    expect((await free.sign(await make(free))).status).toBe('DONE');
  });

  it('that is no good lets the job of a cancellation fail, too', async () => {
    const { client, id, sandbox, sign, container } = await open({
      settings: { SIGNATURE_ERRORS: 'fail' },
    });
    await sign(await container());
    const { json } = await client.cancel(id, 'AAAA');
    sandbox.clock.advance(LONG_ENOUGH);
    const { data } = (await client.poll(json.data.id)).json;
    expect(data).toMatchObject({
      status: 'FAILED',
      links: [{ error: expect.stringContaining('neither') }],
    });
    const content = JSON.stringify(cancellation(id));
    const good = (await seal(content, [physician])).toString('base64');
    const second = (await client.cancel(id, good)).json.data.id;
    sandbox.clock.advance(LONG_ENOUGH);
    expect((await client.poll(second)).json.data.status).toBe('DONE');
  });

  it('may be left out, unless UNSIGNED_CONTENT is refuse', async () => {
    const { content, sandbox, sign, note } = await open();
    sandbox.set({ settings: { UNSIGNED_CONTENT: 'refuse' } });
    expect(await sign(base64(content))).toMatchObject({
      status: 400,
      text: expect.stringContaining('is plain JSON without a signature; send a CMS container'),
    });
    sandbox.set({ settings: { UNSIGNED_CONTENT: null } });
    expect((await sign(base64(content))).status).toBe('DONE');
    expect(note()).toBe('plain JSON is taken in place of a signature container');
  });

  it('is read by the first request for it, however many come at once', async () => {
    const { client, container, id } = await open();
    const data = await container();
    const answers = await Promise.all([1, 2, 3].map(() => client.sign(id, data)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});

describe('the content that is signed', () => {
  it('is the composition whatever the order of its keys', async () => {
    const { content, sign } = await open();
    const turned = Object.fromEntries(Object.entries(content).reverse());
    expect((await sign(base64(turned))).status).toBe('DONE');
  });

  it.each([
    ['has a field more', (content: object) => ({ ...content, more: 1 }), '$.more'],
    ['is the whole answer', (content: object) => ({ data: content }), '$.identifier'],
    ['has another status', (content: object) => ({ ...content, status: 'FINAL' }), '$.status'],
    [
      'has lost an extension',
      (content: object) => ({ ...content, extension: [] }),
      '$.extension[0]',
    ],
  ])('is not the composition when it %s', async (_, change, place) => {
    const { content, sign } = await open();
    const { status, text } = await sign(base64(change(content)));
    expect(status).toBe('FAILED');
    expect(text).toContain(`The signed content is not the composition, it differs at ${place};`);
  });

  it('may have been read before somebody named the episode', async () => {
    const { content, id, sign, client } = await open();
    const episode = '05d7b2e9-8c4a-4f16-9d30-a71e6c8f2b54';
    const path = `/patients/${PATIENT}/composition/${id}/episode/${episode}/encounter/${ENCOUNTER}`;
    const named = (await client.api('GET', path)).json.data;
    expect(named.episodeOfCare.value).toBe(episode);
    const { episodeOfCare: _, ...without } = named;
    expect((await sign(base64(without))).text).toContain('differs at $.episodeOfCare;');
    expect((await sign(base64(content))).status).toBe('DONE');
  });
});

describe('the author', () => {
  const employee = (id: string) => ({ id, party: { tax_id: TAX_ID, last_name: 'Лікар' } });

  it('may sign, alone or with others', async () => {
    for (const signers of [[physician], [stranger, physician]]) {
      const { container, content, sandbox, sign } = await open();
      const { id, kind, document } = sandbox.seed(employee(content.author.value.toUpperCase()));
      expect({ id, kind }).toEqual({ id: content.author.value, kind: 'employee' });
      expect(document).toEqual(employee(content.author.value.toUpperCase()));
      expect((await sign(await container(signers))).status).toBe('DONE');
    }
  });

  it.each([
    [[stranger], 'The signer (Stranger, tax id 0987654321) is not the author'],
    [[unnamed], 'The signer (A physician, no tax id in the certificate) is not the author'],
  ])('is not whoever else signs', async (signers, text) => {
    const { container, content, sandbox, sign } = await open();
    sandbox.seed({ id: content.author.value, tax_id: TAX_ID });
    expect(await sign(await container(signers))).toMatchObject({
      status: 'FAILED',
      text: expect.stringContaining(text),
    });
  });

  it('is anybody as long as the employee is not known, and a note says so', async () => {
    const { container, content, sandbox, sign } = await open();
    expect((await sign(await container([stranger]))).status).toBe('DONE');
    expect(sandbox.jobs().at(-1)?.notes).toEqual([
      `whether the signer is the author is not known: put employee ${content.author.value} with its tax_id among the resources`,
    ]);
  });

  it.each([
    [{ party: {} }, 'an employee needs its id'],
    [
      { id: 'e2c94a70-6b1d-4f83-a5d9-38f07c2e1b46', party: {} },
      'party.tax_id of employee e2c94a70',
    ],
    [{ id: 'e2c94a70-6b1d-4f83-a5d9-38f07c2e1b46', tax_id: 7 }, 'is no text; give {"id": "UUID"'],
  ])('cannot be made known by %j', async (document, text) => {
    const { sandbox } = await openSandbox();
    expect(() => sandbox.seed(document)).toThrow(text);
  });
});

describe('what a client has sent', () => {
  it('never breaks out of the line of a note', async () => {
    const name = `A\u001b[31m\nred${'x'.repeat(2000)}`;
    const loud = await makePhysician('p256', { name });
    const { container, sign, note } = await open();
    expect((await sign(await container([loud]))).status).toBe('DONE');
    expect(note()).toMatch(/^signed by A \[31m redx+, ECDSA/);
    expect(note().length).toBeLessThan(200);
  });
});

type Opened = Awaited<ReturnType<typeof open>>;
