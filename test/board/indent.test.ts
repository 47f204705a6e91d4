import { insertNewlineAndIndent } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { EditorSelection, EditorState } from '@codemirror/state';
import { expect, it } from 'vitest';
import { INDENT } from '../../src/board/editor/indent.js';

/** What Enter makes of a text; `|` is the cursor. */
function enter(text: string): string {
  const at = text.indexOf('|');
  let state = EditorState.create({
    doc: text.replace('|', ''),
    selection: EditorSelection.cursor(at),
    extensions: [yaml(), INDENT],
  });
  insertNewlineAndIndent({ state, dispatch: (change) => (state = change.state) });
  const { head } = state.selection.main;
  return `${state.sliceDoc(0, head)}|${state.sliceDoc(head)}`;
}

const ENTRY = 'life:\n  - state: PENDING';

it.each([
  ['a key of an entry', `${ENTRY}|`, `${ENTRY}\n    |`],
  ['the same before a comment', `${ENTRY} # waits|`, `${ENTRY} # waits\n    |`],
  ['a comment that is split', `${ENTRY} # wa|its`, `${ENTRY} # wa\n    |its`],
  ['a line of a comment alone', `${ENTRY}\n  # waits|`, `${ENTRY}\n  # waits\n  |`],
  ['a key whose value is still to come', 'life:|', 'life:\n  |'],
  ['the same before a comment', 'life: # of a job|', 'life: # of a job\n  |'],
  ['such a key of an entry', 'a:\n  - eta:|', 'a:\n  - eta:\n      |'],
  ['braces on one line', 'when: { body: {} } # any|', 'when: { body: {} } # any\n|'],
  ['a sign that begins no comment', 'title: a#b|', 'title: a#b\n|'],
])('begins the line below %s where it is gone on', (_, before, after) => {
  expect(enter(before)).toBe(after);
});
