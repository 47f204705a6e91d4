import { getIndentation, IndentContext, indentService, syntaxTree } from '@codemirror/language';

/**
 * How far in the line below begins. The language of YAML looks at what stands right before the cursor: behind a comment, or
 * a key whose value is still to come, it goes on as far in as the line itself.
 */
export const INDENT = indentService.of(({ state, unit }, pos) => {
  const line = state.doc.lineAt(pos);
  const node = syntaxTree(state).resolveInner(pos, -1);
  const end = node.name === 'Comment' ? node.from : pos;
  const code = state.doc.sliceString(line.from, end).trimEnd();
  const [opened] = /^[\s-]*(?=[\w.-]+:$)/.exec(code) ?? [];
  if (opened !== undefined) return opened.length + unit;
  if (end === pos || code === '') return undefined;
  const at = line.from + code.length;
  return getIndentation(new IndentContext(state, { simulateBreak: at }), at);
});
