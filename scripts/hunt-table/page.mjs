// The page docs/hunt.md, from what hunts have said. Pure.
const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells) => `| ${cells.map(cell).join(' | ')} |`;
const head = (...cells) => [row(...cells), row(...cells.map(() => '---'))];
const seconds = (ms) => `${Math.round(ms / 1000)} s`;

/** The most that a finding may have: steps of its scenario, and milliseconds until it was found. */
const MOST = { steps: 4, took: 121_000 };

/** Why nothing is found, where that is known. */
const UNSEEN = {
  'failed-is-success':
    'a failed job has no link, so the client only searches, and finds nothing: no rule holds that against it',
};

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
    `**${held.length} of ${mutants.length} bugs were found within two minutes, and shrunk to at most ${MOST.steps} steps.**`,
    ...machineOf(results),
    '',
    '## One bug each',
    '',
    ...head(
      ...[
        'client',
        'its bug',
        'cause that is told',
        'life',
        'found',
        'took',
        'steps',
        'runs',
        'the shortest life',
      ],
    ),
    ...mutants.map((mutant) => mutantRow(mutant, results[mutant.name])),
    '',
    '*Life*: the how manieth that was drawn broke the client. *Found*: until it was seen again twice. *Took*: until it was shrunk',
    'too, or the two minutes were over. *Steps*: of the life that was drawn, and of what is left of it. *Runs*: of the client, to',
    'shrink it. A life that shows a bug once and not again is not counted.',
    '',
    '## Nothing to find',
    '',
    ...head('client', 'took', 'lives', 'runs', 'met', 'findings', 'seen and not again'),
    ...right.map(({ name }) => rightRow(name, results[name])),
    '',
    '*Met*: of the states, answers, faults, ends and refusals that lives of this API are made of.',
    '',
    'The first run of ten minutes (160 lives) blamed the JavaScript example once, wrongly: a life asked it to wait for 11.3 s twice,',
    'it was stopped before, and was held to the end of its job. Since then a client has the time that every eta asks for, and one',
    'that was stopped is held to no end. The row of JavaScript is of three minutes after that; ten have not been run again.',
    '',
    'Rows that tell *found* are of a second run, after the order in which ingredients are drawn was mended: in the first one',
    '`schedules-again-at-401` was not found, and `ignores-retry-after` took 132 s. `takes-404-for-pending` is of the first run; in the',
    'second seven lives were played in two minutes and nothing was found: on a busy machine its budget had ended early.',
  ];
}

function isFound({ findings: [find], took }) {
  if (!find) return false;
  return find.steps.shrunk <= MOST.steps && (find.foundAfter ?? took) <= MOST.took;
}

function machineOf(results) {
  const [first] = Object.values(results);
  if (!first) return [];
  const { cores, node, seed } = first;
  return [`${cores} cores, which others used meanwhile; Node ${node}, seed ${seed}.`];
}

function mutantRow({ name, bug }, result) {
  const client = `\`${name}\``;
  if (!result) return row(client, bug, 'not hunted', '', '', '', '', '', '');
  const { findings: [find] = [], took, lives } = result;
  const all = `${lives} lives`;
  if (!find)
    return row(client, bug, '**nothing**', all, '', seconds(took), '', '', UNSEEN[name] ?? '');
  const { cause, life, steps, runs, tells, foundAfter } = find;
  const shrunk = `${steps.drawn} → ${steps.shrunk}`;
  const found = foundAfter === undefined ? '' : seconds(foundAfter);
  const times = [life, found, seconds(took)];
  return row(client, bug, `\`${cause}\``, ...times, shrunk, runs, tells.join('; '));
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
