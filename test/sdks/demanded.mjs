// Public SDKs, unchanged, against bindings that say what their APIs do. What the verdict on each must be was written down
// from its source before it was run; `polling-basics` follows from the binding, no scenario is written.
const PLAYED = ['expectations', 'reaches-the-end', 'reads-the-result', 'gives-up'];

const sdk = (folder, { name, packages, what, shows, finds, may = [], why }) => ({
  name,
  shows,
  kind: 'other',
  what,
  packages,
  pack: `./test/sdks/${folder}`,
  command: ['node', `test/sdks/${folder}/client.mjs`],
  plays: [{ suite: 'polling-basics', finds, may, why }],
});

export const SDKS = [
  sdk('openai', {
    name: 'openai, batches',
    shows:
      'Ids with a prefix, fields of the request told again, no envelope. No answer says when to come back.',
    packages: ['openai'],
    what: 'batches.retrieve in a loop of 5 s; the SDK repeats what has failed twice',
    finds: [],
    why: 'no answer says when to come back, and 5 s are long enough; retryRequest honours Retry-After, else it waits 0.4 to 0.5 s; shouldRetry throws 401 and 404',
  }),
  sdk('replicate', {
    name: 'replicate',
    shows: "201 with the job in it; the job's own address in each answer.",
    packages: ['replicate'],
    what: 'predictions.create, then wait(): at once, then every 0.5 s',
    finds: ['spacing', 'retry-after-honoured'],
    may: ['backs-off', 'expectations'],
    why: 'the interval of wait() is 500 ms; withAutomaticRetries sleeps only for a delay that is an integer, and with jitter it never is',
  }),
  sdk('assemblyai', {
    name: 'assemblyai',
    shows:
      "The shortest form: one envelope of nothing stands for `bare` in each answer, refusals have the contract's form.",
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
      'A GET that schedules, an open job without a body, a failure told by 500 in a media type of its own.',
    packages: [],
    what: 'the pattern of the guide: as Retry-After says, longer after each failure',
    finds: [],
    why: 'it waits as it is told, goes on at 429, 503 and a reset, and stops at any other error',
  }),
];
