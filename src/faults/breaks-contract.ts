import { replaceWhere } from '../contract/json-edit.js';
import { toldValue, withValue } from '../contract/message.js';
import { declareFault } from './declare.js';

/** The first value that the contract wants otherwise, the job's state before all others, is a number. */
export const breaksContract = declareFault({
  name: 'breaks-contract',
  title: 'JSON that breaks the contract',
  read: 'maybe',
  answer: 'damaged',
  settings: [],
  corrupt: (message, _, { state, contract, operation }) => {
    const asked = contract.operations.get(operation);
    if (!asked) return message;
    const { status, mediaType } = message;
    const isBreach = (value: unknown) =>
      contract.validator.answer(asked, status, mediaType, value).length > 0;
    const broken = replaceWhere(toldValue(message), state, isBreach);
    return broken === undefined ? message : withValue(message, broken);
  },
});
