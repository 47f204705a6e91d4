/** Where the package tells of every rule, with wrong and right code: a path in it, since its pages are not on the web. */
const PAGE = 'docs/rules.md';

/** The page of a rule that only some runs have. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'keeps-the-contract': 'docs/reference/requests.md',
  'follows-the-process': 'docs/guides/admission.md',
};

/** `docs/rules.md#eta-respected`. */
export function pageOfRule(rule: string): string {
  return `${ELSEWHERE[rule] ?? PAGE}#${rule}`;
}
