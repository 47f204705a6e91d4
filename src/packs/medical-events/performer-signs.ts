import { at, textOf } from '../../contract/json.js';
import type { BusinessError } from '../../sandbox/pack.js';
import { readSignedContent } from '../signature/signed-content.js';
import { sameTaxId, taxIdOfEmployee } from '../signature/tax-id.js';
import { conflict } from './failures.js';
import { target } from './reference.js';
import type { Task } from './task.js';

/**
 * An encounter is signed by its performer, whom the service knows by the tax id (ДРФО) of the certificate. Nothing can
 * be said where the session does not know this employee's, or where plain JSON came in place of a container.
 */
export function judgePerformer({ said, job, world }: Task): BusinessError | undefined {
  const taxId = taxIdOfEmployee(world, target(said, 'encounter.performer'));
  if (taxId === undefined) return undefined;
  const read = readSignedContent(textOf(at(job.body, 'signed_data') ?? ''));
  if ('problem' in read || read.signers.length === 0) return undefined;
  const signed = read.signers.flatMap(({ taxIds }) => taxIds);
  if (signed.length === 0) return conflict('Invalid drfo');
  return signed.some((one) => sameTaxId(one, taxId))
    ? undefined
    : conflict('Does not match the signer drfo');
}
