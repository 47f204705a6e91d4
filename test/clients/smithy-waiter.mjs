// The waiter of the AWS SDK for JavaScript (@smithy/util-waiter) as a waiting machine: exponential
// backoff with jitter between a least and a greatest delay, a greatest time to wait. It knows no eta.
import { createWaiter, WaiterState } from '@smithy/util-waiter';
import { headers, pace, pollUrl, readResult, schedule } from './scheduled.mjs';

const { body, job } = await schedule();

const options = {
  client: undefined,
  maxWaitTime: 40 / pace,
  minDelay: 2 / pace,
  maxDelay: 10 / pace,
};
const { state, reason } = await createWaiter(options, job.id, async (_, id) => {
  try {
    const answer = await fetch(pollUrl(id), { headers });
    const { data } = await answer.json();
    if (data?.status === 'DONE') return { state: WaiterState.SUCCESS, reason: data };
    if (data?.status === 'FAILED') return { state: WaiterState.FAILURE, reason: data };
    return { state: WaiterState.RETRY, reason: answer.status };
  } catch (error) {
    return { state: WaiterState.RETRY, reason: String(error) };
  }
});
process.stdout.write(`${state}\n`);
if (state === WaiterState.SUCCESS) await readResult(body, reason);
