/** Where every sentence is said to people; elsewhere only what stands in a `say` or a `t`. */
export const SPEAKING = [/^audit\//];

/** What looks like a sentence and is none. */
export const UNSAID = [
  /^[\w.+-]+\/[\w.+-]+(; ?charset=|$)/,
  /^\s*<[a-z!]/i,
  /^expect\.\w+: (?:a result|the result|the client never)$|^reads-the-result: never read$/,
  /^built anew$|^scenarios show /,
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
  '{0}, until its run was stopped',
  '{0}; a later attempt was',
];
