import type { Contract } from '../../contract/contract.js';
import { toldValue } from '../../contract/message.js';
import type { Answer } from '../../sandbox/answer.js';
import type { Api } from '../../sandbox/api.js';
import { describeRefusal } from '../../sandbox/describe-refusal.js';
import type { Handled } from '../../sandbox/handled.js';
import type { Renderer } from '../../sandbox/render.js';
import type { Response } from './respond.js';

/** What may be sent of what was decided. */
interface Checked {
  response: Response;
  /** The contract does not allow what was decided, so it has not happened. */
  broken: boolean;
}

/**
 * An answer goes out if the contract allows it; else the sandbox itself is at fault and says so. Where
 * nothing is answered no contract is broken, and a refusal is the sandbox's own word.
 */
export function checkAgainstContract(
  { contract, binding }: Api,
  renderer: () => Renderer,
  { outcome, journal, delay }: Handled,
): Checked {
  if (outcome.kind === 'refusal') {
    const answer = renderer().refusal(outcome.refusal);
    Object.assign(answer.headers, outcome.headers);
    const refused = describeRefusal(binding, outcome.refusal);
    return { response: { answer, journal: { ...journal, refused }, delay }, broken: false };
  }
  const { answer, checkedBy, form } = outcome;
  const known = form && checkedForms(contract, form.of);
  if (form && known?.has(form.envelope))
    return { response: { answer, journal, delay }, broken: false };
  const [first] = checkedBy ? breaches(contract, answer, checkedBy) : [];
  if (!first && form) known?.add(form.envelope);
  if (!first) return { response: { answer, journal, delay }, broken: false };
  const note = `the answer (${answer.status}) would break the contract at ${first.at}: ${first.description}`;
  const message = `The sandbox has no answer that the contract allows: ${note}`;
  return {
    response: {
      answer: renderer().refusal({ status: 500, code: 'ANSWER_BREAKS_CONTRACT', message }),
      journal: { ...journal, reportedOutcome: undefined, eta: undefined, note, refused: message },
    },
    broken: true,
  };
}

const forms = new WeakMap<Contract, WeakMap<object, Set<string>>>();

/** Envelopes in which answers made from something are known to keep a contract. */
function checkedForms(contract: Contract, of: object): Set<string> {
  let ofContract = forms.get(contract);
  if (!ofContract) {
    ofContract = new WeakMap();
    forms.set(contract, ofContract);
  }
  let found = ofContract.get(of);
  if (!found) {
    found = new Set();
    ofContract.set(of, found);
  }
  return found;
}

function breaches(
  { validator }: Contract,
  answer: Answer,
  operation: Parameters<typeof validator.answer>[0],
) {
  const { status, mediaType } = answer;
  return status === 0 ? [] : validator.answer(operation, status, mediaType, toldValue(answer));
}
