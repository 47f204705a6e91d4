/** Where the package tells of every rule, with wrong and right code: a path in it, since its pages are not on the web. */
const PAGE = 'docs/rules.md';

/** `docs/rules.md#eta-respected`. */
export function pageOfRule(rule: string): string {
  return `${PAGE}#${rule}`;
}
