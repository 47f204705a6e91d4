import { withHarmlessNames, withTrueNames } from './harmless-names.js';
import {
  type Fold,
  foldDescription,
  inPlaceOfFailed,
  plainDescriptions,
} from './viewer-plugins.js';
import { speakFor, type ViewerWords } from './viewer-words.js';

/** Names of the viewer's parts, put in by the build. */
declare const VIEWER: { script: string; style: string };

/**
 * Shows a document in a place of the page.
 * @returns false: it has operations, and none of them could be shown
 */
type Viewer = (place: HTMLElement, document: ShownDocument, more: More) => Promise<boolean>;

/** An OpenAPI document. */
export interface ShownDocument {
  paths?: Readonly<Record<string, object>>;
}

interface More {
  words: ViewerWords;
  fold: Fold;
  /** All requests bring them. */
  headers: Headers;
  /** Said in the place of a part that fails. */
  failed: string;
}

type Headers = Readonly<Record<string, string>>;

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
  loading ??= Promise.all([addStyle(VIEWER.style), addScript(VIEWER.script)]).then(
    makeViewer,
    (problem) => {
      // Who opens a contract again tries again.
      loading = undefined;
      throw problem;
    },
  );
  return loading;
}

function makeViewer(): Viewer {
  // biome-ignore lint/suspicious/noExplicitAny: its script puts it there
  const make = (globalThis as any).SwaggerUIBundle;
  return (place, document, { words, fold, headers, failed }) => {
    speakFor(place, words);
    const ui: Ui = make({
      spec: withHarmlessNames(document),
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
      plugins: [plainDescriptions, foldDescription(fold), inPlaceOfFailed(failed)],
      requestInterceptor: (request: Sent) => asSent(request, headers),
      onComplete: () => authorize(ui),
    });
    return hasOperations(document) ? comes(place, '.opblock') : Promise.resolve(true);
  };
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

function hasOperations({ paths = {} }: ShownDocument): boolean {
  return Object.values(paths).some((item) => METHODS.some((method) => Object.hasOwn(item, method)));
}

/** A request that the viewer is about to send. */
interface Sent {
  url: string;
  headers: Record<string, string>;
  body?: unknown;
}

/** With the names of the document, and a token in place of any credential where only tokens are let in. */
function asSent(request: Sent, headers: Headers): Sent {
  const named = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const others = Object.entries(request.headers)
    .filter(([name]) => !named.has(name.toLowerCase()))
    .map(([name, value]) => [withTrueNames(name), withTrueNames(String(value))]);
  request.headers = { ...Object.fromEntries(others), ...headers };
  request.url = withTrueNames(request.url);
  if (typeof request.body === 'string') request.body = withTrueNames(request.body);
  return request;
}

/** Fills in what the operations ask for, so that the first try is answered. */
function authorize(ui: Ui): void {
  const schemes = ui.specSelectors.securityDefinitions()?.toJS() ?? {};
  for (const [name, { type, scheme = '' }] of Object.entries(schemes)) {
    if (type === 'http' && scheme.toLowerCase() === 'basic') ui.preauthorizeBasic(name, ANY, ANY);
    else if (type === 'apiKey' || type === 'http') ui.preauthorizeApiKey(name, ANY);
  }
}

/** Milliseconds: a viewer that shows nothing for so long has given up. */
const PATIENCE = 20_000;

/** Does something come to stand in a place? */
function comes(place: HTMLElement, what: string): Promise<boolean> {
  return new Promise((done) => {
    const end = (found: boolean) => {
      watch.disconnect();
      clearTimeout(timer);
      done(found);
    };
    const timer = setTimeout(() => end(false), PATIENCE);
    const watch = new MutationObserver(() => place.querySelector(what) && end(true));
    watch.observe(place, { childList: true, subtree: true });
    if (place.querySelector(what)) end(true);
  });
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
