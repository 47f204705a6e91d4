/** Where every sentence is said to people; elsewhere only what stands in a `say` or a `t`. */
export const SPEAKING = [
  /^audit\/(?!rules\/sources)/,
  /^cli\/(?!catalogue-page|curl-lines)/,
  /^report\/(?!html|json|junit|code-quality)/,
  /^report\/html\/(outcome|chapter)/,
  /^view\//,
];

/** What looks like a sentence and is none. */
export const UNSAID = [
  /^[\w.+-]+\/[\w.+-]+(; ?charset=|$)/,
  /<\/?[a-z][^>]*>$|^\s*(- )?<[a-z!]/i,
  /^::warning /,
  /^\{0\} \[y\/N\]/,
  // Options and commands as commander takes them, lines for a shell.
  /^--[\w-]+ <[^>]+>$/,
  /^\w+ [<[][\w.]+[>\]]$/,
  /^(certutil|SSL_CERT_FILE|curl|Node|Python|PHP|Java| {4,}java)[ =]/,
  // How findings begin that a cause goes by.
  /^(reads-the-result|expect\.\w+): (never read|the client never|(a|the) result)$/,
];

/** What commander says by itself. */
const COMMANDER = [
  ...['Usage:', 'Arguments:', 'Options:', 'Commands:'],
  ...['choices', 'default', 'env', 'preset'],
  ...['display help for command', 'output the version number'],
  "error: unknown option '{0}'",
  "error: unknown option '{0}'\n(Did you mean {1}?)",
  "error: unknown command '{0}'",
  "error: unknown command '{0}'\n(Did you mean {1}?)",
  "error: missing required argument '{0}'",
  "error: option '{0}' argument missing",
  "error: required option '{0}' not specified",
  "error: option '{0}' cannot be used with option '{1}'",
  'error: too many arguments. Expected {0} arguments but got {1}.',
  'error: too many arguments. Expected {0} argument but got {1}.',
  "error: too many arguments for '{0}'. Expected {1} arguments but got {2}.",
  "error: too many arguments for '{0}'. Expected {1} argument but got {2}.",
  "error: option '{0}' argument '{1}' is invalid. {2}",
  "error: option '{0}' value '{1}' from env '{2}' is invalid. {3}",
  'Allowed choices are {0}.',
];

/** Words that stand in data, by which the code speaks, and what libraries say. */
export const SAID_ELSEWHERE = [
  ...COMMANDER,
  ...[' and ', ' or ', 'error', 'warning', 'note'],
  ...['{0} error(s)', '{0} warning(s)', '{0} note(s)'],
  ...['{0} ms', '{0} s', '{0} min'],
  ...['passed', 'failed', 'not exercised', 'off'],
  ...['done', 'wrong', 'out of order', 'left out', 'not reached', 'unproven', 'unseen', 'skipped'],
  // Rows of `scenarios show`.
  ...['scenario', 'title', 'about', 'for', 'chosen by', 'file', 'submission'],
];
