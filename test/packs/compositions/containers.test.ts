import { OctetString, UTCTime } from 'asn1js';
import type { SignedData } from 'pkijs';
import { describe, expect, it } from 'vitest';
import {
  prepareContainers,
  readSignedContent,
} from '../../../src/packs/signature/signed-content.js';
import {
  type KeyKind,
  LOOKS_LIKE_DSTU,
  makeDstu,
  makePhysician,
  type Sealing,
  seal,
} from '../../support/containers.js';
import { makeDstuPhysician, sealWithDstu } from '../../support/dstu.js';

await prepareContainers();

const DOCUMENT = { title: '8910-33K4-EB46-KA3A', text: 'Висновок' };
const JSON_TEXT = JSON.stringify(DOCUMENT);
const KINDS: KeyKind[] = ['rsa', 'rsa-pss', 'p256', 'p384'];
const physician = await makePhysician('rsa');
const other = await makePhysician('rsa', { name: 'Another' });

const read = (bytes: Buffer) => readSignedContent(bytes.toString('base64'));

function problem(bytes: Buffer): string {
  const answer = read(bytes);
  return 'problem' in answer ? answer.problem : `no problem, ${JSON.stringify(answer.signers)}`;
}

async function spoilt(sealing: Sealing): Promise<string> {
  return problem(await seal(JSON_TEXT, [physician], sealing));
}

function attribute(data: SignedData, type: string) {
  return data.signerInfos[0]?.signedAttrs?.attributes.find((one) => one.type === type);
}

const HOW: Record<KeyKind, string> = {
  rsa: 'RSA with sha256',
  'rsa-pss': 'RSA-PSS with sha256',
  p256: 'ECDSA with sha256',
  p384: 'ECDSA with sha384',
};

