import { language, t } from '../text.js';

/** Name of the part with what the viewer says, put in by the build. */
declare const VIEWER_PHRASES: { uk: string };

/** What stands in the place of each text of the viewer. */
export type ViewerWords = ReadonlyMap<string, string>;

/** The viewer speaks English: what it says is told again in the page's language. */
export async function loadViewerWords(): Promise<ViewerWords> {
  const chosen = language.value;
  if (chosen === 'en') return new Map();
  const answer = await fetch(`board/${VIEWER_PHRASES[chosen]}`);
  return new Map(Object.entries(await answer.json()));
}

/** What the viewer leaves without a name, by where it stands (WCAG 2.2, 4.1.2). */
function names(): [string, string][] {
  return [
    ['#servers', t('Address of the API')],
    ['.examples-select-element', t('Example')],
    ['.content-type', t('Media type')],
    ['td select', t('Value')],
    ['td input', t('Value')],
    ['textarea', t('Body of the request')],
    ['.operation-filter-input', t('Filter by tag or path')],
    ['.close-modal', t('Close')],
    ['.model-box-control:has(> .model-toggle:only-child)', t('Unfold the schema')],
  ];
}

/** What is somebody's text, and not the viewer's. */
const OF_THE_DOCUMENT =
  '.markdown, .renderedMarkdown, pre, code, textarea, select:not(.examples-select-element), .opblock-tag, .opblock-summary, .title, .prop-name, .property';

/** Says and names whatever comes to stand in the viewer. */
export function speakFor(place: HTMLElement, words: ViewerWords): void {
  const named = names();
  const watch = new MutationObserver((changes) => {
    const changed = new Set(changes.map(({ target }) => target));
    if (words.size > 0) for (const within of changed) translate(within, words);
    nameAll(place, named);
    // What has just been said is not looked at again.
    watch.takeRecords();
  });
  watch.observe(place, { childList: true, characterData: true, subtree: true });
}

function translate(within: Node, words: ViewerWords): void {
  const texts = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  for (let at: Node | null = texts.currentNode; at; at = texts.nextNode()) {
    if (!(at instanceof Text)) continue;
    const whole = at.data.trim();
    const english = words.has(whole) ? whole : whole.replace(/ ?:$/, '');
    const said = words.get(english);
    if (said === undefined || at.parentElement?.closest(OF_THE_DOCUMENT)) continue;
    at.data = at.data.replace(english, () => said);
  }
  if (!(within instanceof Element)) return;
  for (const name of ['placeholder', 'title', 'aria-label']) {
    for (const each of within.querySelectorAll(`[${name}]`)) {
      const said = words.get(each.getAttribute(name) ?? '');
      if (said !== undefined) each.setAttribute(name, said);
    }
  }
}

function nameAll(place: HTMLElement, named: readonly (readonly [string, string])[]): void {
  for (const [where, word] of named) {
    for (const each of place.querySelectorAll(`${where}:not([aria-label])`))
      each.setAttribute('aria-label', word);
  }
  // A name that leaves out what is read on the button (WCAG 2.2, 2.5.3).
  for (const each of place.querySelectorAll('.modal-ux .modal-btn[aria-label]'))
    each.removeAttribute('aria-label');
  // What is cut off has to be reached without a mouse.
  for (const each of place.querySelectorAll<HTMLElement>('pre:not([tabindex])')) each.tabIndex = 0;
}
