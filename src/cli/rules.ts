import pc from 'picocolors';
import type { Rule } from '../audit/rule.js';
import { EVERY_RULE } from '../audit/rules/index.js';
import { inEnglish, type Say } from '../say.js';
import { t } from '../texts/spoken.js';
import { formatDuration } from '../time/duration.js';

/** Lists the rules, for people or for programs. */
export function listRules({ json }: { json?: boolean }): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(EVERY_RULE.map(showRule), null, 2)}\n`);
    return;
  }
  const width = Math.max(...EVERY_RULE.map(({ name }) => name.length));
  for (const rule of EVERY_RULE) {
    const { name, severity, title, sources, advice } = rule;
    const indent = ' '.repeat(width + 2);
    process.stdout.write(
      `${pc.bold(name.padEnd(width))}  ${t(title)} ${pc.dim(`(${t(severity)})`)}\n`,
    );
    const tolerance = tellTolerance(rule, t);
    if (tolerance) process.stdout.write(`${indent}${pc.dim(t`tolerance: ${tolerance}`)}\n`);
    process.stdout.write(`${indent}${pc.dim(t`do: ${advice}`)}\n`);
    for (const { text, url } of sources) {
      process.stdout.write(
        `${indent}${pc.dim(t`source: ${`${t(text)}${url ? ` <${url}>` : ''}`}`)}\n`,
      );
    }
  }
}

function showRule(rule: Rule) {
  const { name, severity, title, why, sources, advice } = rule;
  const tolerance = tellTolerance(rule);
  return { name, severity, title, why, advice, ...(tolerance ? { tolerance } : {}), sources };
}

/** `to come early by 100ms`. */
function tellTolerance({ allowance }: Rule, t: Say = inEnglish): string | undefined {
  if (!allowance) return undefined;
  const { kind, usual, means, paced } = allowance;
  const value = kind === 'duration' ? formatDuration(usual) : String(usual);
  const divided = paced ? `, ${t('divided by the pace')}` : '';
  return kind === 'duration' ? `${t(means)} ${value}${divided}` : `${value} ${t(means)}`;
}