describe('a signature', () => {
  it.each(
    KINDS.flatMap((kind) => [[kind, true] as const, [kind, false] as const]),
  )('of %s is verified (signed attributes: %s)', async (kind, attributes) => {
    const signer = await makePhysician(kind, { name: 'Галина Лікар' });
    expect(read(await seal(JSON_TEXT, [signer], { attributes }))).toEqual({
      content: DOCUMENT,
      signers: [{ name: 'Галина Лікар', taxIds: [], state: 'verified', how: HOW[kind] }],
    });
  });

  it.each(KINDS)('of %s does not verify with another key', async (kind) => {
    const [signer, stranger] = [await makePhysician(kind), await makePhysician(kind)];
    for (const attributes of [true, false]) {
      const bytes = await seal(JSON_TEXT, [signer], { attributes, key: stranger.key });
      expect(problem(bytes)).toMatch(
        /\(of A physician\) that is no good: the signature does not verify/,
      );
    }
  });

  it('does not verify when the content was changed after signing', async () => {
    const spoil = (data: SignedData) => {
      data.encapContentInfo.eContent = new OctetString({ valueHex: Buffer.from('{"a":1}') });
    };
    expect(await spoilt({ spoil })).toMatch(
      /the content is not what was signed: its digest differs/,
    );
    expect(await spoilt({ spoil, attributes: false })).toMatch(/the signature does not verify/);
  });

  it('does not verify when a signed attribute was changed', async () => {
    const spoil = (data: SignedData) => {
      const time = attribute(data, '1.2.840.113549.1.9.5');
      if (time) time.values = [new UTCTime({ valueDate: new Date('2026-03-03') })];
    };
    expect(await spoilt({ spoil })).toMatch(/the signature does not verify/);
  });

  it('asks for both attributes that bind the content, once each', async () => {
    const without = (type: string) => (data: SignedData) => {
      const attrs = data.signerInfos[0]?.signedAttrs;
      if (attrs) attrs.attributes = attrs.attributes.filter((one) => one.type !== type);
    };
    expect(await spoilt({ spoil: without('1.2.840.113549.1.9.3') })).toMatch(
      /do not name the content type/,
    );
    expect(await spoilt({ spoil: without('1.2.840.113549.1.9.4') })).toMatch(
      /hold no message digest/,
    );
    const twice = (data: SignedData) => {
      const digest = attribute(data, '1.2.840.113549.1.9.4');
      if (digest) data.signerInfos[0]?.signedAttrs?.attributes.push(digest);
    };
    expect(await spoilt({ spoil: twice })).toMatch(/hold no message digest/);
    const another = (data: SignedData) => {
      data.encapContentInfo.eContentType = '1.2.840.113549.1.9.16.1.4';
    };
    expect(await spoilt({ spoil: another })).toMatch(/name another content type/);
  });

  it('cannot be told without the certificate of its signer', async () => {
    expect(await spoilt({ certificates: false })).toMatch(
      /does not hold the certificate of its signer/,
    );
    const swap = (data: SignedData) => {
      data.certificates = [other.certificate];
    };
    expect(await spoilt({ spoil: swap })).toMatch(/does not hold the certificate/);
  });

  it('of an algorithm that is not known is refused by its object identifier', async () => {
    const spoil = (data: SignedData) => {
      const [info] = data.signerInfos;
      if (info) info.signatureAlgorithm.algorithmId = '1.2.840.10040.4.3';
    };
    expect(await spoilt({ spoil })).toMatch(/algorithm 1\.2\.840\.10040\.4\.3 is not known/);
  });

  it('of an algorithm that does not go with the key is refused', async () => {
    const spoil = (data: SignedData) => {
      const [info] = data.signerInfos;
      if (info) info.signatureAlgorithm.algorithmId = '1.2.840.10045.4.3.2';
    };
    expect(await spoilt({ spoil })).toMatch(/not one for its signature algorithm/);
  });

  it.each([
    'GOST 34.311',
    'Kupyna',
  ] as const)('of DSTU 4145 with %s is verified', async (digest) => {
    const physicians = [makeDstuPhysician('Галина Лікар', 'TINUA-1234567890')];
    const bytes = sealWithDstu(JSON_TEXT, physicians, digest);
    const how = `DSTU 4145 with ${digest}`;
    expect(read(bytes)).toEqual({
      content: DOCUMENT,
      signers: [{ name: 'Галина Лікар', taxIds: ['1234567890'], state: 'verified', how }],
    });
    const changed = Buffer.from(bytes);
    changed[bytes.indexOf('8910')] = '7'.charCodeAt(0);
    expect(problem(changed)).toMatch(
      /\(of Галина Лікар\) that is no good: the content is not what/,
    );
  });

  it('of DSTU 4145 in a normal basis is taken, and not verified', async () => {
    const bytes = await seal(JSON_TEXT, [physician], { spoil: makeDstu });
    expect(read(bytes)).toMatchObject({
      content: DOCUMENT,
      signers: [{ state: 'unverified', how: `DSTU 4145 (${LOOKS_LIKE_DSTU})` }],
    });
  });

  it('over a digest of GOST 34.311 alone is taken, and not verified', async () => {
    const spoil = (data: SignedData) => {
      const [info] = data.signerInfos;
      if (info) info.digestAlgorithm.algorithmId = '1.2.804.2.1.1.1.1.2.1';
    };
    expect(read(await seal(JSON_TEXT, [physician], { spoil, attributes: false }))).toMatchObject({
      signers: [{ state: 'unverified', how: 'a digest of DSTU (1.2.804.2.1.1.1.1.2.1)' }],
    });
    expect(await spoilt({ spoil })).toMatch(/its digest differs/);
  });

  it('of DSTU 4145 is none with a key of another kind, nor another with its key', async () => {
    const dstu = (data: SignedData) => {
      makeDstu(data);
      const [info] = data.signerInfos;
      if (info) info.signatureAlgorithm.algorithmId = '1.2.804.2.1.1.1.1.3.6.1.1';
    };
    expect(await spoilt({ spoil: dstu })).toMatch(/not one for its signature algorithm/);
    const keyAlgorithm = '1.2.804.2.1.1.1.1.3.1.1';
    const signer = await makePhysician('rsa', { keyAlgorithm });
    expect(problem(await seal(JSON_TEXT, [signer]))).toMatch(/not one for its signature algorithm/);
  });

  it('of DSTU 4145 over a digest that is known binds the content nevertheless', async () => {
    const plain = (data: SignedData) => {
      makeDstu(data);
      const [info] = data.signerInfos;
      if (info) info.digestAlgorithm.algorithmId = '2.16.840.1.101.3.4.2.1';
    };
    expect(read(await seal(JSON_TEXT, [physician], { spoil: plain }))).toMatchObject({
      signers: [{ state: 'unverified' }],
    });
    const changed = (data: SignedData) => {
      plain(data);
      data.encapContentInfo.eContent = new OctetString({ valueHex: Buffer.from('{"a":1}') });
    };
    expect(await spoilt({ spoil: changed })).toMatch(/its digest differs/);
  });

  it('comes with at most fifteen others', async () => {
    const spoil = (count: number) => (data: SignedData) => {
      const [info] = data.signerInfos;
      if (info) data.signerInfos = Array.from({ length: count }, () => info);
    };
    expect(await spoilt({ spoil: spoil(16) })).toMatch(/^no problem/);
    expect(await spoilt({ spoil: spoil(17) })).toMatch(/has 17 signatures; 16 are the most/);
  });

  it('is wanted: certificates alone do not sign', async () => {
    const spoil = (data: SignedData) => {
      data.signerInfos = [];
    };
    expect(await spoilt({ spoil })).toMatch(/without any signature/);
  });
});

