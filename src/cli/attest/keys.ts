import { readFile, writeFile } from 'node:fs/promises';
import type { CryptoKey, JWK, KeyObject } from 'jose';
import { UsageError } from '../../sandbox-error.js';

/** By RFC 8037: Ed25519, the one kind of key that signs here. */
export const ALGORITHM = 'EdDSA';

interface Key {
  key: CryptoKey | KeyObject | Uint8Array;
  /** RFC 7638: the same for both keys of a pair. */
  thumbprint: string;
}

/** A key from a file: a JWK as `--new-key` writes it, or PEM. @throws UsageError */
export async function readKey(file: string, use: 'sign' | 'check'): Promise<Key> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw unreadable(`cannot read the key ${file} (${error.code})`);
  });
  const { importJWK, importPKCS8, importSPKI, exportJWK, calculateJwkThumbprint } = await import(
    'jose'
  );
  try {
    const isPem = text.includes('-----BEGIN');
    if (!isPem) {
      const jwk = JSON.parse(text) as JWK & { d?: string };
      if (use === 'sign' && jwk.d === undefined) throw new Error('it is a public key');
      const { d, ...open } = jwk;
      const key = (await importJWK(use === 'sign' ? jwk : (open as JWK), ALGORITHM)) as Key['key'];
      return { key, thumbprint: await calculateJwkThumbprint(open as JWK) };
    }
    const key =
      use === 'sign'
        ? await importPKCS8(text, ALGORITHM, { extractable: true })
        : await importSPKI(text, ALGORITHM, { extractable: true });
    const { d: _, ...open } = (await exportJWK(key)) as JWK & { d?: string };
    return { key, thumbprint: await calculateJwkThumbprint(open as JWK) };
  } catch (error) {
    const { message } = error as Error;
    throw unreadable(`${file} is no key that can be used here (${message})`);
  }
}

function unreadable(what: string): UsageError {
  const hint = 'make a pair with esoz-sandbox attest --new-key FILE';
  return new UsageError('ATTEST_KEY_UNREADABLE', what, hint);
}

/** Writes a pair: the private key for its owner's eyes alone. What is there stays. @throws UsageError */
export async function writeKeys(file: string): Promise<string> {
  const { generateKeyPair, exportJWK, calculateJwkThumbprint } = await import('jose');
  const pair = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true });
  const secret = await exportJWK(pair.privateKey);
  const open = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(open);
  const words = { kid, alg: ALGORITHM, use: 'sig' };
  const write = async (path: string, key: object, mode: number) =>
    writeFile(path, `${JSON.stringify({ ...key, ...words }, null, 2)}\n`, { mode, flag: 'wx' });
  try {
    await write(file, secret, 0o600);
    await write(`${file}.pub`, open, 0o644);
  } catch (error) {
    const { code, path = file } = error as NodeJS.ErrnoException;
    const what = `cannot write ${path} (${code})`;
    throw new UsageError('USAGE_CANNOT_WRITE', what, 'name a file that is not there yet');
  }
  return kid;
}
