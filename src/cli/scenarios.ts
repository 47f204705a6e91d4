import pc from 'picocolors';
import { filesNamed } from '../load/files-named.js';
import { loadLenient } from '../load/load-setup.js';
import type { ServedFiles } from '../load/pack-description.js';
import { FileError } from '../problem.js';
import { type Api, offeredScenarios, qualified } from '../sandbox/api.js';
import {
  showScenario,
  summarize,
  tellAnswer,
  tellStep,
} from '../sandbox/control/scenario-views.js';
import { type OwnScenario, scenariosNamed } from '../sandbox/select-scenario.js';
import { UsageError, usageError } from '../sandbox-error.js';
import { GROUPS, type Scenario, type When } from '../scenario/scenario.js';
import { inContext, t } from '../texts/spoken.js';
import { cataloguePage } from './catalogue-page.js';
import { tellError } from './print-error.js';

type Options = ServedFiles & {
  json?: boolean;
  markdown?: boolean;
  group?: string;
};

export async function listScenarios(files: readonly string[], options: Options): Promise<void> {
  const { apis, scenarios: all } = await load({ ...options, ...filesNamed(files, options) });
  const wanted = all.filter(
    ({ scenario }) => options.group === undefined || scenario.group === options.group,
  );
  if (wanted.length === 0 && options.group !== undefined) {
    const groups = [...new Set(all.map(({ scenario }) => scenario.group))].join(', ');
    const what = `no scenario is in the group "${options.group}"`;
    throw new UsageError('USAGE_UNKNOWN_GROUP', what, `there are ${groups}`);
  }
  if (options.json) {
    const shown = wanted.map(({ api, scenario }) => {
      const { name, ...rest } = summarize(scenario);
      return { name, ...(apis.length > 1 ? { api: api.name } : {}), ...rest };
    });
    process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    return;
  }
  for (const api of apis) {
    const own = wanted.filter((each) => each.api === api).map(({ scenario }) => scenario);
    if (options.markdown) process.stdout.write(cataloguePage(api.contract.title, own));
    else {
      if (apis.length > 1) process.stdout.write(`${pc.bold(pc.green(api.name))}\n`);
      tellGroups(own);
    }
  }
}

function tellGroups(scenarios: readonly Scenario[]): void {
  const width = Math.max(...scenarios.map((s) => s.name.length));
  for (const group of new Set(scenarios.map((s) => s.group))) {
    process.stdout.write(`${pc.bold(inContext('group', group))}\n`);
    for (const scenario of scenarios.filter((s) => s.group === group)) {
      const { name, title } = scenario;
      const magic = scenario.when.map(tellWhen).join(t(' or '));
      process.stdout.write(`  ${name.padEnd(width)}  ${t(title)}\n`);
      if (magic) process.stdout.write(`  ${' '.repeat(width)}  ${pc.dim(t`chosen by ${magic}`)}\n`);
    }
  }
}

export async function showOne(name: string, options: Options): Promise<void> {
  const { apis } = await load(options);
  const named = scenariosNamed(apis, name, usageError);
  for (const { api, scenario } of named) {
    if (options.json) process.stdout.write(`${JSON.stringify(showScenario(scenario), null, 2)}\n`);
    else tellOne(scenario, apis.length > 1 ? qualified(api, scenario.name) : scenario.name);
  }
}

function tellOne(scenario: Scenario, name: string): void {
  const rows = [
    ['scenario', pc.bold(name)],
    ['title', t(scenario.title)],
    ['about', t(scenario.about)],
    ['for', scenario.operations?.join(', ') ?? t('every operation that schedules a job')],
    ['chosen by', scenario.when.map(tellWhen).join(t(' or ')) || t('its name only')],
    ['file', scenario.file || t('none: it follows from the binding')],
    ...(scenario.refuse
      ? [['submission', t`${tellAnswer(scenario.refuse, t)}, no job is made`]]
      : []),
    ...scenario.life.map((step, i) => [
      t`step ${i + 1}`,
      tellStep(step, t) + (step.offContract ? pc.dim(`  ${t('off contract')}`) : ''),
    ]),
  ];
  const width = Math.max(10, ...rows.map(([key = '']) => t(key).length));
  for (const [key = '', value] of rows)
    if (value) process.stdout.write(`${t(key).padEnd(width)}  ${value}\n`);
}

async function load(options: Options): Promise<{ apis: readonly Api[]; scenarios: OwnScenario[] }> {
  const { setup, problems } = await loadLenient(options);
  if (problems.length > 0) tellError(new FileError(problems));
  const { apis } = setup;
  const scenarios = apis.flatMap((api) =>
    inGroups(offeredScenarios(api)).map((scenario) => ({ api, scenario })),
  );
  return { apis, scenarios };
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
    .join(t(' and '));
}
