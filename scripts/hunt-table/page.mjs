// The page docs/hunt.md, from what hunts have said. Pure.
const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells) => `| ${cells.map(cell).join(' | ')} |`;
const head = (...cells) => [row(...cells), row(...cells.map(() => '---'))];
const seconds = (ms) => `${Math.round(ms / 1000)} s`;

/** The most that a finding may have: steps of its scenario, and seconds until it was found and shrunk. */
const MOST = { steps: 4, took: 121_000 };

/** @param results what `hunt --format json` says, by name */
export function pageOf(mutants, right, results) {
  const played = mutants.filter(({ name }) => results[name]);
  const held = played.filter(({ name }) => isFound(results[name]));
  return [
    '# What a hunt finds',
    '',
    '<!-- written by scripts/hunt-table.mjs: npm run hunt:table -->',
    '',
    '`esoz-sandbox hunt` ([guide](guides/hunt.md)) against copies of the JavaScript example with one bug each, which were chosen',
    'before anything was hunted (`test/hunt/mutants.mjs` in the repository), and against examples that are right. Lives are',
    'played at the API’s own times.',
    '',
    `**${held.length} of ${mutants.length} bugs were found and shrunk to at most ${MOST.steps} steps within two minutes.**`,
    ...machineOf(results),
    '',
    '## One bug each',
    '',
    ...head(
      'client',
      'its bug',
      'cause that is told',
      'found in life',
      'steps',
      'runs',
      'took',
      'the shortest life',
    ),
    ...mutants.map((mutant) => mutantRow(mutant, results[mutant.name])),
    '',
    '*Steps*: of the life that was drawn, and of what is left of it. *Runs*: of the client, to shrink it. *Took*: until it was',
    'found, seen again twice and shrunk. A life that shows a bug once and not again is not counted.',
    '',
    '## Nothing to find',
    '',
    ...head('client', 'took', 'lives', 'runs', 'met', 'findings', 'seen and not again'),
    ...right.map(({ name }) => rightRow(name, results[name])),
    '',
    '*Met*: of the states, answers, faults, ends and refusals that lives of this API are made of.',
  ];
}

function isFound({ findings = [], took }) {
  return findings.length > 0 && findings[0].steps.shrunk <= MOST.steps && took <= MOST.took;
}

function machineOf(results) {
  const [first] = Object.values(results);
  if (!first) return [];
  const { cores, node, seed } = first;
  return [`${cores} cores, which others used meanwhile; Node ${node}, seed ${seed}.`];
}

function mutantRow({ name, bug }, result) {
  if (!result) return row(`\`${name}\``, bug, 'not hunted', '', '', '', '', '');
  const { findings: [find] = [], took, lives } = result;
  if (!find)
    return row(`\`${name}\``, bug, '**nothing**', '', '', '', seconds(took), `${lives} lives`);
  const { cause, life, steps, runs, tells } = find;
  const shrunk = `${steps.drawn} → ${steps.shrunk}`;
  return row(
    `\`${name}\``,
    bug,
    `\`${cause}\``,
    life,
    shrunk,
    runs,
    seconds(took),
    tells.join('; '),
  );
}

function rightRow(name, result) {
  if (!result) return row(name, 'not hunted', '', '', '', '', '');
  const { took, lives, runs, tried, findings, flaky } = result;
  const found = findings.map(({ cause }) => `**${cause}**`).join(', ') || 'none';
  const met = `${tried.met} of ${tried.all}`;
  return row(
    name,
    seconds(took),
    lives,
    runs,
    met,
    found,
    flaky.map(({ cause }) => cause).join(', ') || 'none',
  );
}
