import type { SessionControl, Verdict, VerdictOptions } from '../../src/index.js';
import { type Habits, Poller } from '../clients/poller.js';
import { disability } from '../support/conclusions.js';
import { openSandbox } from '../support/sandbox.js';

/** Lets a client with some habits live through a scenario, and judges it. */
export async function play(
  scenario: string,
  habits: Partial<Habits> = {},
  options: VerdictOptions = {},
): Promise<{ verdict: Verdict; session: SessionControl }> {
  const { sandbox } = await openSandbox();
  sandbox.next(scenario);
  await new Poller(sandbox, habits).run(disability());
  return { verdict: sandbox.verdict(options), session: sandbox };
}

export function ruleOf(verdict: Verdict, name: string) {
  const rule = verdict.rules.find((r) => r.rule === name);
  if (!rule) throw new Error(`no rule ${name}`);
  return rule;
}

/** Names of the rules that are broken, without what the scenario expects beside them. */
export function broken({ rules }: Verdict): string[] {
  return rules
    .filter((r) => r.outcome === 'failed' && r.rule !== 'expectations')
    .map((r) => r.rule);
}
