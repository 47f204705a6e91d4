import forge from 'node-forge';

let signer: { key: forge.pki.rsa.PrivateKey; certificate: forge.pki.Certificate } | undefined;

/** A CMS SignedData container (RFC 5652) around some JSON, DER in base64: what a MIS sends to sign. */
export function cms(content: unknown): string {
  const { key, certificate } = makeSigner();
  const container = forge.pkcs7.createSignedData();
  container.content = forge.util.createBuffer(JSON.stringify(content), 'utf8');
  container.addCertificate(certificate);
  container.addSigner({
    key,
    certificate,
    digestAlgorithm: forge.pki.oids.sha256 as string,
    authenticatedAttributes: [
      { type: forge.pki.oids.contentType as string, value: forge.pki.oids.data as string },
      { type: forge.pki.oids.messageDigest as string },
    ],
  });
  container.sign();
  return forge.util.encode64(forge.asn1.toDer(container.toAsn1()).getBytes());
}

function makeSigner() {
  if (signer) return signer;
  const keys = forge.pki.rsa.generateKeyPair(2048);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = keys.publicKey;
  certificate.serialNumber = '01';
  const name = [{ name: 'commonName', value: 'Test Physician' }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.validity.notBefore = new Date('2026-01-01');
  certificate.validity.notAfter = new Date('2036-01-01');
  certificate.sign(keys.privateKey, forge.md.sha256.create());
  signer = { key: keys.privateKey, certificate };
  return signer;
}
