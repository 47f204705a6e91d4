import { adapter, base, main } from './common.mjs';

export const entry = {
  name: '@aws-sdk/client-signer',
  kind: 'other',
  what: 'waitUntilSuccessfulSigningJob, 2 to 10 s, 40 s long; the SDK repeats each request twice',
  packages: ['@aws-sdk/client-signer'],
  pack: './test/conformance/apis/signer',
  command: adapter('aws-signer'),
  plays: [
    {
      suite: 'polling-basics',
      finds: ['stops-on-refusal'],
      may: ['spacing', 'backs-off', 'expectations'],
      why: 'checkState takes 403 for RETRY; 404 is FAILURE; StandardRetryStrategy waits for Retry-After, else up to 0.1 s by full jitter',
    },
    {
      scenarios: ['no-end'],
      finds: ['gives-up'],
      may: ['expectations'],
      why: 'maxWaitTime is 40 s, the patience of the scenario 12',
    },
    {
      scenarios: ['lost-submission'],
      finds: [],
      may: ['spacing', 'backs-off'],
      why: 'the POST is repeated with the same clientRequestToken, which makes one job of it',
    },
  ],
};

await main(import.meta.url, async () => {
  const { SignerClient, StartSigningJobCommand, waitUntilSuccessfulSigningJob } = await import(
    '@aws-sdk/client-signer'
  );
  const credentials = { accessKeyId: 'id', secretAccessKey: 'key' };
  const client = new SignerClient({ region: 'eu-central-1', endpoint: base, credentials });
  const request = { profileName: 'p', source: { s3: {} }, destination: { s3: {} } };
  const { jobId } = await client.send(new StartSigningJobCommand(request));
  const limits = { client, minDelay: 2, maxDelay: 10, maxWaitTime: 40 };
  return (await waitUntilSuccessfulSigningJob(limits, { jobId })).state;
});
