import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  prepareContainers,
  readSignedContent,
} from '../../../src/packs/signature/signed-content.js';
import { needs, works } from '../../support/runtimes.js';
import { container } from './container.js';

await prepareContainers();

const OPENSSL = 'openssl';
const DOCUMENT = { title: '8910-33K4-EB46-KA3A', text: 'Висновок' };
const JSON_TEXT = JSON.stringify(DOCUMENT);

function problem(data: string | Buffer): string {
  const read = readSignedContent(typeof data === 'string' ? data : data.toString('base64'));
  return 'problem' in read ? read.problem : 'no problem';
}

describe('signed content', () => {
  it('is the JSON inside a CMS container', () => {
    const data = container(JSON_TEXT).toString('base64');
    expect(readSignedContent(data)).toMatchObject({ content: DOCUMENT });
  });

  it('may be the JSON alone, for a client that has no key yet', () => {
    const data = Buffer.from(JSON_TEXT).toString('base64');
    expect(readSignedContent(data)).toMatchObject({ content: DOCUMENT });
  });

  it('is read from base64 in either alphabet, with line breaks, with or without padding', () => {
    const bytes = container(JSON_TEXT);
    const lines = bytes.toString('base64').replace(/(.{64})/g, '$1\r\n');
    expect(readSignedContent(lines)).toMatchObject({ content: DOCUMENT });
    expect(readSignedContent(bytes.toString('base64url'))).toMatchObject({ content: DOCUMENT });
  });

  it('is read from a PEM text inside the base64', () => {
    const lines = container(JSON_TEXT)
      .toString('base64')
      .replace(/(.{64})/g, '$1\n');
    const pem = `-----BEGIN PKCS7-----\n${lines}\n-----END PKCS7-----\n`;
    expect(readSignedContent(Buffer.from(pem).toString('base64'))).toMatchObject({
      content: DOCUMENT,
    });
  });

  it('may begin with a byte order mark', () => {
    const data = Buffer.from(`\ufeff${JSON_TEXT}`).toString('base64');
    expect(readSignedContent(data)).toMatchObject({ content: DOCUMENT });
  });

  it('is refused with a reason when it cannot be read', () => {
    expect(problem('')).toMatch(/not base64/);
    expect(problem('not base64!')).toMatch(/not base64/);
    expect(problem(Buffer.from('hello'))).toMatch(
      /neither a CMS SignedData container .* nor a JSON object/,
    );
    expect(problem(Buffer.from('[1]'))).toMatch(/neither/);
    expect(problem(container(JSON_TEXT, true))).toMatch(/detached signature/);
    expect(problem(container('no JSON'))).toMatch(/no JSON object/);
    expect(problem(container(JSON_TEXT).subarray(0, 300))).toMatch(/neither/);
  });

  it('says so when the container is of another kind', () => {
    const enveloped = Buffer.from('300b06092a864886f70d010703', 'hex'); // RFC 5652 §6.1, without its content
    expect(problem(enveloped)).toMatch(/another kind \(1\.2\.840\.113549\.1\.7\.3\)/);
  });
});

describe('hostile signed content', () => {
  const MIB = 786_000; // bytes of base64 that make one mebibyte
  const filled = (pattern: string, head = '') =>
    Buffer.concat([Buffer.from(head, 'hex'), Buffer.alloc(MIB, Buffer.from(pattern, 'hex'))]);

  it.each([
    ['endless nesting of sequences', filled('3080')],
    ['endless nesting of octet strings', filled('2480')],
    ['a hundred thousand small elements', filled('06012a', '3080')],
    ['an object identifier of a mebibyte', filled('ff', '3080')],
    ['nothing but zeros', filled('00')],
    ['deeply nested lists of JSON', Buffer.from('['.repeat(390_000) + ']'.repeat(390_000))],
  ])('%s is refused, soon', (_, bytes) => {
    expect(problem(bytes)).toMatch(/neither/);
  });

  it('never throws, whichever byte of a container is wrong', () => {
    const bytes = container(JSON_TEXT);
    // Each of them: signed-content.full.test.ts.
    const some = [...bytes.entries()].filter(([i]) => i % 7 === 0);
    for (const [i, byte] of some) {
      const broken = Buffer.from(bytes);
      broken[i] = byte ^ 0xff;
      expect(() => readSignedContent(broken.toString('base64'))).not.toThrow();
    }
  });
});

