// The page docs/fast.md, from what runs have come to. Pure.
const row = (...cells) =>
  `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
const head = (...cells) => [row(...cells), row(...cells.map(() => '---'))];

/** The figures that are to be reached: seconds of a run in fast time, and the part of its scenarios' sum side by side. */
const MOST = { fast: 60, share: 0.25 };

/**
 * @param clients by name, with their titles
 * @param results by name: `fast`, runs in fast time, or `refused`, why there are none; `beside`, runs side by side
 * @param about the machine: cores, model, node, library; how many scenarios
 */
export function pageOf(clients, results, { cores, model, node, library, scenarios, jobs }) {
  const names = Object.keys(clients);
  const beside = names.filter((name) => results[name]?.beside?.length > 0);
  return [
    '# Fast time, run by run',
    '',
    '<!-- written by scripts/fast-table.mjs: npm run fast:table -->',
    '',
    `\`exec --fast --suite polling-full\` against the [examples](../examples/README.md), unmodified: ${scenarios} scenarios, all but`,
    `\`never-ends\`, which lasts as long as its client is patient. On ${cores} cores (${model}), Node ${node},`,
    `libfaketime ${library}. What is done is told in [Many times as fast, unmodified](guides/fast-time.md).`,
    '',
    ...head(
      ...['client', 'runs', 'times as fast', 'a run took', `within ${MOST.fast} s`],
      ...['in fast time', 'late answers', 'played again', 'held against it', 'load'],
    ),
    ...names.map((name) => fastRow(clients[name], results[name])),
    '',
    '- *in fast time*, *late answers*, *played again*: scenarios of a run that were played in fast time; at true time, because time-outs',
    '  of the client ran long; and once more at true time, because something was to be held against the client.',
    '- *held against it*: what the verdict says in the end, warnings too; the examples are good clients, so each would be a false one.',
    '- *load*: of the machine at the end of a run (1 minute); above the number of its cores others were at work beside it.',
    ...names.flatMap((name) => tellRefused(clients[name], results[name], library)),
    ...(beside.length === 0 ? [] : besideOf(clients, results, beside, { scenarios, jobs })),
  ];
}

const range = (numbers, digits = 0) => {
  if (numbers.length === 0) return '–';
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)].map((n) => n.toFixed(digits));
  return least === most ? least : `${least}–${most}`;
};

function fastRow({ title }, { fast: runs = [], refused, library } = {}) {
  if (refused !== undefined) return row(title, 0, 'none, see below', ...Array(7).fill(''));
  if (runs.length === 0) return row(title, 'not played', ...Array(8).fill(''));
  const whole = runs.filter(({ failed }) => failed === undefined);
  const all = (key) => whole.map((one) => one[key]);
  const name = library === undefined ? title : `${title}, libfaketime ${library}`;
  return row(
    name,
    runs.length,
    range(whole.flatMap(({ rates }) => rates)),
    `${range(all('took'))} s`,
    `${whole.filter(({ took }) => took <= MOST.fast).length} of ${runs.length}`,
    range(all('fast')),
    range(all('late')),
    range(all('again')),
    heldAgainst(runs),
    range(all('load'), 1),
  );
}

/** What the probe has found, as `exec --fast` tells it. */
function tellRefused({ title }, { refused } = {}, library) {
  if (refused === undefined) return [];
  const told = refused.replace(/\S*\/libfaketimeMT\.so\.1/, `libfaketime ${library}`);
  return [`- ${title}: ${told}`];
}

function heldAgainst(runs) {
  const found = new Set(runs.flatMap(({ findings = [] }) => findings));
  const broken = runs.filter(({ failed }) => failed !== undefined).length;
  const told = [...found, ...(broken > 0 ? [`${broken} runs came to no end`] : [])];
  return told.length === 0 ? 'none' : told.join(', ');
}

function besideOf(clients, results, names, { scenarios, jobs }) {
  return [
    '',
    '## At true time, side by side',
    '',
    `The same ${scenarios} scenarios at the API’s own times by \`--jobs ${jobs}\`: how long all of them took, and how long their commands took together.`,
    '',
    ...head('client', 'runs', 'all took', 'their sum', 'part of it', 'held against it', 'load'),
    ...names.map((name) => {
      const runs = results[name].beside;
      const whole = runs.filter(({ failed }) => failed === undefined);
      const all = (key) => whole.map((one) => one[key]);
      const parts = whole.map(({ took, sum }) => (100 * took) / sum);
      return row(
        clients[name].title,
        runs.length,
        `${range(all('took'))} s`,
        `${range(all('sum'))} s`,
        `${range(parts)} %${parts.every((part) => part <= 100 * MOST.share) ? '' : ', more than a quarter'}`,
        heldAgainst(runs),
        range(all('load'), 1),
      );
    }),
  ];
}
