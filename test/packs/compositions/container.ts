import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }) as string;
const key = forge.pki.privateKeyFromPem(pem);

function certificate(): forge.pki.Certificate {
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.setRsaPublicKey(key.n, key.e);
  made.serialNumber = '01';
  made.validity.notBefore = new Date('2025-01-01T00:00:00Z');
  made.validity.notAfter = new Date('2026-01-01T00:00:00Z');
  const name = [{ name: 'commonName', value: 'A doctor' }];
  made.setSubject(name);
  made.setIssuer(name);
  made.sign(key, forge.md.sha256.create());
  return made;
}

/** A CMS SignedData container (SHA-256, RSA), as DER. */
export function container(content: string, detached = false): Buffer {
  const made = forge.pkcs7.createSignedData();
  made.content = forge.util.createBuffer(content, 'utf8');
  const signer = certificate();
  made.addCertificate(signer);
  made.addSigner({
    key: pem,
    certificate: signer,
    digestAlgorithm: forge.pki.oids.sha256 as string,
    authenticatedAttributes: [
      { type: forge.pki.oids.contentType as string, value: forge.pki.oids.data as string },
      { type: forge.pki.oids.messageDigest as string },
    ],
  });
  made.sign({ detached });
  return Buffer.from(forge.asn1.toDer(made.toAsn1()).getBytes(), 'latin1');
}
