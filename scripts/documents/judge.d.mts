/** See judge.mjs: a JSON Schema implementation that neither we nor Prism use. */
export function makeJudge(
  document: object,
  direction: 'request' | 'response',
): (pointer: string, value: unknown) => Promise<'valid' | 'invalid' | 'unjudged'>;
