import type { Verdict as Judged } from '../../src/audit/verdict.js';
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

/** A verdict as the auditor makes it or as programs get it. */
export function ruleOf<At>({ rules }: Pick<Judged<At>, 'rules'>, name: string) {
  const rule = rules.find((r) => r.rule === name);
  if (!rule) throw new Error(`no rule ${name}`);
  return rule;
}

/** What a good client must not give rise to: findings of a severity from warning up. A note is no reproach. */
export function reproaches<At>({ rules }: Pick<Judged<At>, 'rules'>): string[] {
  return rules
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity !== 'note')
    .map(({ rule, message }) => `${rule}: ${message}`);
}

/** Names of the rules of such a severity that are broken, without what the scenario expects beside them. */
export function broken<At>({ rules }: Pick<Judged<At>, 'rules'>): string[] {
  return rules
    .filter((r) => r.outcome === 'failed' && r.severity !== 'note' && r.rule !== 'expectations')
    .map((r) => r.rule);
}
