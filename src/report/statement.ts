import type { RuleOutcome, Tolerances } from '../audit/verdict.js';
import { chapterGlyph, isUnplayed } from './describe.js';
import type { Chapter, MadeWith, Report } from './report.js';

/** What is signed: which client, held to what, and what each rule has come to in each scenario. */
export interface Statement {
  type: 'esoz-sandbox attestation';
  version: 1;
  client: { name: string; version: string };
  /** When it was signed, RFC 3339. */
  signed: string;
  /** When it was played. */
  played: string;
  sandbox: string;
  /** What was played: the suite, where no profile was. */
  title: string;
  /** `missing`: scenarios of it that were not played. */
  profile?: { name: string; hash: string; missing: string[] };
  /** What the command line has loosened. */
  tolerances?: Tolerances;
  anyExit?: true;
  contracts: { api: string; title: string; version: string; sha256?: string | undefined }[];
  /** Times of the API divided by this: 1 is true time. */
  pace: number;
  /** How many times as fast the client's own time ran in the fastest scenario; left out: it never did. */
  fast?: number;
  /** No rule of severity error is broken, and every scenario was played, of a profile all. */
  held: boolean;
  matrix: StatedScenario[];
}

interface StatedScenario {
  scenario: string;
  ended: 'held' | 'red' | 'not played';
  /** How many times as fast the client's own time ran; left out: it was played at true time. */
  fast?: number;
  rules: Record<string, RuleOutcome>;
}

/** @returns undefined where the report lacks what a statement is made of */
export function stateOf(
  { title, made, chapters }: Report,
  client: Statement['client'],
  signed: string,
): Statement | undefined {
  if (!made || chapters.length === 0) return undefined;
  const matrix = chapters.map(stateScenario);
  const profile = made.profile && stateProfile(made.profile, chapters);
  return {
    type: 'esoz-sandbox attestation',
    version: 1,
    client,
    signed,
    played: made.at,
    sandbox: made.sandbox,
    title,
    ...(profile ? { profile } : {}),
    ...(made.tolerances ? { tolerances: made.tolerances } : {}),
    ...(made.anyExit ? { anyExit: made.anyExit } : {}),
    contracts: contractsOf(made),
    pace: Math.max(...chapters.map(({ verdict }) => verdict.clock.pace)),
    ...fastestOf(matrix),
    held: matrix.every(({ ended }) => ended === 'held') && !profile?.missing.length,
    matrix,
  };
}

function fastestOf(matrix: readonly StatedScenario[]): Pick<Statement, 'fast'> {
  const rates = matrix.flatMap(({ fast }) => fast ?? []);
  return rates.length > 0 ? { fast: Math.max(...rates) } : {};
}

function stateProfile(
  { name, hash, scenarios }: NonNullable<MadeWith['profile']>,
  chapters: readonly Chapter[],
): NonNullable<Statement['profile']> {
  const played = new Set(chapters.map((one) => one.name));
  return { name, hash, missing: scenarios.filter((one) => !played.has(one)) };
}

function contractsOf({ apis }: MadeWith): Statement['contracts'] {
  return apis.map(({ name, contract }) => ({ api: name, ...contract }));
}

/** What a baseline excuses is not held all the same: a statement is for others. */
function stateScenario({ standing: _, ...chapter }: Chapter): StatedScenario {
  const mark = chapterGlyph(chapter);
  const ended = mark === '✗' ? 'red' : mark === '!' || isUnplayed(chapter) ? 'not played' : 'held';
  const rules = chapter.verdict.rules.map(({ rule, outcome }) => [rule, outcome] as const);
  const { fast } = chapter;
  return {
    scenario: chapter.name,
    ended,
    ...(fast?.outcome === 'fast' ? { fast: fast.rate } : {}),
    rules: Object.fromEntries(rules),
  };
}
