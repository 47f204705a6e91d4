import type { EditorView, Tooltip } from '@codemirror/view';
import { codeIn } from './code-in.js';
import { schema } from './draft.js';
import { sayAbout } from './format-texts.js';
import { placeAt } from './place-at.js';
import { aboutAt, valuesAt } from './schema-at.js';

/** What the word under the pointer means. */
export function explainAt(view: EditorView, at: number): Tooltip | null {
  const known = schema.value;
  const line = view.state.doc.lineAt(at);
  const word = wordAt(line.text, at - line.from);
  if (!known || !word) return null;
  const place = placeAt(view.state.doc.toString(), line.from + word.end);
  if (!place) return null;
  const isKey = line.text[word.end] === ':';
  const path = isKey ? [...place.around, word.text] : [...place.around, place.key ?? word.text];
  const value = isKey ? undefined : valuesAt(known, path).find(({ label }) => label === word.text);
  const about = value?.about || aboutAt(known, path);
  if (about === '') return null;
  return {
    pos: line.from + word.start,
    end: line.from + word.end,
    above: true,
    create: () => {
      const dom = codeIn(sayAbout(about));
      dom.className = 'explained';
      return { dom };
    },
  };
}

function wordAt(line: string, column: number) {
  for (const match of line.matchAll(/[\w.-]+/g)) {
    const { index: start } = match;
    const end = start + match[0].length;
    if (column >= start && column <= end) return { start, end, text: match[0] };
  }
  return undefined;
}
