// The poller of the Azure SDK for JavaScript (@azure/core-lro) as a waiting machine: a fixed interval,
// Retry-After when there is one, and an end at the first answer that it cannot read as "running".
import { createHttpPoller } from '@azure/core-lro';
import { headers, pace, pollUrl, readResult, schedule } from './scheduled.mjs';

/** The platform's words in Azure's. */
const STATUS = { PENDING: 'Running', DONE: 'Succeeded', FAILED: 'Failed' };

const { body, job } = await schedule();

async function toLro(answer, url) {
  const { data } = await answer.json();
  return {
    flatResponse: data,
    rawResponse: {
      statusCode: answer.status,
      headers: { ...Object.fromEntries(answer.headers), 'operation-location': pollUrl(job.id) },
      body: data && { ...data, status: STATUS[data.status] ?? data.status },
      request: { method: 'POST', url },
    },
  };
}

const poller = createHttpPoller(
  {
    sendInitialRequest: async () => ({
      flatResponse: job,
      rawResponse: {
        statusCode: 202,
        headers: { 'operation-location': pollUrl(job.id) },
        body: { status: STATUS[job.status] },
        request: { method: 'POST', url: pollUrl(job.id) },
      },
    }),
    sendPollRequest: async (url) => toLro(await fetch(url, { headers }), url),
  },
  { intervalInMs: 2000 / pace, resolveOnUnsuccessful: true, skipFinalGet: true },
);
try {
  const end = await poller.pollUntilDone();
  process.stdout.write(`${end?.status}\n`);
  if (end?.status === 'DONE') await readResult(body, end);
} catch (error) {
  process.stdout.write(`${error.message}\n`);
}
