/**
 * docs/documents.md from what was measured.
 * @param documents the list
 * @param rows what was said of each, by name
 */
export function pageOf(documents, rows) {
  const told = documents.map((entry) => ({ entry, row: rows[entry.name] }));
  const dates = told.flatMap(({ row }) => row?.date ?? []).sort();
  const read = told.filter(({ row }) => row?.sandbox);
  const worse = read.filter(({ row }) => isWorse(row));
  const starts = (kind) => read.filter(({ row }) => !row[kind].problem).length;
  return `# Public documents

<!-- written by scripts/documents.mjs: npm run documents -- --folder FOLDER -->

What is said of "any OpenAPI document" has to hold for documents that nobody here wrote. This page holds public ones
against the sandbox, started by \`serve --spec FILE\` alone, and against Prism ${PRISM}, both on the same machine, one after the
other. The list was fixed before it was run (\`scripts/documents/list.mjs\`); a document that fails stays in it.

**${starts('sandbox')} of ${read.length} start (Prism: ${starts('prism')}); ${['no row is', 'one row is'][worse.length] ?? `${worse.length} rows are`} worse than Prism's.** ${dates[0] === dates.at(-1) ? `Run on ${dates.at(-1)}` : `Run from ${dates[0]} to ${dates.at(-1)}`}, Node ${process.versions.node}.

In each cell the sandbox comes first, then Prism.

- **good**: of the operations asked, how many are answered by a success that the contract describes, with a body that fits its
  schema. Up to 100 operations are asked (fewer in a run with --limit: see *asked*), evenly spread over the document: each gets its required parameters and its
  required body, from the document's own examples, else made up. One that needs a body which cannot be made up is left out.
  The sandbox knows only jobs that were scheduled: where it says 404, one is scheduled, and asked for by its id.
- **refused**: answers 400 to 499 to these; **wrong**: successes that the contract does not describe, most of them its own examples that
  break its own schemas; **500**: answers from 500 up, or none at all.
- **examples**: the contract's own examples of JSON bodies that keep to its schemas, sent as requests: how many are refused.
- **CPU** and **memory**: seconds of CPU and the greatest resident memory of the process from its start to its first answer.

The judge is neither's own: [@hyperjump/json-schema](https://github.com/hyperjump-io/json-schema), which knows the dialects
of OpenAPI 3.0, 3.1 and 3.2; what is \`writeOnly\` may be missing in an answer, what is \`readOnly\` in a request. Media
types other than JSON are held to the list of media types alone. It goes by the letter, but for one word: OpenAPI 3.0's
\`nullable: true\` in a document of 3.1 or 3.2 says nothing there, while the texts beside it say "or null". An answer with
null in such a place is counted as good, whoever gives it${meantOf(read)}.

| document | OpenAPI | size | operations | asked | good | refused | wrong | 500 | examples refused | CPU, s | memory, MiB |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${told.map(({ entry, row }) => lineOf(entry, row)).join('\n')}
${notesOf(read)}
## Where they come from

| document | source | file |
| --- | --- | --- |
${told.map(({ entry, row }) => `| ${entry.name} | ${row?.source ?? `${entry.repository ?? entry.package}: not run yet`} | \`${entry.file}\` |`).join('\n')}
`;
}

/** How many answers are good by that reading alone. */
function meantOf(read) {
  const told = read.flatMap(({ entry, row }) => {
    const of = (kind) => row[kind].counts?.meant ?? 0;
    return of('sandbox') + of('prism') > 0
      ? [`${entry.name} ${of('sandbox')} / ${of('prism')}`]
      : [];
  });
  return told.length === 0 ? '' : ` (so read: ${told.join('; ')})`;
}

const PRISM = '5.14';

/** Fewer good answers, more examples refused, or no start where Prism starts. */
function isWorse({ sandbox, prism }) {
  if (prism.problem) return false;
  if (sandbox.problem) return true;
  return (
    sandbox.counts.good < prism.counts.good ||
    sandbox.examples.refused > prism.examples.refused ||
    sandbox.counts.error > prism.counts.error
  );
}

function lineOf({ name }, row) {
  if (!row) return `| ${name} | not run yet |${' |'.repeat(10)}`;
  if (row.missing) return `| ${name} | not obtained |${' |'.repeat(10)}`;
  if (row.unread) return `| ${name} | cannot be read: ${escaped(row.unread)} |${' |'.repeat(10)}`;
  const { sandbox, prism } = row;
  const pair = (pick) =>
    `${sandbox.problem ? '–' : pick(sandbox)} / ${prism.problem ? '–' : pick(prism)}`;
  const of = (key) => pair(({ counts }) => counts[key]);
  const cells = [
    isWorse(row) ? `**${name}**` : name,
    row.version,
    sizeOf(row.bytes),
    row.operations,
    row.asked,
    of('good'),
    of('refusal'),
    of('wrong'),
    of('error'),
    pair(({ examples }) => `${examples.refused} of ${examples.sent}`),
    pair(({ used }) => used?.seconds.toFixed(1) ?? '?'),
    pair(({ used }) => Math.round(used?.mebibytes ?? 0)),
  ];
  return `| ${cells.join(' | ')} |`;
}

const sizeOf = (bytes) =>
  bytes < 100_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** In a line, without the folder that documents lay in. */
const escaped = (text) =>
  text
    .replace(/(?:\/[\w.@-]+)*\/documents\/(?=[\w.@-]+\/)/g, '')
    .replace(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .slice(0, 200);

/** What does not start, and which operations make a row worse. */
function notesOf(read) {
  const lines = read.flatMap(({ entry, row }) => [
    ...['sandbox', 'prism'].flatMap((kind) =>
      row[kind].problem ? [`- **${entry.name}**, ${kind}: ${escaped(row[kind].problem)}`] : [],
    ),
    ...['sandbox', 'prism'].flatMap((kind) =>
      row[kind].deaths
        ? [
            `- **${entry.name}**, ${kind}: the process ended ${row[kind].deaths} times at a request, and was started again`,
          ]
        : [],
    ),
    ...(isWorse(row) && !row.sandbox.problem ? differencesOf(entry, row) : []),
  ]);
  return lines.length === 0 ? '' : `\n## What fails\n\n${lines.join('\n')}\n`;
}

function differencesOf({ name }, { sandbox, prism }) {
  const also = new Set(prism.faults.map(({ operation, kind }) => `${kind} ${operation}`));
  return sandbox.faults
    .filter(({ operation, kind }) => !also.has(`${kind} ${operation}`))
    .slice(0, 5)
    .map(({ operation, why }) => `- **${name}**, \`${operation}\`: ${escaped(why)}`);
}
