import { at, textOf } from '../../../contract/json.js';
import { sameTaxId, taxIdOfEmployee } from '../../signature/tax-id.js';
import { type BusinessRule, SIGN_PAGE } from './business-rule.js';
import type { Signing } from './signing.js';

/**
 * The tax id of a signer's certificate is that of the author. The sandbox knows an employee only when
 * one has been put there by hand; of any other it cannot tell.
 */
export const signerIsAuthor: BusinessRule<Signing> = {
  name: 'signer-is-author',
  code: '',
  title: 'One of the signers is the author of the conclusion',
  source: SIGN_PAGE,
  broken: ({ composition, signers }, world) => {
    if (signers.length === 0) return undefined;
    const author = textOf(at(composition.document, 'author.value') ?? '');
    const taxId = taxIdOfEmployee(world, author);
    if (taxId === undefined) {
      world.note(unknownAuthor(author));
      return undefined;
    }
    const signed = signers.flatMap(({ taxIds }) => taxIds);
    if (signed.some((one) => sameTaxId(one, taxId))) return undefined;
    const names = signers.map(({ name }) => name).join(', ');
    return { what: `the signer (${names}, ${tell(signed)}) is not the author, employee ${author}` };
  },
};

function unknownAuthor(author: string): string {
  return `whether the signer is the author is not known: put employee ${author} with its tax_id among the resources`;
}

function tell(taxIds: readonly string[]): string {
  return taxIds.length > 0 ? `tax id ${taxIds.join(', ')}` : 'no tax id in the certificate';
}
