import { emptyMessage } from '../../contract/message.js';
import type { Handled, HandlerRequest } from '../handled.js';

/** The plainest success, for an operation of whose answers the contract says nothing. */
export function undescribed({ operation }: HandlerRequest, status = 200): Handled {
  return {
    outcome: { kind: 'answer', answer: emptyMessage(status) },
    journal: {
      operation: operation.id,
      note: 'the contract shows no answer that grants this request',
    },
  };
}
