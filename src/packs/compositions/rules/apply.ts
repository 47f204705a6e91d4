import type { BusinessError, Refusal, World } from '../../../sandbox/pack.js';
import type { BusinessRule } from './business-rule.js';

/** Fails the job by the first rule that is broken, and notes why. */
export function failBy<Case>(
  rules: readonly BusinessRule<Case>[],
  of: Case,
  world: World,
): BusinessError | undefined {
  for (const rule of rules) {
    const broken = rule.broken(of, world);
    if (!broken) continue;
    world.note(`business rule ${rule.name}: ${broken.what}`);
    return rule.code ? { code: rule.code } : { code: '', message: sentence(broken.what) };
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
    const broken = rule.broken(of, world);
    return broken ? [{ name: rule.name, ...broken }] : [];
  });
  if (found.length === 0) return undefined;
  world.note(found.map(({ name, what }) => `business rule ${name}: ${what}`).join('; '));
  return {
    status: 422,
    message: sentence(found.map(({ what }) => what).join('; ')),
    invalid: found.map(({ entry = '$', rule = 'invalid', what, params = [] }) => ({
      entry,
      entry_type: 'body',
      rules: [{ rule, description: what, params: [...params] }],
    })),
  };
}

/** A rule may quote what a client has sent, and a client may send much. */
const MAX_LENGTH = 500;

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1, MAX_LENGTH);
}
