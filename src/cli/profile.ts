import pc from 'picocolors';
import { TOLERANCES } from '../audit/rules/index.js';
import { loadLenient } from '../load/load-setup.js';
import { suitesNamed } from '../load/named-suites.js';
import { usualPack } from '../load/pack-description.js';
import { serveProfile } from '../load/profile/apply.js';
import { freezeProfile } from '../load/profile/freeze.js';
import { type FoundProfile, profileNames, readProfile } from '../load/profile/read.js';
import { scenariosOfSuite } from '../sandbox/suite-scenarios.js';
import { UsageError } from '../sandbox-error.js';
import { t } from '../texts/spoken.js';
import { formatDuration } from '../time/duration.js';

interface Json {
  json?: boolean;
}

export async function listProfiles({ json }: Json): Promise<void> {
  const found = await Promise.all((await profileNames()).map(readProfile));
  if (json) {
    process.stdout.write(`${JSON.stringify(found.map(shownAsJson), null, 2)}\n`);
    return;
  }
  for (const one of found) process.stdout.write(headOf(one));
}

/** @throws UsageError, FileError */
export async function showProfile(name: string, { json }: Json): Promise<void> {
  const profile = await readProfile(name);
  if (json) {
    process.stdout.write(`${JSON.stringify(shownAsJson(profile), null, 2)}\n`);
    return;
  }
  const { rules, tolerances, scenarios } = profile;
  process.stdout.write(headOf(profile));
  process.stdout.write(`\n${t('rules')}\n`);
  const width = Math.max(...rules.map((rule) => rule.length));
  for (const rule of rules) {
    process.stdout.write(`  ${rule.padEnd(width)}  ${pc.dim(tell(rule, tolerances[rule]))}\n`);
  }
  process.stdout.write(`\n${t('scenarios')}\n`);
  for (const scenario of scenarios) process.stdout.write(`  ${scenario}\n`);
}

function tell(rule: string, tolerance: FoundProfile['tolerances'][string] | undefined): string {
  if (typeof tolerance !== 'number') return 'on';
  return TOLERANCES.get(rule) === 'duration' ? formatDuration(tolerance) : String(tolerance);
}

function headOf({ name, title, date, hash, scenarios, rules, pack }: FoundProfile): string {
  return [
    `${pc.bold(name)}  ${t(title)} (${date}, ${pack}: ${t`${scenarios.length} scenarios`}, ${t`${rules.length} rules`})`,
    `  ${pc.dim(hash)}`,
    '',
  ].join('\n');
}

function shownAsJson(profile: FoundProfile) {
  const { name, title, about, date, hash, pack, rules, tolerances, scenarios } = profile;
  return { name, title, about, date, hash, pack, rules, tolerances, scenarios };
}

/** Reads each, and holds its scenarios to today's words and contract. @throws UsageError, FileError */
export async function checkProfiles(names: readonly string[]): Promise<void> {
  for (const name of names.length > 0 ? names : await profileNames()) {
    const profile = await readProfile(name);
    const { setup } = await loadLenient({ pack: profile.pack });
    await serveProfile(setup.apis, profile);
    process.stdout.write(`${t`${profile.name} is as it was frozen, and can be played`}\n`);
  }
}

interface Freezing {
  suite: string;
  out: string;
  pack?: string;
  without: string[];
  date?: string;
  title?: string;
  about?: string;
}

/** @throws UsageError, FileError */
export async function freeze(name: string, options: Freezing): Promise<void> {
  const { suite: wanted, out, pack = usualPack(), without, title, about } = options;
  if (!/^[\w.-]+$/.test(name)) {
    const hint = 'letters, digits, ".", "-" and "_": ours-2026.1';
    throw new UsageError('USAGE_WRONG_OPTION', `"${name}" is no name for a profile`, hint);
  }
  const date = options.date ?? new Date().toISOString().slice(0, 10);
  const { setup } = await loadLenient({ pack });
  const [own] = await suitesNamed(setup.apis, { pack }, wanted);
  const suite = { ...own.suite, ...(title ? { title } : {}), ...(about ? { about } : {}) };
  const scenarios = scenariosOfSuite(suite, own.apis).map(({ scenario }) => scenario);
  const folder = await freezeProfile(out, {
    name,
    date,
    pack,
    suite,
    scenarios,
    without,
  });
  process.stdout.write(`${t`${folder} is written`}\n`);
}