describe('containers of OpenSSL', () => {
  needs('openssl');
  const folder = mkdtempSync(join(tmpdir(), 'signed-content-'));
  const path = (name: string) => join(folder, name);
  const openssl = (...args: string[]) =>
    execFileSync(OPENSSL, args, { cwd: folder, stdio: 'pipe' });

  beforeAll(async () => {
    if (!(await works('openssl'))) return;
    const subject = ['-subj', '/CN=A doctor/serialNumber=TINUA-1234567890'];
    const certify = ['req', '-x509', '-nodes', '-days', '1', ...subject];
    openssl(...certify, '-newkey', 'rsa:2048', '-keyout', 'key.pem', '-out', 'key-cert.pem');
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    openssl(...certify, ...curve, '-keyout', 'ec.pem', '-out', 'ec-cert.pem');
    writeFileSync(path('in.json'), JSON_TEXT);
    writeFileSync(path('long.json'), JSON.stringify({ ...DOCUMENT, text: 'я'.repeat(100_000) }));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const sign = (file: string, name: string, ...more: string[]) => {
    const key = [
      '-signer',
      `${name}-cert.pem`,
      '-inkey',
      `${name}.pem`,
      '-md',
      'sha256',
      '-binary',
    ];
    openssl(
      'cms',
      '-sign',
      '-nodetach',
      '-outform',
      'DER',
      '-in',
      file,
      '-out',
      'out',
      ...key,
      ...more,
    );
    return readFileSync(path('out')).toString('base64');
  };

  it.each([
    ['as it signs without options', 'key', [], 'RSA with sha256'],
    ['with the attributes of CAdES', 'key', ['-cades'], 'RSA with sha256'],
    ['without attributes', 'key', ['-noattr'], 'RSA with sha256'],
    ['naming the signer by key identifier', 'key', ['-keyid'], 'RSA with sha256'],
    ['with PSS', 'key', ['-keyopt', 'rsa_padding_mode:pss'], 'RSA-PSS with sha256'],
    ['with ECDSA', 'ec', [], 'ECDSA with sha256'],
    ['with ECDSA, without attributes', 'ec', ['-noattr'], 'ECDSA with sha256'],
  ])('are read and verified, %s', (_, key, options, how) => {
    const data = sign('in.json', key, ...options);
    const signers = [{ name: 'A doctor', taxIds: ['1234567890'], state: 'verified', how }];
    expect(readSignedContent(data)).toEqual({ content: DOCUMENT, signers });
    const bytes = Buffer.from(data, 'base64');
    const place = bytes.indexOf('8910-33K4');
    bytes[place] = '7'.charCodeAt(0);
    expect(problem(bytes)).toMatch(/\(of A doctor\) that is no good/);
  });

  it('are verified when two have signed', () => {
    const read = readSignedContent(
      sign('in.json', 'key', '-signer', 'ec-cert.pem', '-inkey', 'ec.pem'),
    );
    expect(read).toMatchObject({ signers: [{ state: 'verified' }, { state: 'verified' }] });
  });

  it('are read when they were written as a stream, in pieces of unknown length', () => {
    const read = readSignedContent(sign('long.json', 'key', '-stream'));
    expect(read).toMatchObject({
      content: { text: 'я'.repeat(100_000) },
      signers: [{ state: 'verified' }],
    });
  });

  it('are refused when the content is left out', () => {
    const key = ['-signer', 'key-cert.pem', '-inkey', 'key.pem', '-outform', 'DER', '-binary'];
    openssl('cms', '-sign', '-in', 'in.json', '-out', 'out', ...key);
    expect(problem(readFileSync(path('out')))).toMatch(/detached signature/);
  });
});
