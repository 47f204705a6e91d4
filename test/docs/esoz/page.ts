import { keyOf, type Shown } from './ask.js';
import type { Fact, Source } from './facts.js';
import { failuresOf, refusalsOf, type Served, scenariosOf, servedOf, wordsOf } from './product.js';

const INTRO = `# ESOZ: every operation

<!-- written by test/docs/esoz.test.ts: npm run catalogue, or npx vitest run test/docs/esoz.test.ts -u -->

Every operation of the platform that is publicly known, and what \`serve --pack esoz\` does with it. Nothing here is typed
by hand: what plays is read from the contracts, bindings and packs, and what changes is asked over HTTP with the contracts' own
examples. A test fails when the page and the product differ.

- **contract**: the pack whose OpenAPI document describes it; none: a request for it is a 404.
- **plays**: *a job*: it schedules one, which changes the world at its end. *The state of a job*: it is what is polled.
  *Changes the world* and *reads the world*: it answers at once, of what the session keeps; *goes by the world*: it does one or
  the other, and refuses the contract's example, which is no code or token of anybody. *An example*: the contract answers,
  and nothing that was sent before makes a difference. *Not part*: it is not described here.
- **scenarios**: which lives can be chosen for it: those of its pack that are for every operation, and those for it alone.
- **errors**: statuses with which it can refuse, by its contract; behind *job*, the codes with which its job can fail,
  and what is said where the state of things does not allow it.
`;

const TITLES: Record<Source, [title: string, about: string]> = {
  compositions: [
    'Compositions',
    'Conclusions of birth and of temporary disability, by their method pages.',
  ],
  'medical-events': ['Medical events', 'The whole of the Medical Events MIS API, 9.11.0.'],
  oauth: [
    'Authorization',
    'Sign-in, tokens, user; the last three stand in one of two descriptions alone.',
  ],
  general: ['General', 'What surrounds medical events, 9.13.6, as far as its schemas were read.'],
  listed: [
    'Beside these',
    'Operations of the same description of which only method and path were read.',
  ],
};

const SOURCES = Object.keys(TITLES) as Source[];

/** The page, from what is known and what is there. */
export function esozPage(
  facts: readonly Fact[],
  platform: readonly Served[],
  shown: ReadonlyMap<string, Shown>,
): string {
  const rows = facts.map((fact) => rowOf(fact, servedOf(platform, fact), shown));
  const sections = SOURCES.flatMap((source) => {
    const [title, about] = TITLES[source];
    const own = rows.filter(({ fact }) => fact.from === source);
    return [`## ${title}`, about, ...commonScenarios(own), table(own)];
  });
  const beyond = beyondFacts(facts, platform, shown);
  const parts = [INTRO.trimEnd(), summary(rows), ...sections, ...beyond];
  return `${parts.join('\n\n')}\n`;
}

interface Row {
  fact: Fact;
  served: Served | undefined;
  plays: string;
}

function rowOf(fact: Fact, served: Served | undefined, shown: ReadonlyMap<string, Shown>): Row {
  return { fact, served, plays: served ? playsOf(served, shown) : 'not part' };
}

function playsOf(served: Served, shown: ReadonlyMap<string, Shown>): string {
  const { plays, operation } = served;
  if (plays === 'job') return 'a job';
  if (plays === 'state of jobs') return 'the state of a job';
  if (plays === 'example') return 'an example';
  if (operation.method === 'GET') return 'reads the world';
  return SHOWN[shown.get(keyOf(served)) ?? 'refuses'];
}

const SHOWN: Record<Shown, string> = {
  changes: 'changes the world',
  answers: 'reads the world',
  refuses: 'goes by the world',
};

const PLAYS = [
  'a job',
  'the state of a job',
  'changes the world',
  'reads the world',
  'goes by the world',
  'an example',
  'not part',
];

function summary(rows: readonly Row[]): string {
  const line = SOURCES.map((source) => {
    const own = rows.filter(({ fact }) => fact.from === source);
    const counts = PLAYS.map((word) => own.filter(({ plays }) => plays === word).length);
    return [`[${TITLES[source][0]}](#${anchorOf(source)})`, own.length, ...counts];
  });
  const sums = [1, ...PLAYS.map((_, i) => i + 2)].map((column) =>
    line.reduce((sum, cells) => sum + Number(cells[column]), 0),
  );
  return markdown(['', 'operations', ...PLAYS], [...line, ['all', ...sums]]);
}

function anchorOf(source: Source): string {
  return TITLES[source][0].toLowerCase().replaceAll(' ', '-');
}

/** The scenarios that every job of a section can live, told once. */
function commonScenarios(rows: readonly Row[]): string[] {
  const jobs = rows.flatMap(({ served }) => (served?.plays === 'job' ? [served] : []));
  const [first] = jobs;
  if (!first) return [];
  const { all } = scenariosOf(first);
  const page = `../scenarios/${first.api.name}/README.md`;
  return [
    `[${all.length} scenarios](${page}) are for each of its jobs: ${all.map((name) => `\`${name}\``).join(', ')}.`,
  ];
}

function table(rows: readonly Row[]): string {
  return markdown(
    ['operation', 'request', 'contract', 'plays', 'scenarios', 'errors'],
    rows.map(({ fact, served, plays }) => [
      nameOf(fact, served),
      `\`${fact.method} ${fact.path}\``,
      served ? served.api.name : '',
      plays,
      served ? scenarioCell(served) : '',
      served ? errorCell(served) : '',
    ]),
  );
}

function nameOf({ id }: Fact, served: Served | undefined): string {
  return served && served.operation.id !== id
    ? `\`${id}\`, here \`${served.operation.id}\``
    : `\`${id}\``;
}

function scenarioCell(served: Served): string {
  const { all, some } = scenariosOf(served);
  const named = some.map((name) => `\`${name}\``);
  return [...(all.length > 0 ? [`all ${all.length}`] : []), ...named].join(', ');
}

function errorCell(served: Served): string {
  const failures = failuresOf(served);
  const refusals = refusalsOf(served).join(' ');
  const words = wordsOf(served).map((each) => `, “${each}”`);
  return failures.length === 0
    ? refusals
    : `${refusals}; job: ${failures.join(' ')}${words.join('')}`;
}

/** What is served and stands in none of the descriptions. */
function beyondFacts(
  facts: readonly Fact[],
  platform: readonly Served[],
  shown: ReadonlyMap<string, Shown>,
): string[] {
  const known = new Set(facts.map((fact) => servedOf(platform, fact)));
  const others = platform.filter((served) => !known.has(served));
  if (others.length === 0) return [];
  const rows = others.map((served) => [
    `\`${served.operation.id}\``,
    `\`${served.operation.method} ${served.operation.path}\``,
    served.api.name,
    playsOf(served, shown),
    scenarioCell(served),
    errorCell(served),
  ]);
  const about =
    'What stands in none of these descriptions: other forms of the same requests, and what a browser needs.';
  const heads = ['operation', 'request', 'contract', 'plays', 'scenarios', 'errors'];
  return ['## Served beside', about, markdown(heads, rows)];
}

function markdown(heads: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const line = (cells: readonly unknown[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
