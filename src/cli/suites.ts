import pc from 'picocolors';
import { addTo } from '../audit/add-to.js';
import { formatCount } from '../audit/format.js';
import { filesNamed } from '../load/files-named.js';
import { loadLenient } from '../load/load-setup.js';
import { listSuitesOf } from '../load/named-suites.js';
import type { ServedFiles } from '../load/pack-description.js';
import type { ProcessStep } from '../scenario/process.js';
import type { Suite } from '../scenario/suite.js';
import { t } from '../texts/spoken.js';

/** What an API cannot have of a suite that follows from its binding, a line each; those of one reason together. */
export function tellLeftOut({ leftOut = [] }: Suite): string {
  const byReason = new Map<string, string[]>();
  for (const { name, why } of leftOut) addTo(byReason, why, name);
  return [...byReason]
    .map(([why, names]) => `  ${t`without ${names.join(', ')}: ${why}`}\n`)
    .join('');
}

function tellStep({ name, title, optional }: ProcessStep, i: number): string {
  return `  ${String(i + 1).padStart(2)} ${name}: ${t(title)}${optional ? ` (${t('may be left out')})` : ''}\n`;
}

/** Lists the suites with what they play. @throws FileError for one with mistakes */
export async function showSuites(named: readonly string[], options: ServedFiles): Promise<void> {
  const served = filesNamed(named, options);
  const { setup } = await loadLenient(served);
  for (const { name, suite } of await listSuitesOf(setup.apis, served)) {
    const { title, scenarios, pace, steps } = suite;
    const how = pace === undefined ? '' : t`; with --pace ${pace} times as fast`;
    const of = steps ? `${t(formatCount(steps.length, 'step'))}, ` : '';
    process.stdout.write(
      `${pc.bold(name)}  ${t(title)} (${of}${t`${scenarios.length} scenarios`}${how})\n`,
    );
    process.stdout.write(`  ${pc.dim(scenarios.join(', '))}\n`);
    process.stdout.write(pc.dim((steps ?? []).map(tellStep).join('')));
    process.stdout.write(pc.dim(tellLeftOut(suite)));
  }
}
