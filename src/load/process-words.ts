import { nameOf } from '../contract/aliases.js';
import { answerPaths, reachAnswer } from '../contract/answer-fields.js';
import type { FieldPart, ProcessWords } from '../formats/suite/process-words.js';
import type { Api } from '../sandbox/api.js';
import { requestFields } from '../sandbox/binding-words.js';
import type { RequestFields } from '../scenario/vocabulary.js';
import { isPackaged } from './pack-description.js';

/**
 * What the steps of a suite may name.
 * @param apis one, or the kinds of jobs of one binding: they have one contract
 * @param file of the suite
 */
export function processWords(apis: readonly Api[], file: string): ProcessWords {
  const [{ contract }] = apis as [Api];
  return {
    operationOf: (said) => {
      const name = nameOf(contract, said);
      return contract.operations.has(name) ? name : undefined;
    },
    operations: () => [...contract.operations.keys()],
    schedules: (id) => apis.some(({ binding }) => binding.schedules.has(id)),
    fieldsOf: (id, part) => fieldsOf(apis[0] as Api, id, part),
    settings: apis.flatMap(({ pack }) => (pack?.settings ?? []).map(({ name }) => name)),
    lenient: isPackaged(file) && !isPackaged(contract.file),
  };
}

function fieldsOf(api: Api, id: string, part: FieldPart): RequestFields | undefined {
  if (part !== 'answer') return requestFields(api.contract, id, part);
  return { has: (name) => reachAnswer(api, id, name), names: () => answerPaths(api, id) };
}
