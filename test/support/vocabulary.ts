import { TOLERANCES } from '../../src/audit/rules/index.js';
import { loadContract } from '../../src/contract/contract.js';
import { loadBinding } from '../../src/formats/binding/load.js';
import { vocabularyOf } from '../../src/sandbox/binding-words.js';

/** What scenarios of the Compositions API may name, from its binding and contract. */
export async function compositionsVocabulary() {
  const binding = await loadBinding('spec/compositions/binding.yaml');
  const contract = await loadContract('spec/compositions/openapi.yaml', binding.prefixes);
  return vocabularyOf(binding, contract, TOLERANCES);
}
