import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { list, root, table } from './sources.mjs';

const INTRO = `# Rules

What the auditor asks of a client. A finding in a report names its rule, and here each rule has its reason, its sources,
and two pieces of client code: one that breaks it, and one that keeps it.

A rule that a run does not put to the test is *not exercised*, never *passed*. Only severity \`error\` makes CI red.
[Reports](reference/reports.md#tolerances) tells how a tolerance is changed; \`esoz-sandbox rules\` prints this table.

The pieces show one thing each; [examples](../examples/README.md) has whole pollers that keep every rule, in five languages.
In all of them \`url\` is the address of the job, \`job\` the answer that told of it last (\`{id, status, eta}\`), \`headers\`
holds \`Authorization\` and \`api-key\`, and

\`\`\`js
const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms));
\`\`\`
`;

/** The page of the rules, with the code in docs/rules. */
export function rulesPage() {
  const rules = list('rules');
  const heads = ['rule', 'what a good client does', 'severity', 'tolerance', 'source'];
  return [INTRO, ...table(heads, rules.map(rowOf)), ...rules.flatMap(sectionOf)];
}

function rowOf({ name, title, severity, tolerance = '', sources }) {
  const links = sources.map(({ text, url }) => {
    const [short] = text.split(/[:;] /);
    return linked(short, url);
  });
  return [`[\`${name}\`](#${name})`, title, severity, tolerance, links.join('; ')];
}

function sectionOf({ name, title, why, advice, severity, tolerance, sources }) {
  return [
    '',
    `## ${name}`,
    '',
    `**${title}.** ${why}`,
    '',
    `- **What to do:** ${advice}.`,
    `- **Severity:** ${severity}.${tolerance ? ` **Tolerance:** ${tolerance}.` : ''}`,
    `- **Source:** ${sources.map(({ text, url }) => linked(text, url)).join('; ')}`,
    '',
    'Wrong:',
    '',
    ...codeOf(name, 'wrong'),
    '',
    'Right:',
    '',
    ...codeOf(name, 'right'),
  ];
}

function linked(text, url) {
  return url ? `[${text}](${url})` : text;
}

function codeOf(name, kind) {
  return ['```js', pieceOf(name, kind), '```'];
}

/** The same code for the HTML report, which has to be complete in itself. */
export function snippetFile() {
  const names = readdirSync(join(root, 'docs/rules'))
    .filter((file) => file.endsWith('.right.js'))
    .map((file) => file.replace('.right.js', ''))
    .sort();
  const pieces = names.map((name) => [
    name,
    { wrong: pieceOf(name, 'wrong'), right: pieceOf(name, 'right') },
  ]);
  return [JSON.stringify(Object.fromEntries(pieces), null, 2)];
}

function pieceOf(name, kind) {
  const text = readFileSync(join(root, 'docs/rules', `${name}.${kind}.js`), 'utf8').trimEnd();
  return text.replace(/^export /gm, '');
}
