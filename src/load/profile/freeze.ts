import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { EVERY_RULE } from '../../audit/rules/index.js';
import { UsageError } from '../../sandbox-error.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Suite } from '../../scenario/suite.js';
import { formatDuration } from '../../time/duration.js';
import { hashOf } from './read.js';

interface Frozen {
  name: string;
  /** `2026-11-27`. */
  date: string;
  pack: string;
  suite: Suite;
  scenarios: readonly Scenario[];
  /** Names of those that are left out. */
  without: readonly string[];
}

/**
 * Writes a profile of what a suite is today: its scenarios as they stand, every rule with its tolerance.
 * @returns its folder
 * @throws UsageError where there is one already, or a scenario has no file
 */
export async function freezeProfile(out: string, frozen: Frozen): Promise<string> {
  const { name, date, pack, suite, without } = frozen;
  const folder = join(out, name);
  if (await stat(folder).catch(() => undefined)) {
    const what = `${folder} is there already`;
    const hint = 'what is frozen stays as it is: take another name';
    throw new UsageError('USAGE_CANNOT_WRITE', what, hint);
  }
  const scenarios = frozen.scenarios.filter((one) => !without.includes(one.name));
  const texts = new Map(
    await Promise.all(scenarios.map(async (one) => [one.name, await textOf(one)] as const)),
  );
  const { title, about, pace, timeout, timeoutEndless } = suite;
  const content = {
    profile: name,
    ...(title === '' ? {} : { title }),
    ...(about === '' ? {} : { about }),
    date,
    pack,
    ...(pace === undefined ? {} : { pace }),
    ...(timeout === undefined ? {} : { timeout: formatDuration(timeout) }),
    ...(timeoutEndless === undefined ? {} : { timeout_endless: formatDuration(timeoutEndless) }),
    rules: rulesOf(suite),
    scenarios: scenarios.map((one) => one.name),
  };
  const { profile, ...rest } = content;
  const text = stringify({ profile, hash: hashOf(content, texts), ...rest }, { lineWidth: 100 });
  await mkdir(join(folder, 'scenarios'), { recursive: true });
  for (const [file, said] of texts) {
    await writeFile(join(folder, 'scenarios', `${file}.yaml`), said);
  }
  await writeFile(join(folder, 'profile.yaml'), `${HEAD}${text}`);
  return folder;
}

const HEAD =
  '# Frozen: what is changed here shows in the hash. esoz-sandbox profile check tells.\n';

/** Every rule of today, as far as it gives way: those that a later version has more are off. */
function rulesOf({ tolerances }: Suite): Record<string, string | number> {
  return Object.fromEntries(
    EVERY_RULE.filter(({ name }) => tolerances[name] !== 'off').map(({ name, allowance }) => {
      const usual = tolerances[name] ?? allowance?.usual;
      if (typeof usual !== 'number') return [name, 'on'];
      return [name, allowance?.kind === 'duration' ? formatDuration(usual) : usual];
    }),
  );
}

/** Without the line that leads an editor to a schema, which lies elsewhere. */
async function textOf({ name, file }: Scenario): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => {
    const what = `scenario "${name}" has no file that could be frozen`;
    const hint = 'it follows from the binding: freeze a suite of scenarios that have files';
    throw new UsageError('USAGE_UNKNOWN_SCENARIO', what, hint);
  });
  return text.replaceAll('\r\n', '\n').replace(/^# yaml-language-server:.*\n/, '');
}
