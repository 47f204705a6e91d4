import type { BusinessError, Refusal, World } from '../../../sandbox/pack.js';
import { setting } from '../settings.js';
import { VALIDATION } from '../validation-table.js';
import type { Broken, BusinessRule } from './business-rule.js';

/** Fails the job by the first rule that is broken, and notes why. */
export function failBy<Case>(
  rules: readonly BusinessRule<Case>[],
  of: Case,
  world: World,
): BusinessError | undefined {
  for (const rule of rules) {
    const broken = applied(rule, of, world);
    if (!broken) continue;
    world.note(`business rule ${rule.name}: ${broken.what}; ${origin(rule)}`);
    const code = broken.code ?? rule.code;
    return code ? errorOf(code) : { code: '', message: sentence(broken.what) };
  }
  return undefined;
}

/** Refuses the request by all rules that are broken, each at its place. */
export function refuseBy<Case>(
  rules: readonly BusinessRule<Case>[],
  of: Case,
  world: World,
): Refusal | undefined {
  const found = rules.flatMap((rule) => {
    const broken = applied(rule, of, world);
    return broken ? [{ rule, broken }] : [];
  });
  if (found.length === 0) return undefined;
  const notes = found.map(
    ({ rule, broken }) => `business rule ${rule.name}: ${broken.what}; ${origin(rule)}`,
  );
  world.note(notes.join('; '));
  const names = found.map(({ rule }) => rule.name).join(',');
  const what = found.map(told).join('; ');
  return {
    status: 422,
    message: `${sentence(what)} (to switch this off: setting RULES_OFF=${names})`,
    invalid: found.map(({ rule, broken }) => ({
      entry: broken.entry ?? '$',
      entry_type: 'body',
      rules: [
        {
          rule: broken.rule ?? 'invalid',
          description: `${told({ rule, broken })}; ${origin(rule)}`,
          params: [...(broken.params ?? [])],
        },
      ],
    })),
  };
}

interface Found {
  rule: BusinessRule<never>;
  broken: Broken;
}

function told({ rule, broken: { code = rule.code, what } }: Found): string {
  return code ? `${code}: ${what}` : what;
}

/** Bindings that people have made before know these codes; to others the table lends its words. */
const OLD = ['1000', '1001', '1002', '1003', '1004', '1005', '1006', '1136', '1137', '1172'];

function errorOf(code: string): BusinessError {
  const row = OLD.includes(code) ? undefined : VALIDATION.find((known) => known.code === code);
  return row ? { code, otherwise: row.message } : { code };
}

/** A rule that somebody has switched off breaks nothing; what it would have said is noted. */
function applied<Case>(rule: BusinessRule<Case>, of: Case, world: World): Broken | undefined {
  const broken = rule.broken(of, world);
  if (!broken) return undefined;
  const off = setting(world, 'RULES_OFF');
  const words = [rule.name, ...wordsOf(broken.code ?? rule.code)];
  if (!words.some((word) => off.includes(word))) return broken;
  world.note(`business rule ${rule.name} is off (setting RULES_OFF): ${broken.what}`);
  return undefined;
}

/** Codes of a rule, one by one: `1081, 1085` are two. */
export function wordsOf(code: string): string[] {
  return code.split(', ').filter((word) => word !== '');
}

function origin({ name, source }: BusinessRule<never>): string {
  return `source: ${source}; to switch it off: setting RULES_OFF=${name}`;
}

/** A rule may quote what a client has sent, and a client may send much. */
const MAX_LENGTH = 500;

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1, MAX_LENGTH);
}
