// Public SDKs, unchanged, against bindings that say what their APIs do. What the verdict on each must be was written down
// from its source before it was run; `polling-basics` follows from the binding, no scenario is written.
const PLAYED = ['expectations', 'reaches-the-end', 'reads-the-result', 'gives-up'];

const sdk = (
  folder,
  { name, packages, what, shows, suite, client = 'client', finds, may = [], why },
) => ({
  name,
  shows,
  kind: 'other',
  what,
  packages,
  pack: `./test/sdks/${folder}`,
  command: ['node', `test/sdks/${folder}/${client}.mjs`],
  plays: [{ suite: suite ?? 'polling-basics', finds, may, why }],
});

export const SDKS = [
  sdk('openai', {
    name: 'openai, batches',
    suite: 'batches/polling-basics',
    shows:
      'Two kinds of jobs in one document, what they have in common written once; seconds since 1970, ids with a prefix, cancelling.',
    packages: ['openai'],
    what: 'batches.retrieve in a loop of 5 s; the SDK repeats what has failed twice',
    finds: [],
    why: 'no answer says when to come back, and 5 s are long enough; retryRequest honours Retry-After, else it waits 0.4 to 0.5 s; shouldRetry throws 401 and 404',
  }),
  sdk('openai', {
    name: 'openai, files of a vector store',
    suite: 'files/polling-basics',
    client: 'files',
    shows: 'The other kind of the same binding: `poll_hint` is its own word for coming back.',
    packages: ['openai'],
    what: 'fileBatches.createAndPoll: at once, then as openai-poll-after-ms says',
    finds: [],
    why: 'poll() sleeps for the milliseconds of the header; retryRequest and shouldRetry as above',
  }),
  sdk('replicate', {
    name: 'replicate',
    shows:
      '`Prefer: wait`, moments of creation, start and end, progress, cancelling, addresses of the job itself.',
    packages: ['replicate'],
    what: 'predictions.create, then wait(): at once, then every 0.5 s',
    finds: ['spacing', 'retry-after-honoured'],
    may: ['backs-off', 'expectations'],
    why: 'the interval of wait() is 500 ms; withAutomaticRetries sleeps only for a delay that is an integer, and with jitter it never is',
  }),
  sdk('assemblyai', {
    name: 'assemblyai',
    shows:
      'One envelope of nothing in the place of `bare` in each answer; refusals have the form of the contract. It suits the public document too.',
    packages: ['assemblyai'],
    what: 'transcripts.transcribe: at once, then every 3 s',
    finds: ['survives-a-blip'],
    may: PLAYED,
    why: 'BaseService.fetch throws at 503 and at a reset, and waitUntilReady does not catch',
  }),
  sdk('azure', {
    name: '@azure/core-lro, by Operation-Location',
    shows:
      '202 with `Operation-Location`, then a status monitor; `Retry-After` says when to come back.',
    packages: ['@azure/core-lro'],
    what: 'asks at once, then as Retry-After says',
    finds: ['retry-after-honoured', 'survives-a-blip'],
    may: PLAYED,
    why: 'pollUntilDone polls before its first delay, whatever Retry-After of the 202 says; toOperationStatus takes 503 for "failed", and a reset is thrown',
  }),
  sdk('bulk-export', {
    name: 'bulk export of FHIR',
    shows:
      'A GET that schedules, an open job without a body, progress in a header, deleting and expiry, a failure told by 500 in a media type of its own.',
    packages: [],
    what: 'the pattern of the guide: as Retry-After says, longer after each failure',
    finds: [],
    why: 'it waits as it is told, goes on at 429, 503 and a reset, and stops at any other error',
  }),
  sdk('device', {
    name: 'openid-client, device flow',
    shows:
      'RFC 8628: a poll is a POST whose form names the job; `interval` and `slow_down` say how often.',
    packages: ['openid-client'],
    what: 'pollDeviceAuthorizationGrant: after the interval of 5 s, more after slow_down; as Retry-After says after a 503',
    finds: ['survives-a-blip'],
    may: PLAYED,
    why: 'pollGrant waits before each request and goes on at authorization_pending and at 503 with Retry-After; what fetch throws goes through errorHandler and ends it',
  }),
];
