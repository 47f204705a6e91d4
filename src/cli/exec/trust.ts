import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';

/** What a command needs to trust the sandbox. */
export interface TrustVariables {
  variables: Record<string, string>;
  /** Removes the files that the variables name. */
  close(): Promise<void>;
}

/** Names a file of authorities that is trusted besides the usual ones: nodejs.org/api/cli.html. */
const BESIDES = 'NODE_EXTRA_CA_CERTS';

/**
 * Each names a file that takes the place of the usual authorities: of OpenSSL (Python, PHP, Ruby, Go, .NET on
 * Linux), of Python's requests, of curl. The usual ones are put into it too: a client may call others as well.
 */
const INSTEAD = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'];

/** Where Linux and the BSDs keep what a machine trusts; Go's crypto/x509 looks through the same. */
const SYSTEM = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/**
 * Variables by which clients of many languages trust an authority, beside what they trust already.
 * @param authority file of its certificate
 * @param env what the command would have without them
 */
export async function trustAuthority(
  authority: string,
  env: NodeJS.ProcessEnv,
): Promise<TrustVariables> {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-trust-'));
  const own = await readFile(authority, 'utf8');
  const usual = (await firstOf(SYSTEM)) ?? rootCertificates.join('\n');
  const variables: Record<string, string> = {};
  for (const name of [BESIDES, ...INSTEAD]) {
    const before = await firstOf([env[name] ?? '']);
    const file = join(folder, `${name}.pem`);
    const others = before ?? (name === BESIDES ? '' : usual);
    await writeFile(file, `${own}${others}`);
    variables[name] = file;
  }
  return { variables, close: () => rm(folder, { recursive: true, force: true }) };
}

async function firstOf(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    const text = file === '' ? undefined : await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
  return undefined;
}
