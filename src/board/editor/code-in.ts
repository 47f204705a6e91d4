import { partsOf } from '../../view/prose.js';

/** A text with code between backticks, for what the editor draws by itself. */
export function codeIn(text: string): HTMLElement {
  const dom = document.createElement('div');
  const nodes = partsOf(text).map((part, i) => {
    if (i % 2 === 0) return part;
    const code = document.createElement('code');
    code.textContent = part;
    return code;
  });
  dom.append(...nodes);
  return dom;
}
