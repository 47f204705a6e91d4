// The page docs/conformance.md, from the list of clients and what was said of them. Pure.
import { judge, signature } from './judge.mjs';

/** Bad clients that are not what they were when they were first run. */
const CHANGED = {
  what: ['failed-is-done', 'herd', 'resubmits-lost', 'two-workers'],
  reading: ['byte-order-mark-throws'],
};

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells) => `| ${cells.map(cell).join(' | ')} |`;
const head = (...cells) => [row(...cells), row(...cells.map(() => '---'))];

const whatIsPlayed = ({ suite, scenarios }) =>
  suite
    ? `suite \`${suite.replace(/.*\/|\.yaml$/g, '')}\``
    : scenarios.map((name) => `\`${name}\``).join(', ');

const names = (rules) => rules.map((one) => [one].flat().join(' or ')).join(', ');

function wantedOf({ finds, may = [], cause }) {
  const by = cause === undefined ? '' : `; cause: ${names([cause])}`;
  const verdict = finds.length === 0 ? 'no finding' : `${names(finds)}${by}`;
  const open = may.filter((name) => !finds.flat().includes(name));
  return open.length === 0 ? verdict : `${verdict}; open: ${names(open)}`;
}

function saidOf(result) {
  if (!result) return 'not run';
  const found = Object.entries(result.rules).map(([name, { severity }]) =>
    severity === 'error' ? name : `${name} (${severity})`,
  );
  const causes = result.causes?.length > 0 ? `; causes: ${result.causes.join(', ')}` : '';
  return `exit ${result.code}: ${found.length > 0 ? found.join(', ') : 'no finding'}${causes}`;
}

function agreesOf(play, result) {
  if (!result) return '–';
  const { agrees, differences } = judge(play, result);
  return agrees ? 'yes' : `**no**: ${differences.join('; ')}`;
}

const versionsOf = (entry, versions) =>
  [...(entry.packages ?? []), ...(entry.debian ?? [])].map((name) => `${name} ${versions[name]}`);

function table(entries, results, versions) {
  const rows = entries.flatMap((entry) =>
    entry.plays.map((play, i) => {
      const result = results[`${entry.name}#${i}`];
      const of = versionsOf(entry, versions);
      const title = i > 0 ? '' : `**${entry.name}**${of.length ? ` (${of.join(', ')})` : ''}`;
      const what = i > 0 ? '' : entry.what;
      const said = [saidOf(result), agreesOf(play, result)];
      return row(title, what, whatIsPlayed(play), wantedOf(play), play.why, ...said);
    }),
  );
  return [
    ...head('client', 'what it does', 'plays', 'must be found', 'why', 'was said', 'agrees'),
    ...rows,
  ];
}

function repeatTable(entries, repeats, load) {
  const rows = entries.flatMap((entry) =>
    entry.plays.flatMap((play, i) => {
      const runs = repeats[`${entry.name}#${i}`];
      if (!runs) return [];
      const said = new Map();
      for (const result of runs)
        said.set(signature(result), (said.get(signature(result)) ?? 0) + 1);
      const agreed = runs.filter((result) => judge(play, result).agrees).length;
      const counts = [...said].map(([text, times]) => `${times} × ${text}`);
      return [
        row(entry.name, whatIsPlayed(play), `${agreed} of ${runs.length}`, counts.join('; ')),
      ];
    }),
  );
  if (rows.length === 0) return [];
  const repeated = entries.filter(({ plays, name }) =>
    plays.some((_, i) => repeats[`${name}#${i}`]),
  );
  const { busy = 0, jobs, processors } = load ?? {};
  return [
    '## Under load',
    '',
    `${repeated.length} of the ${entries.length} clients were repeated, as often as each row says, ${jobs} at once beside ${busy} busy loops on`,
    `${processors} processors; the others were not. Where the reading leaves a rule open, the count may differ from run to run; the`,
    'verdict as a whole may not.',
    '',
    ...head('client', 'plays', 'as demanded', 'was said'),
    ...rows,
    '',
  ];
}

/** @returns the lines of the page */
export function pageOf({ entries, results, repeats, load, versions, node }) {
  const plays = entries.flatMap((entry) =>
    entry.plays.map((play, i) => ({ play, result: results[`${entry.name}#${i}`] })),
  );
  const run = plays.filter(({ result }) => result);
  const agreed = run.filter(({ play, result }) => judge(play, result).agrees);
  const of = (kind) => entries.filter((entry) => entry.kind === kind);
  const remarks = entries.filter(({ remark }) => remark);
  return [
    '# Conformance',
    '',
    '<!-- written by scripts/conformance.mjs: npm run conformance -->',
    '',
    'A verdict has to be true of clients that nobody here wrote. This page holds it against pollers of others, each as its',
    'package comes, and against clients of our own that are right or have one fault. What must be found was written down',
    'from reading the source, before the client was run; a row that disagrees stays.',
    '',
    `**${agreed.length} of ${run.length} verdicts agree** (${plays.length} are on the list: ${of('other').length} pollers of`,
    `others, ${of('good').length} clients that are right, ${of('bad').length} bad ones). Node ${node}; times are true, nothing is paced.`,
    '',
    '*open* names rules that may be found beside: symptoms of the same cause, or what chance decides. A note is no',
    'reproach and counts for no difference. Adapters, documents and scenarios are in `test/conformance` of the repository.',
    '',
    '## Pollers of others',
    '',
    ...table(of('other'), results, versions),
    '',
    ...remarks.map(({ name, remark }) => `- **${name}**: ${remark}.`),
    '',
    '## Clients that are right',
    '',
    ...table(of('good'), results, versions),
    '',
    '## Bad clients, one fault each',
    '',
    'The good client with one thing changed; two are examples with one piece of their text changed. No reading of a poller',
    `of others has been changed since it was first run; of these here, ${CHANGED.what.join(', ')} do something else than`,
    `at first, and ${CHANGED.reading.join(', ')} has a reading that leaves more open.`,
    '',
    ...table(of('bad'), results, versions),
    '',
    ...repeatTable(entries, repeats, load),
  ];
}
