import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import {
  defaultKeymap,
  history,
  historyKeymap,
  redo,
  redoDepth,
  undo,
  undoDepth,
} from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, Transaction } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  hoverTooltip,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { effect, signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { language, t } from '../text.js';
import { completeScenario } from './complete.js';
import { diagnosticsOf } from './diagnostics.js';
import { report, text, write } from './draft.js';
import { explainAt } from './explain.js';
import { loadFormatTexts } from './format-texts.js';
import { INDENT } from './indent.js';
import { HIGHLIGHT, THEME } from './look.js';

let shown: EditorView | undefined;

/** Is there a change to be undone, or one to be made again? */
export const canUndo = signal(false);
export const canRedo = signal(false);

/** The text of the scenario, in a shadow root: there the editor's own styles need no leave of the page's policy. */
export function YamlEditor() {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return;
    const root = place.current.attachShadow({ mode: 'open' });
    const words = new Compartment();
    const view = new EditorView({
      parent: root,
      root,
      state: EditorState.create({
        doc: text.value,
        extensions: [...EXTENSIONS, words.of(inWords())],
      }),
    });
    shown = view;
    const ends = [
      effect(() => follow(view, text.value)),
      effect(() => {
        const problems = report.value?.problems ?? [];
        view.dispatch(setDiagnostics(view.state, diagnosticsOf(view.state.doc, problems)));
      }),
      effect(() => void loadFormatTexts().catch(() => {})),
      effect(() => {
        void language.value;
        view.dispatch({ effects: words.reconfigure(inWords()) });
      }),
    ];
    return () => {
      for (const end of ends) end();
      shown = undefined;
      canUndo.value = false;
      canRedo.value = false;
      view.destroy();
    };
  }, []);
  return <div class="yaml-text" ref={place} />;
}

/** Shows a line of the text, from 1. */
export function reveal(line: number): void {
  if (!shown) return;
  const { doc } = shown.state;
  const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
  const head = from + (/^\s*/.exec(doc.sliceString(from, to))?.[0].length ?? 0);
  shown.dispatch({ selection: { anchor: head }, scrollIntoView: true });
  shown.focus();
}

export function undoChange(): void {
  if (shown) undo(shown);
}

export function redoChange(): void {
  if (shown) redo(shown);
}

const EXTENSIONS = [
  lineNumbers(),
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  EditorView.lineWrapping,
  yaml(),
  INDENT,
  syntaxHighlighting(HIGHLIGHT),
  THEME,
  lintGutter(),
  autocompletion({ override: [completeScenario], icons: false }),
  hoverTooltip(explainAt),
  keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
  EditorView.updateListener.of(({ docChanged, state }) => {
    if (docChanged) write(state.doc.toString());
    canUndo.value = undoDepth(state) > 0;
    canRedo.value = redoDepth(state) > 0;
  }),
];

/** What is read out, and the editor's own few words. */
function inWords() {
  return [
    EditorView.contentAttributes.of({ 'aria-label': t('The scenario as YAML') }),
    EditorState.phrases.of({
      Completions: t('Completions'),
      Diagnostics: t('Mistakes'),
      'No diagnostics': t('No mistake'),
    }),
  ];
}

/** Puts in what has changed elsewhere, and leaves the rest, so that the cursor stays where it is. */
function follow(view: EditorView, wanted: string): void {
  const now = view.state.doc.toString();
  if (now === wanted) return;
  const most = Math.min(now.length, wanted.length);
  let start = 0;
  while (start < most && now[start] === wanted[start]) start += 1;
  let end = 0;
  while (end < most - start && now.at(-1 - end) === wanted.at(-1 - end)) end += 1;
  view.dispatch({
    changes: {
      from: start,
      to: now.length - end,
      insert: wanted.slice(start, wanted.length - end),
    },
    annotations: Transaction.userEvent.of('input.blocks'),
  });
}
