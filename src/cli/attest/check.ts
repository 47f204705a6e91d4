import { readFile } from 'node:fs/promises';
import type { Statement } from '../../report/statement.js';
import { SandboxError, UsageError } from '../../sandbox-error.js';
import { ALGORITHM, readKey } from './keys.js';
import { TYPE } from './sign.js';

/** A statement that cannot be trusted: its exit code is 1, where a file that cannot be read has 3. */
export class NotGenuine extends SandboxError {
  override name = 'NotGenuine';
}

/**
 * Checks a statement offline.
 * @returns what it says
 * @throws NotGenuine where another key has signed it or it was changed, UsageError where it cannot be read
 */
export async function checkStatement(file: string, keyFile: string): Promise<Statement> {
  const { key, thumbprint } = await readKey(keyFile, 'check');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      'ATTEST_UNREADABLE',
      `cannot read ${file} (${error.code})`,
      'check the path',
    );
  });
  const { compactVerify, decodeProtectedHeader } = await import('jose');
  const jws = text.trim();
  const header = readHeader(file, jws, decodeProtectedHeader);
  if (header.kid !== thumbprint) {
    const what = `${file} was signed by the key ${header.kid}, and ${keyFile} is ${thumbprint}`;
    throw new NotGenuine(
      'ATTEST_WRONG_KEY',
      what,
      'check it with the public key of who has signed it',
    );
  }
  const found = await compactVerify(jws, key, { algorithms: [ALGORITHM] }).catch(() => {
    const what = `${file} is not what was signed: it was changed afterwards`;
    throw new NotGenuine('ATTEST_CHANGED', what, 'ask for it anew');
  });
  return JSON.parse(new TextDecoder().decode(found.payload)) as Statement;
}

function readHeader(
  file: string,
  jws: string,
  decode: (token: string) => { typ?: string; kid?: string; alg?: string },
) {
  const hint = 'it is one line of three parts with a dot between them, as attest prints it';
  try {
    const header = decode(jws);
    if (header.typ === TYPE && jws.split('.').length === 3) return header;
  } catch {
    // Told below.
  }
  throw new UsageError('ATTEST_UNREADABLE', `${file} is no statement of attest`, hint);
}
