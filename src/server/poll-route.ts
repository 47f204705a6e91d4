import type { Operation } from '../contract/operation.js';
import { currentState, toldOutcome } from '../sandbox/job.js';
import { pollJob } from '../sandbox/poll.js';
import { readQuery } from './address.js';
import { admit } from './admission.js';
import type { Exchange } from './exchange.js';
import { finish, finishChecked, finishRefusal } from './finish.js';

/**
 * The short way of a poll: it never enters Express, which alone would cost four fifths of the
 * throughput. Everything else of the API goes through {@link makeApp}.
 */
export function answerPoll(
  exchange: Exchange,
  operation: Operation,
  params: Record<string, string>,
): void {
  const { session, req, query } = exchange;
  const { setup } = session;
  const refusal = admit(
    setup,
    operation,
    params,
    query === '' ? {} : readQuery(query),
    req.headers,
  );
  const id = params[setup.binding.report.job] ?? '';
  if (refusal) {
    finishRefusal(exchange, refusal, { operation: operation.id, job: id });
    return;
  }
  const polled = pollJob(session, id, exchange.asker);
  if (!polled) {
    const message = `Job ${id} is not found in session ${session.name}`;
    finishRefusal(exchange, { status: 404, message }, { operation: operation.id, job: id });
    return;
  }
  const { answer, job, step, state, eta } = polled;
  const remarks = {
    operation: operation.id,
    job: job.id,
    scenario: job.scenario.name,
    step: job.cursor.step,
    state: currentState(setup.binding, job),
    told: state && toldOutcome(setup.binding, job, state),
    eta,
    delay: step.delay,
    ...(job.notes ? { note: job.notes.join('; ') } : {}),
  };
  if (step.offContract) finish(exchange, answer, remarks);
  else finishChecked(exchange, operation, answer, remarks);
}
