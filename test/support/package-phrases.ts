import { CAUSE_KINDS } from '../../src/audit/cause-table.js';
import { followsTheProcess } from '../../src/audit/rules/follows-the-process.js';
import { EVERY_RULE } from '../../src/audit/rules/index.js';
import { keepsTheContract } from '../../src/audit/rules/keeps-the-contract.js';
import { FAULTS } from '../../src/faults/index.js';
import { scenarioSchema } from '../../src/load/authoring/schema.js';
import { loadLenient } from '../../src/load/load-setup.js';
import { apiFilesOf, packNames, suiteFolders } from '../../src/load/pack-description.js';
import { listSuites, readSuite } from '../../src/load/suite-files.js';
import type { Api } from '../../src/sandbox/api.js';
import { GROUPS } from '../../src/scenario/scenario.js';
import type { Suite } from '../../src/scenario/suite.js';

/** What the package says of scenarios, suites and rules in phrases without holes, by the phrasebook that has them. */
export interface PackagePhrases {
  scenarios: ReadonlySet<string>;
  suites: ReadonlySet<string>;
  rules: ReadonlySet<string>;
  /** What the editor of the page says of keys and values. */
  formats: ReadonlySet<string>;
}

export async function packagePhrases(): Promise<PackagePhrases> {
  const packs = await Promise.all(packNames().map(loadPack));
  const ruleTitles = new Set(EVERY_RULE.map(({ title }) => title));
  const formats = packs.flatMap(({ apis }) => apis.flatMap(ofFormats));
  return {
    scenarios: spoken([
      ...packs.flatMap(({ apis }) => apis.flatMap(ofScenarios)),
      ...[...GROUPS, 'own'].map((group) => `group: ${group}`),
    ]),
    suites: spoken(packs.flatMap(({ suites }) => suites.flatMap(ofSuite))),
    rules: spoken([
      ...[...EVERY_RULE, keepsTheContract, followsTheProcess].flatMap(({ title, why, advice }) => [
        title,
        why,
        advice,
      ]),
      ...CAUSE_KINDS.flatMap(({ title, advice }) => [title, advice]),
      ...Object.values(FAULTS).map(({ title }) => title),
    ]),
    formats: spoken([...formats.filter((text) => !ruleTitles.has(text)), CANCELLED]),
  };
}

function spoken(texts: readonly (string | undefined)[]): ReadonlySet<string> {
  return new Set(texts.filter((text): text is string => text !== undefined && text !== ''));
}

async function loadPack(pack: string): Promise<{ apis: readonly Api[]; suites: Suite[] }> {
  const { setup } = await loadLenient({ pack });
  const [files] = apiFilesOf({ pack });
  const [api] = setup.apis;
  const folders = files && api ? suiteFolders(files, api.binding.name) : [];
  const named = [...(await listSuites(folders)).values()];
  return {
    apis: setup.apis,
    suites: await Promise.all(named.map((file) => readSuite(setup.apis, file))),
  };
}

function ofScenarios({ catalogue }: Api): string[] {
  return [...catalogue.values()].flatMap(({ title, about }) => [title, about]);
}

function ofSuite({ title, about, steps = [] }: Suite): string[] {
  return [title, about, ...steps.flatMap((step) => [step.title, step.advice])];
}

/** No API of the package has jobs that end so; the editor says it of those of others. */
const CANCELLED = 'the job was cancelled: there will be no result';

/** Titles of rules and faults, and what the contract says of its own operations and errors, is told elsewhere. */
function ofFormats(api: Api): string[] {
  const found: string[] = [];
  const visit = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    const { description, enumDescriptions } = schema as Record<string, unknown>;
    if (typeof description === 'string') found.push(description);
    if (Array.isArray(enumDescriptions) && !OF_THE_API.test(path)) found.push(...enumDescriptions);
    for (const [key, inner] of Object.entries(schema)) visit(inner, `${path}/${key}`);
  };
  visit(scenarioSchema(api), '');
  return found
    .flatMap((text) => text.split('\n\n').slice(0, 1))
    .map((text) => text.replace(/^(a form of) (?!the )\S+$/, '$1 {0}'))
    .map((text) => text.replace(/^the envelope \S+/, 'the envelope {0}'));
}

const OF_THE_API = /\/(?:operations\/items|error\/properties\/code|tolerances|fault)(?:\/|$)/;
