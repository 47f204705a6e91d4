import pc from 'picocolors';
import { loadLenient } from '../load/load-setup.js';
import type { ServerOptions } from '../load/server-options.js';
import { FileError } from '../problem.js';
import {
  showScenario,
  summarize,
  tellAnswer,
  tellStep,
} from '../sandbox/control/scenario-views.js';
import { scenarioNamed } from '../sandbox/select-scenario.js';
import { UsageError, usageError } from '../sandbox-error.js';
import { GROUPS, type Scenario, type When } from '../scenario/scenario.js';
import { cataloguePage } from './catalogue-page.js';

type Options = Pick<ServerOptions, 'pack' | 'spec' | 'binding' | 'scenarios'> & {
  json?: boolean;
  markdown?: boolean;
  group?: string;
};

export async function listScenarios(options: Options): Promise<void> {
  const { scenarios: all, title } = await load(options);
  const wanted = all.filter((s) => options.group === undefined || s.group === options.group);
  if (wanted.length === 0 && options.group !== undefined) {
    const groups = [...new Set(all.map((s) => s.group))].join(', ');
    const what = `no scenario is in the group "${options.group}"`;
    throw new UsageError('USAGE_UNKNOWN_GROUP', what, `there are ${groups}`);
  }
  if (options.json) {
    process.stdout.write(`${JSON.stringify(wanted.map(summarize), null, 2)}\n`);
    return;
  }
  if (options.markdown) {
    process.stdout.write(cataloguePage(title, wanted));
    return;
  }
  const width = Math.max(...wanted.map((s) => s.name.length));
  for (const group of new Set(wanted.map((s) => s.group))) {
    process.stdout.write(`${pc.bold(group)}\n`);
    for (const scenario of wanted.filter((s) => s.group === group)) {
      const { name, title } = scenario;
      const magic = scenario.when.map(tellWhen).join(' or ');
      process.stdout.write(`  ${name.padEnd(width)}  ${title}\n`);
      if (magic) process.stdout.write(`  ${' '.repeat(width)}  ${pc.dim(`chosen by ${magic}`)}\n`);
    }
  }
}

export async function showOne(name: string, options: Options): Promise<void> {
  const { scenarios: all } = await load(options);
  const scenario = scenarioNamed(new Map(all.map((s) => [s.name, s])), name, usageError);
  if (options.json) {
    process.stdout.write(`${JSON.stringify(showScenario(scenario), null, 2)}\n`);
    return;
  }
  const rows = [
    ['scenario', pc.bold(scenario.name)],
    ['title', scenario.title],
    ['about', scenario.about],
    ['for', scenario.operations?.join(', ') ?? 'every operation that schedules a job'],
    ['chosen by', scenario.when.map(tellWhen).join(' or ') || 'its name only'],
    ['file', scenario.file],
    ...(scenario.refuse ? [['submission', `${tellAnswer(scenario.refuse)}, no job is made`]] : []),
    ...scenario.life.map((step, i) => [
      `step ${i + 1}`,
      tellStep(step) + (step.offContract ? pc.dim('  off contract') : ''),
    ]),
  ];
  for (const [key = '', value] of rows)
    if (value) process.stdout.write(`${key.padEnd(10)}  ${value}\n`);
}

async function load(options: Options): Promise<{ title: string; scenarios: Scenario[] }> {
  const { setup, problems } = await loadLenient(options);
  if (problems.length > 0) process.stderr.write(`${new FileError(problems).message}\n`);
  return { title: setup.contract.title, scenarios: inGroups([...setup.catalogue.values()]) };
}

/** Groups in their order; in a group, scenarios stay as they were read. */
function inGroups(scenarios: readonly Scenario[]): Scenario[] {
  const place = ({ group }: Scenario) => GROUPS.indexOf(group) + 1 || GROUPS.length + 1;
  return scenarios.toSorted((a, b) => place(a) - place(b));
}

/** `body subject.value = 00000000-…`. */
export function tellWhen(when: When): string {
  return Object.entries(when)
    .flatMap(([part, wanted]) =>
      Object.entries(wanted as object).map(([path, value]) => `${part} ${path} = ${value}`),
    )
    .join(' and ');
}
