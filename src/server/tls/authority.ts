import { randomUUID, X509Certificate } from 'node:crypto';
import { chmod, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../sandbox-error.js';
import { addressesOf } from '../http/own-address.js';
import type { TlsCredentials } from './credentials.js';
import { type Issuer, makeAuthority, makeLeaf, readIssuer } from './make-certificate.js';

/** A new authority is made when the old one ends sooner; in milliseconds. */
const TOO_SOON = 30 * 86_400_000;

/** What a client may call the sandbox by, wherever that listens. */
const USUAL = ['localhost', '127.0.0.1', '::1', 'host.docker.internal'];

/**
 * A certificate for the addresses of a server, of an authority that is made once and kept in a folder of
 * the user: who trusts it once does so at the next start too. The certificate's own key is never written.
 * @throws UsageError when the folder cannot be used
 */
export async function issueFor(host: string, folder = usualFolder()): Promise<TlsCredentials> {
  try {
    const issuer = await openAuthority(folder);
    const names = [...new Set([...USUAL, hostname(), ...namesOf(host)])].filter(isName);
    return { ...(await makeLeaf(issuer, names, Date.now())), authority: join(folder, 'ca.pem') };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof UsageError) throw error;
    const what = `cannot keep an authority for https in ${folder} (${code ?? message})`;
    const hint = 'name a folder that you may write to with --tls-folder';
    throw new UsageError('USAGE_TLS_UNUSABLE', what, hint);
  }
}

/** Data and no cache: what is trusted must not vanish when room is made. */
function usualFolder(): string {
  const { env, platform } = process;
  const home = homedir();
  if (platform === 'win32') {
    return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'esoz-sandbox', 'tls');
  }
  if (platform === 'darwin')
    return join(home, 'Library', 'Application Support', 'esoz-sandbox', 'tls');
  // XDG Base Directory Specification.
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'esoz-sandbox', 'tls');
}

/** Hosts of every address at which a server that listens there can be called. */
function namesOf(host: string): string[] {
  return addressesOf('https', host, 443).map((url) =>
    url.replace(/^https:\/\/\[?|\]?:443$/g, '').replace(/%25.*$/, ''),
  );
}

/** RFC 5280 §4.2.1.6: no more than letters, digits and hyphens; or an address. */
function isName(name: string): boolean {
  return /^[\w.:-]+$/.test(name);
}

/** Reads the authority of a folder, or makes one. Two processes that make one at a time keep the first. */
async function openAuthority(folder: string): Promise<Issuer> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'ca-key.pem');
  let text = await readFile(file, 'utf8').catch(noFile);
  if (text === undefined || endsSoon(text)) {
    if (text !== undefined) await rm(file, { force: true });
    const { key, cert } = await makeAuthority(hostname(), Date.now());
    const draft = draftOf(file);
    await writeFile(draft, key + cert, { mode: 0o600 });
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') return rename(draft, file);
      return undefined;
    });
    await rm(draft, { force: true });
    text = await readFile(file, 'utf8');
  }
  await chmod(file, 0o600);
  const issuer = await readIssuer(text).catch(() => {
    const hint = 'remove the file, and a new authority is made, which clients have to trust anew';
    throw new UsageError('USAGE_TLS_UNUSABLE', `${file} holds no authority`, hint);
  });
  await publish(join(folder, 'ca.pem'), issuer.cert);
  return issuer;
}

/** Nobody reads half a file. */
function draftOf(file: string): string {
  return `${file}.${randomUUID()}`;
}

function noFile(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function endsSoon(text: string): boolean {
  try {
    return Date.parse(new X509Certificate(text).validTo) < Date.now() + TOO_SOON;
  } catch {
    return false;
  }
}

/** The part that clients get; written anew only where it is another. */
async function publish(file: string, cert: string): Promise<void> {
  if ((await readFile(file, 'utf8').catch(noFile)) === cert) return;
  const draft = draftOf(file);
  await writeFile(draft, cert, { mode: 0o644 });
  await rename(draft, file);
}