describe('two signatures', () => {
  it('are both told, and one that is bad spoils the container', async () => {
    const bytes = await seal(JSON_TEXT, [physician, other]);
    expect(read(bytes)).toMatchObject({
      signers: [
        { name: 'A physician', state: 'verified' },
        { name: 'Another', state: 'verified' },
      ],
    });
    const spoil = (data: SignedData) => {
      const [, second] = data.signerInfos;
      if (second) second.signature = new OctetString({ valueHex: new Uint8Array(256).buffer });
    };
    const bad = await seal(JSON_TEXT, [physician, other], { spoil });
    expect(problem(bad)).toMatch(/\(of Another\) that is no good/);
  });
});

describe('the tax id of a signer', () => {
  it.each([
    [{ serialNumber: 'TINUA-1234567890' }, ['1234567890']],
    [{ serialNumber: '1234567890' }, ['1234567890']],
    [{ drfo: '0987654321' }, ['0987654321']],
    [{ serialNumber: 'TINUA-1234567890', drfo: '1234567890' }, ['1234567890', '1234567890']],
    [{ serialNumber: '2-1-77' }, []],
    [{}, []],
  ])('of a certificate with %j is %j', async (identity, taxIds) => {
    const bytes = await seal(JSON_TEXT, [await makePhysician('p256', identity)]);
    expect(read(bytes)).toMatchObject({ signers: [{ taxIds }] });
  });
});

describe('the bytes of a container', () => {
  it('may have an outer sequence of indefinite length', async () => {
    const der = await seal(JSON_TEXT, [physician]);
    const body = der.subarray(4); // 30 82 and two bytes of length
    const ber = Buffer.concat([Buffer.from('3080', 'hex'), body, Buffer.from('0000', 'hex')]);
    expect(read(ber)).toMatchObject({ content: DOCUMENT, signers: [{ state: 'verified' }] });
  });

  it('may have signed attributes of indefinite length', async () => {
    const spoil = (data: SignedData) => {
      const attributes = data.signerInfos[0]?.signedAttrs;
      const schema = attributes?.toSchema();
      if (!attributes || !schema) return;
      schema.lenBlock.isIndefiniteForm = true;
      schema.valueBlock.isIndefiniteForm = true;
      attributes.toSchema = () => schema;
    };
    const bytes = await seal(JSON_TEXT, [physician], { spoil });
    expect(bytes.includes(Buffer.from('a0803018', 'hex'))).toBe(true);
    expect(read(bytes)).toMatchObject({ signers: [{ state: 'verified' }] });
  });

  it('end where the container ends', async () => {
    const der = await seal(JSON_TEXT, [physician]);
    const longer = Buffer.concat([der, Buffer.from('garbage')]);
    expect(problem(longer)).toMatch(/has 7 bytes after the end of the container/);
  });

  it('are refused when they are cut off, wherever', async () => {
    const der = await seal(JSON_TEXT, [physician]);
    for (let length = 1; length < der.length; length += 7) {
      expect(problem(der.subarray(0, length))).toMatch(/^holds neither|^is /);
    }
  });

  it('may hold a content of a mebibyte', async () => {
    const long = JSON.stringify({ ...DOCUMENT, long: 'x'.repeat(1024 * 1024) });
    expect(read(await seal(long, [physician]))).toMatchObject({ signers: [{ state: 'verified' }] });
  });

  it('decide the signature: no flipped bit of the content or the signature goes unseen', async () => {
    const der = await seal(JSON_TEXT, [physician]);
    const content = der.indexOf(JSON_TEXT);
    for (const i of [content + 2, content + 20, der.length - 1, der.length - 200]) {
      const flipped = Buffer.from(der);
      flipped[i] = (flipped[i] ?? 0) ^ 1;
      expect(problem(flipped), `byte ${i} of ${der.length}`).not.toMatch(/^no problem/);
    }
  });
});
