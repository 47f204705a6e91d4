// The pipeline of the Azure SDKs, which repeats what has failed, is not among its packages here: the poller alone.
import { createHttpPoller } from '@azure/core-lro';
import { base, end } from '../common.mjs';

async function ask(url, init = {}) {
  const answer = await fetch(url, init);
  const text = await answer.text();
  const body = text === '' ? undefined : JSON.parse(text);
  const headers = Object.fromEntries(answer.headers);
  const request = { method: init.method ?? 'GET', url };
  return { flatResponse: body, rawResponse: { statusCode: answer.status, headers, body, request } };
}

await end(async () => {
  const poller = createHttpPoller({
    sendInitialRequest: () =>
      ask(`${base}/documents/invoice:analyze?api-version=2026-01-01`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ source: 'https://files.example/a.pdf' }),
      }),
    sendPollRequest: (url) => ask(url),
  });
  return (await poller.pollUntilDone()).result;
});
