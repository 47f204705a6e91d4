import { harmlessMarkdown } from './harmless-markdown.js';

/** Names of the viewer's parts, put in by the build. */
declare const VIEWER: { script: string; style: string };

/** Shows a document in a place of the page. */
type Viewer = (place: HTMLElement, url: string, words: Words, more: More) => void;

interface More {
  fold: Fold;
  /** All requests bring them. */
  headers: Headers;
}

type Headers = Readonly<Record<string, string>>;

/** What the button says below a long description: while it is folded, while it is open. */
interface Fold {
  more: string;
  less: string;
}

/** What the viewer leaves without a name, by where it stands. */
type Words = Readonly<Record<string, string>>;

interface Ui {
  specSelectors: { securityDefinitions(): { toJS(): Record<string, Scheme> } | undefined };
  preauthorizeApiKey(scheme: string, value: string): void;
  preauthorizeBasic(scheme: string, user: string, password: string): void;
}

/** A security scheme of OpenAPI 3. */
interface Scheme {
  type: string;
  scheme?: string;
}

/** What any credential looks like where none is held against a list. */
const ANY = 'demo';

let loading: Promise<Viewer> | undefined;

/** The viewer is large and loaded once, when a contract is first opened. */
export function loadViewer(): Promise<Viewer> {
  loading ??= Promise.all([addStyle(VIEWER.style), addScript(VIEWER.script)]).then(() => {
    // biome-ignore lint/suspicious/noExplicitAny: its script puts it there
    const make = (globalThis as any).SwaggerUIBundle;
    return (place, url, words, { fold, headers }) => {
      const ui: Ui = make({
        url,
        domNode: place,
        // Else the document would be sent to a validator on the network.
        validatorUrl: null,
        docExpansion: 'list',
        filter: true,
        deepLinking: false,
        tryItOutEnabled: true,
        // Its colours could not be read on its ground.
        syntaxHighlight: false,
        presets: [make.presets.apis],
        plugins: [plainDescriptions, foldDescription(fold)],
        requestInterceptor: (request: Sent) => bring(request, headers),
        onComplete: () => authorize(ui),
      });
      nameAll(place, words);
    };
  });
  return loading;
}

/** A request that the viewer is about to send. */
interface Sent {
  loadSpec?: boolean;
  headers: Record<string, string>;
}

/** A token in place of any credential, where only tokens are let in. */
function bring(request: Sent, headers: Headers): Sent {
  if (request.loadSpec) return request;
  const named = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const others = Object.entries(request.headers).filter(([name]) => !named.has(name.toLowerCase()));
  request.headers = { ...Object.fromEntries(others), ...headers };
  return request;
}

/** Its part that shows descriptions, and what it is made with. */
type Shown = (props: { source?: unknown }) => unknown;
interface Viewed {
  React: { createElement(part: Shown, props: object): unknown };
}

/** Descriptions are somebody else's: the viewer would ask the hosts of their pictures. */
function plainDescriptions({ React }: Viewed) {
  const wrap = (Original: Shown) => (props: { source?: unknown }) => {
    const { source } = props;
    const harmless = typeof source === 'string' ? harmlessMarkdown(source) : source;
    return React.createElement(Original, { ...props, source: harmless });
  };
  return { wrapComponents: { Markdown: wrap } };
}

/** In characters: what is longer would push the operations out of sight. */
const LONG = 900;

/** A plugin of the viewer: a long description of the API is folded above its operations. */
function foldDescription({ more, less }: Fold) {
  // biome-ignore lint/suspicious/noExplicitAny: the viewer's own parts have no types
  const wrap = (Original: any, { React, specSelectors }: any) =>
    // biome-ignore lint/suspicious/noExplicitAny: as above
    function Info(props: any) {
      const [open, setOpen] = React.useState(false);
      const original = React.createElement(Original, props);
      if ((specSelectors.info().get('description') ?? '').length < LONG) return original;
      const button = React.createElement(
        'button',
        {
          type: 'button',
          className: 'fold-info',
          'aria-expanded': open,
          onClick: () => setOpen(!open),
        },
        open ? less : more,
      );
      return React.createElement(
        'div',
        { className: open ? 'info-open' : 'info-folded' },
        original,
        React.createElement('p', null, button),
      );
    };
  return () => ({ wrapComponents: { InfoContainer: wrap } });
}

/** Fills in what the operations ask for, so that the first try is answered. */
function authorize(ui: Ui): void {
  const schemes = ui.specSelectors.securityDefinitions()?.toJS() ?? {};
  for (const [name, { type, scheme = '' }] of Object.entries(schemes)) {
    if (type === 'http' && scheme.toLowerCase() === 'basic') ui.preauthorizeBasic(name, ANY, ANY);
    else if (type === 'apiKey' || type === 'http') ui.preauthorizeApiKey(name, ANY);
  }
}

/** Gives names to what has none, whenever something is opened (WCAG 2.2, 4.1.2). */
function nameAll(place: HTMLElement, words: Words): void {
  const name = () => {
    for (const [where, word] of Object.entries(words)) {
      for (const each of place.querySelectorAll(`${where}:not([aria-label])`))
        each.setAttribute('aria-label', word);
    }
    // What is cut off has to be reached without a mouse.
    for (const each of place.querySelectorAll<HTMLElement>('pre:not([tabindex])'))
      each.tabIndex = 0;
  };
  new MutationObserver(name).observe(place, { childList: true, subtree: true });
}

function addScript(name: string): Promise<void> {
  const script = document.createElement('script');
  script.src = `board/${name}`;
  return added(script);
}

function addStyle(name: string): Promise<void> {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = `board/${name}`;
  return added(link);
}

function added(element: HTMLElement): Promise<void> {
  return new Promise((done, fail) => {
    element.addEventListener('load', () => done());
    element.addEventListener('error', () => fail(new Error('the viewer could not be loaded')));
    document.head.append(element);
  });
}
