/** Where every sentence is said to people; elsewhere only what stands in a `say` or a `t`. */
export const SPEAKING = [
  /^audit\//,
  /^contract\//,
  /^formats\/(?!reference|editor-words)/,
  /^guess\/(?:draft-beside|find-|job-place|kind-text|binding-text)/,
  /^load\//,
  /^(?:problem|size|yaml[\w-]*|time\/duration|scenario\/same-conditions)\.ts$/,
  /^sandbox\/(?:binding-faults\/|check-answers\.ts)/,
];

/** What looks like a sentence and is none. */
export const UNSAID = [
  /^[\w.+-]+\/[\w.+-]+(; ?charset=|$)/,
  /^\s*<[a-z!]/i,
  /^expect\.\w+: (?:a result|the result|the client never)$|^reads-the-result: never read$/,
  /^built anew$|^scenarios show /,
  /^# |^#\s|^[a-z]+: inline$|^[(^\\]/,
];

/** Texts of some files that people meet elsewhere: in schemas of editors, in pages, in files that are written. */
export const NOT_SAID_THERE = [
  [
    /^formats\//,
    /^ ?(?!RFC )[A-Z]|^\{0\} (?:An operationId|Left out)|^state, operation, kind|^(?:true|false):/,
  ],
  [
    /^formats\//,
    /^(?:the job (?:goes on|is done:|has failed|was cancelled)|with the answer|with what the job|in the answer|in a resource)/,
  ],
  [
    /^formats\//,
    /^(?:behind exactly|a guess|before its eta|it (?:has run|is answered|lacks)|the same, and|by Standard|24 hex|integers from 1$)/,
  ],
  [
    /^formats\//,
    /^(?:all of them when|newest first$|oldest first$|token event|until released| from start)/,
  ],
  [/^formats\//, /^(?:-?\d+s|job_|ord_|header\.X-Id) (?:as|from|and|or) /],
  [
    /^contract\//,
    /^(?:closed part|compiled checks|ref in place|type: |required flag|same forms|integers from 1$|\d+ )/,
  ],
  [/^guess\//, /^What |^The job has failed$/],
];

/** Words that stand in data, by which the code speaks: joints of lists, states of what is told. */
export const SAID_ELSEWHERE = [
  // src/audit puts these together of parts
  ' and ',
  ' or ',
  'after the answer to a poll was lost, although job {0} may be there',
  'after the answer to a poll was {0}, although job {1} may be there',
  'expect.submissions.at_most: {0} scheduled a job, at most {1} was expected',
  'expect.submissions.at_most: {0} scheduled a job, at most {1} were expected',
  'step {0} «{1}»',
  'step {0} «{1}» (line {2})',
  'the cookie {0}',
  'the header {0}',
  'the job had its result read {0} after a webhook that came {1}',
  'the job led to the same request {0} after a webhook that came {1}',
  'the job was asked for {0} after a webhook that came {1}',
  'the query parameter {0}',
  'up to {0}',
  '{0} by HTTP {1}',
  '{0} failures',
  '{0} min',
  '{0} ms',
  '{0} of {1} did not wait for {2}: the next request came up to {3} too early',
  '{0} of {1} was not taken: {2}',
  '{0} of {1} were not taken: {2}',
  '{0} s',
  // files are told of by these, put together of parts, and by libraries
  '{0} is missing, which {1} requires',
  '{0} are missing, which {1} requires',
  '{0}; so does one more: {1}',
  '{0}; so do {1} more: {2}',
  '{0}; the same of {1}',
  'from {0} or more',
  'known: {0}',
  'path parameter "{0}"',
  'query parameter "{0}"',
  'unknown envelope "{0}"',
  'unknown fault "{0}"',
  'unknown order "{0}"',
  'unknown outcome "{0}"',
  'unknown shape of {0} "{1}"',
  'unknown signature "{0}"',
  'unknown token event "{0}"',
  'unknown unit "{0}"',
  'unknown {0} "{1}"',
  '{0}: the pack {1} has no setting "{2}"',
  'write {0}',
  '{{0}} has {1}',
  'must NOT have more than {0} characters',
  'must NOT have fewer than {0} characters',
  'must NOT have more than {0} items',
  'must NOT have fewer than {0} items',
  'must match pattern "{0}"',
  'Tabs are not allowed as indentation',
  'Nested mappings are not allowed in compact mappings',
  'Sequence item without - indicator',
  'Flow map in block collection must be sufficiently indented and end with a }',
  'Flow sequence in block collection must be sufficiently indented and end with a ]',
  'Implicit keys need to be on a single line',
  'All mapping items must start at the same column',
  'Map keys must be unique',
  // time lines: what a poll was told, and lengths of time
  'unknown',
  'unreadable',
  'gone',
  'refused',
  'rejected',
  'failure',
  'lost',
  '{0} h',
  '{0} d',
  // src/guess says these by way of a file of its own
  '`{0}` of its answer says when to ask again',
  'its {0} declares {1}, which says when to ask again',
  'Nothing in the document looks like a job: every operation is answered from its examples and schemas.',
  '{0}, until its run was stopped',
  '{0}; a later attempt was',
];
