import { adapter, base, main } from './common.mjs';

export const entry = {
  name: '@azure/core-lro, by Location',
  kind: 'other',
  what: 'its own pattern: 202 with Location and Retry-After, then a redirect',
  packages: ['@azure/core-lro'],
  pack: './test/fixtures/long-running',
  command: adapter('azure-lro-location'),
  plays: [
    {
      scenarios: ['export-done', 'export-fails', 'export-fails-in-body'],
      finds: ['retry-after-honoured'],
      may: ['expectations'],
      why: 'pollUntilDone polls before its first delay, whatever Retry-After of the 202 says; parseRetryAfter serves from then on',
    },
  ],
};

async function ask(url, init = {}) {
  const answer = await fetch(url, init);
  const text = await answer.text();
  const body = text && JSON.parse(text);
  return {
    flatResponse: body,
    rawResponse: {
      statusCode: answer.status,
      headers: Object.fromEntries(answer.headers),
      body,
      request: { method: init.method ?? 'GET', url },
    },
  };
}

await main(import.meta.url, async () => {
  const { createHttpPoller } = await import('@azure/core-lro');
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ format: 'csv' });
  const poller = createHttpPoller({
    sendInitialRequest: () => ask(`${base}/v1/exports`, { method: 'POST', headers, body }),
    sendPollRequest: (url) => ask(url),
  });
  return poller.pollUntilDone();
});
