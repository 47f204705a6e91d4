// The page docs/hunt.md, from what hunts have said. Pure.
const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells) => `| ${cells.map(cell).join(' | ')} |`;
const head = (...cells) => [row(...cells), row(...cells.map(() => '---'))];
const seconds = (ms) => `${Math.round(ms / 1000)} s`;

/** The most that a finding may have: steps of its scenario, and milliseconds until it was found. */
const MOST = { steps: 4, took: 121_000 };

/** @param results what `hunt --format json` says, by name, and how busy the machine was */
export function pageOf(mutants, right, results) {
  const held = mutants.filter(({ name }) => results[name] && isFound(results[name]));
  const hunted = mutants.filter(({ name }) => results[name]);
  return [
    '# What a hunt finds',
    '',
    '<!-- written by scripts/hunt-table.mjs: npm run hunt:table -->',
    '',
    '`esoz-sandbox hunt` ([guide](guides/hunt.md)) against copies of the JavaScript example with one bug each, which were chosen',
    'before anything was hunted (`test/hunt/mutants.mjs` in the repository), and against examples that are right.',
    '',
    `**${held.length} of ${mutants.length} bugs were found within two minutes, and shrunk to at most ${MOST.steps} steps.**`,
    ...(hunted.length < mutants.length ? [`${hunted.length} of them have been hunted.`] : []),
    ...machineOf(results),
    '',
    '## One bug each',
    '',
    ...head(
      ...['client', 'its bug', 'cause that is told', 'life', 'found', 'took', 'steps', 'runs'],
      ...['times as fast', 'load', 'the shortest life'],
    ),
    ...mutants.map((mutant) => mutantRow(mutant, results[mutant.name])),
    '',
    '*Life*: the how manieth that was drawn broke the client. *Found*: until it was seen again twice, at true time. *Took*: until',
    'it was shrunk too, or the two minutes were over. *Steps*: of the life that was drawn, and of what is left of it. *Runs*: of',
    'the client, to shrink it. *Times as fast*: the client’s own time, while lives were looked through; 1 is true time. *Load*: of',
    'the machine at the end (1 minute). A life that shows a bug once and not again is not counted.',
    '',
    '## Nothing to find',
    '',
    ...head(
      ...['client', 'took', 'lives', 'runs', 'met', 'findings', 'seen and not again'],
      ...['times as fast', 'load'],
    ),
    ...right.map(({ name }) => rightRow(name, results[name])),
    '',
    '*Met*: of the states, answers, faults, ends and refusals that lives of this API are made of. *Seen and not again*: shown once,',
    'mostly in fast time on a machine that was busy for a moment, and not when the same life was played again: none of it counts.',
    ...untriedOf(right, results),
  ];
}

function isFound({ findings: [find] = [], took }) {
  if (!find) return false;
  return find.steps.shrunk <= MOST.steps && (find.foundAfter ?? took) <= MOST.took;
}

/** What is the same in all of them, and what is not. */
function machineOf(results) {
  const all = Object.values(results);
  if (all.length === 0) return [];
  const each = (key) => [...new Set(all.map((one) => one[key]))].join(', ');
  return [`${each('cores')} cores, Node ${each('node')}, seed ${each('seed')}.`];
}

const rateOf = ({ rate = 1 }) => rate;
const loadOf = ({ load }) => (load === undefined ? '' : load.toFixed(1));

function mutantRow({ name, bug }, result) {
  const client = `\`${name}\``;
  if (!result) return row(client, bug, 'not hunted', ...Array(8).fill(''));
  const { findings: [find] = [], took, lives, flaky = [], unplayed } = result;
  const how = [rateOf(result), loadOf(result)];
  if (!find) {
    const why = unplayed ?? tellFlaky(flaky);
    const times = [`${lives ?? 0} lives`, '', took === undefined ? '' : seconds(took)];
    return row(client, bug, '**nothing**', ...times, '', '', ...how, why);
  }
  const { cause, life, steps, runs, tells, foundAfter } = find;
  const shrunk = `${steps.drawn} → ${steps.shrunk}`;
  const found = foundAfter === undefined ? '' : seconds(foundAfter);
  const times = [life, found, seconds(took)];
  return row(client, bug, `\`${cause}\``, ...times, shrunk, runs, ...how, tells.join('; '));
}

function tellFlaky(flaky) {
  if (flaky.length === 0) return 'no life broke it';
  return `seen and not again: ${countsOf(flaky)}`;
}

function countsOf(flaky) {
  const counts = new Map();
  for (const { cause } of flaky) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  return [...counts].map(([cause, n]) => (n === 1 ? cause : `${cause} (${n})`)).join(', ');
}

function rightRow(name, result) {
  if (!result) return row(name, 'not hunted', ...Array(7).fill(''));
  const { took = 0, lives = 0, runs = 0, tried, findings = [], flaky = [], unplayed } = result;
  const found = findings.map(({ cause }) => `**${cause}**`).join(', ') || 'none';
  const met = tried ? `${tried.met} of ${tried.all}` : '';
  const how = [rateOf(result), loadOf(result)];
  const said = unplayed ?? found;
  return row(name, seconds(took), lives, runs, met, said, countsOf(flaky) || 'none', ...how);
}

/** What the longest hunts have not come to. */
function untriedOf(right, results) {
  const lines = right.flatMap(({ name }) => {
    const untried = results[name]?.neverTried ?? [];
    if (untried.length === 0) return [];
    const told = untried.map(({ kind, names }) => `${kind}: ${names.join(', ')}`);
    return [`- ${name}: ${told.join('; ')}`];
  });
  return lines.length === 0 ? [] : ['', 'Never tried in these hunts:', '', ...lines];
}
