/** What expressions of GitHub Actions read: `inputs`, `runner`, `steps`, by their paths. */
export type Context = Readonly<Record<string, unknown>>;

/** Fills in each `${{ … }}` of a text. */
export function fillIn(text: string, context: Context): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/g, (_, expression) =>
    String(evaluate(expression, context) ?? ''),
  );
}

/** Whether a step's `if` holds. @param failed a step before it has failed */
export function holds(condition: string | undefined, context: Context, failed: boolean): boolean {
  // Without a function of the state of the job, `success()` stands in front of it.
  if (failed && !condition?.includes('always()')) return false;
  return condition === undefined || Boolean(evaluate(condition, context));
}

/** The part of the language that an action here uses; the rest is an error. */
function evaluate(expression: string, context: Context): unknown {
  const text = expression.trim();
  const both = text.split('&&');
  if (both.length > 1) return both.every((part) => evaluate(part, context));
  if (text === 'always()') return true;
  const [, left, sign, right] = /^(\S+) (==|!=) '([^']*)'$/.exec(text) ?? [];
  if (left !== undefined) {
    const same = String(evaluate(left, context) ?? '') === right;
    return sign === '==' ? same : !same;
  }
  if (!/^[a-z][\w-]*(\.[\w-]+)+$/.test(text)) throw new Error(`not understood: ${text}`);
  return text.split('.').reduce<unknown>((value, name) => {
    return (value as Record<string, unknown> | undefined)?.[name];
  }, context);
}
