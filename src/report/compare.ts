import { type CauseSign, signsOfCauses } from '../audit/cause-signs.js';
import type { Severity } from '../audit/rule.js';
import { gravity } from '../audit/severity.js';
import { fingerprintOf } from '../formats/baseline/known-cause.js';
import { chapterGlyph } from './describe.js';
import type { Chapter, Report } from './report.js';

/** How a scenario has ended. */
type Ending = 'held' | 'red' | 'not played';

/** One thing to change, in one run and in the other. */
export interface CauseChange {
  /** `ignores-eta/createExport`. */
  id: string;
  title: string;
  /** Undefined: it did not show then. */
  before?: { severity: Severity; scenarios: readonly string[] };
  after?: { severity: Severity; scenarios: readonly string[] };
}

export interface ScenarioChange {
  scenario: string;
  before: Ending;
  after: Ending;
}

/** What has become better or worse from one run to another. */
export interface Comparison {
  worse: { causes: CauseChange[]; scenarios: ScenarioChange[] };
  better: { causes: CauseChange[]; scenarios: ScenarioChange[] };
  /** They show in other scenarios, or are no errors: worth a look. */
  changed: CauseChange[];
  unchanged: { causes: number; scenarios: number };
  /** Causes that may be there yet: their scenarios were not played again. */
  unseen: CauseChange[];
  /** Scenarios that one of the two has not played. */
  gone: string[];
  added: string[];
}

/** Compares by what stays the same from run to run: causes, operations, scenarios. */
export function compareReports(before: Report, after: Report): Comparison {
  const found: Comparison = {
    worse: { causes: [], scenarios: [] },
    better: { causes: [], scenarios: [] },
    changed: [],
    unchanged: { causes: 0, scenarios: 0 },
    unseen: [],
    gone: [],
    added: [],
  };
  compareScenarios(before.chapters, after.chapters, found);
  compareCauses(before.chapters, after.chapters, found);
  return found;
}

/** Has anything become worse, as an exit code tells it? */
export function isWorse({ worse }: Comparison): boolean {
  return worse.causes.length + worse.scenarios.length > 0;
}

function compareScenarios(
  before: readonly Chapter[],
  after: readonly Chapter[],
  found: Comparison,
): void {
  const was = new Map(before.map((one) => [one.name, endingOf(one)]));
  const is = new Map(after.map((one) => [one.name, endingOf(one)]));
  found.gone = [...was.keys()].filter((name) => !is.has(name));
  found.added = [...is.keys()].filter((name) => !was.has(name));
  for (const [scenario, now] of is) {
    const then = was.get(scenario);
    if (then === undefined) continue;
    const change = { scenario, before: then, after: now };
    if (then === now) found.unchanged.scenarios += 1;
    else if (rank(now) > rank(then)) found.worse.scenarios.push(change);
    else found.better.scenarios.push(change);
  }
}

function rank(ending: Ending): number {
  return ['held', 'not played', 'red'].indexOf(ending);
}

function endingOf(chapter: Chapter): Ending {
  const { standing: _, ...bare } = chapter;
  const mark = chapterGlyph(bare);
  if (mark === '✗') return 'red';
  return mark === '!' ? 'not played' : 'held';
}

function compareCauses(
  before: readonly Chapter[],
  after: readonly Chapter[],
  found: Comparison,
): void {
  const [was, is] = [before, after].map(
    (chapters) => new Map(signsOfCauses(chapters).map((one) => [fingerprintOf(one), one])),
  ) as [Map<string, CauseSign>, Map<string, CauseSign>];
  const played = new Set(after.map(({ name }) => name));
  for (const id of [...new Set([...is.keys(), ...was.keys()])].sort()) {
    const [then, now] = [was.get(id), is.get(id)];
    const change: CauseChange = {
      id,
      title: (now ?? then)?.title ?? id,
      ...(then ? { before: shown(then) } : {}),
      ...(now ? { after: shown(now) } : {}),
    };
    place(change, played, found);
  }
}

function shown({ severity, scenarios }: CauseSign) {
  return { severity, scenarios };
}

function place(change: CauseChange, played: ReadonlySet<string>, found: Comparison): void {
  const { before, after } = change;
  if (!after) {
    const isOver = before?.scenarios.every((name) => played.has(name));
    (isOver ? found.better.causes : found.unseen).push(change);
  } else if (!before || gravity(after.severity) < gravity(before.severity)) {
    (after.severity === 'error' ? found.worse.causes : found.changed).push(change);
  } else if (gravity(after.severity) > gravity(before.severity)) {
    found.better.causes.push(change);
  } else if (after.scenarios.join() === before.scenarios.join()) {
    found.unchanged.causes += 1;
  } else found.changed.push(change);
}
