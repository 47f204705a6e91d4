import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { TlsOptions } from '../../load/server-options.js';
import { UsageError } from '../../sandbox-error.js';
import type { TlsCredentials } from './credentials.js';

/**
 * Reads one's own key and certificate, or makes some.
 * @param host what the server listens on
 * @param notice told of what is odd and does not hinder
 * @throws UsageError
 */
export async function loadTls(
  options: TlsOptions,
  host: string,
  notice: (text: string) => void,
): Promise<TlsCredentials> {
  const { key, cert, passphrase, folder } = options;
  if (key !== undefined && cert !== undefined) return readOwn(key, cert, passphrase, notice);
  if (key !== undefined || cert !== undefined) {
    const hint = 'name both files, or neither for a certificate that is made';
    const what = '--tls-key and --tls-cert go together';
    throw new UsageError('USAGE_OPTION_CONFLICT', what, hint);
  }
  const { issueFor } = await import('./authority.js');
  return issueFor(host, folder);
}

async function readOwn(
  keyFile: string,
  certFile: string,
  passphrase: string | undefined,
  notice: (text: string) => void,
): Promise<TlsCredentials> {
  const [key, cert] = await Promise.all([read(keyFile), read(certFile)]);
  try {
    createSecureContext({ key, cert, passphrase });
  } catch (error) {
    throw unusable(`${keyFile} and ${certFile}`, error as NodeJS.ErrnoException);
  }
  const certificate = new X509Certificate(cert);
  const { validFrom, validTo, subject } = certificate;
  const now = Date.now();
  if (Date.parse(validTo) < now) notice(`warning: ${certFile} has expired (${validTo})`);
  if (Date.parse(validFrom) > now) notice(`warning: ${certFile} is not valid yet (${validFrom})`);
  const own = certificate.issuer === subject && certificate.verify(certificate.publicKey);
  return { key, cert, passphrase, authority: own ? certFile : undefined };
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const hint = 'name a file in PEM that you may read';
    throw new UsageError('USAGE_TLS_UNUSABLE', `cannot read ${file} (${error.code})`, hint);
  });
}

/** What OpenSSL says of keys and certificates, in the words of who has to mend it. */
function unusable(files: string, { code = '', message }: NodeJS.ErrnoException): UsageError {
  const what = `${files} cannot be used for https (${code || message})`;
  if (/VALUES_MISMATCH/.test(code)) {
    return new UsageError('USAGE_TLS_UNUSABLE', what, 'the key is not that of the certificate');
  }
  if (/PASSWORD|DECRYPT|INTERRUPTED_OR_CANCELLED/.test(code)) {
    const hint = 'give the passphrase of the key in ESOZ_TLS_PASSPHRASE';
    return new UsageError('USAGE_TLS_UNUSABLE', what, hint);
  }
  const hint = 'both are PEM: -----BEGIN PRIVATE KEY-----, -----BEGIN CERTIFICATE-----';
  return new UsageError('USAGE_TLS_UNUSABLE', what, hint);
}
