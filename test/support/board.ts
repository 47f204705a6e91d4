import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, expect, onTestFinished } from 'vitest';
import type { SandboxOptions } from '../../src/index.js';
import { openBrowser, PATIENCE } from './browser.js';
import { needs } from './runtimes.js';
import { openSandbox } from './sandbox.js';

/** How somebody looks at the page. */
export interface Looking {
  /** What follows `#/`: `sessions/default?job=…`. */
  at?: string;
  width?: number;
  height?: number;
  lang?: 'en' | 'uk';
  scheme?: 'light' | 'dark';
  reducedMotion?: boolean;
  /** Address of another server, whose page is looked at in the sandbox's place. */
  base?: string;
  /** Requests that may fail on the wire, because a test plays a fault: by their address. */
  mayFail?: RegExp;
}

/** A sandbox for one test and the page that shows it. */
export interface Board extends Awaited<ReturnType<typeof openSandbox>> {
  page: Page;
  /** What breaks WCAG 2.2 AA, one line each: rule, element. @param without rules that need not be looked at again */
  axe(within?: string, without?: readonly string[]): Promise<string[]>;
  /** Pixels by which the page is wider than its window. */
  overflow(): Promise<number>;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** By the names that axe gives them; 2.2 stands on those before it. */
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Called once at the top of a file that tests the page; what it returns opens the page anew for each test. One
 * browser serves a file. A test fails by what goes wrong unseen: an error in the console, something that the
 * Content-Security-Policy refuses, a request to another host, a part of the page that is not there.
 *
 * @example
 * const openBoard = boardTests();
 * it('names the sessions', async () => {
 *   const { page, sandbox, axe } = await openBoard({ at: 'sessions', lang: 'uk', width: 360 });
 *   await page.getByRole('link', { name: 'default' }).click();
 *   expect(await axe()).toEqual([]);
 * });
 */
export function boardTests() {
  needs('chromium');
  let opening: Promise<Browser> | undefined;
  afterAll(async () => (await opening)?.close());
  return async (looking: Looking = {}, options: SandboxOptions = {}): Promise<Board> => {
    const lent = await openSandbox(options);
    opening ??= openBrowser();
    const page = await openPage(await opening, looking.base ?? lent.sandbox.url, looking);
    return {
      ...lent,
      page,
      axe: (within, without) => axe(page, within, without),
      overflow: () =>
        page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        }),
    };
  };
}

async function openPage(browser: Browser, base: string, looking: Looking): Promise<Page> {
  const { at = '', width = 1280, height = 900, lang = 'en', scheme = 'light' } = looking;
  const context = await browser.newContext({
    viewport: { width, height },
    locale: lang === 'uk' ? 'uk-UA' : 'en-US',
    colorScheme: scheme,
    reducedMotion: looking.reducedMotion ? 'reduce' : 'no-preference',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const troubles = collectTroubles(page, base, looking.mayFail);
  onTestFinished(async () => {
    const found = [...troubles];
    await context.close();
    expect(found, 'what went wrong in the page').toEqual([]);
  });
  await page.goto(`${base}/__sandbox/#/${at}`);
  await page.getByRole('main').waitFor();
  return page;
}

/** A list that grows while the page lives. */
function collectTroubles(page: Page, base: string, mayFail?: RegExp): readonly string[] {
  const troubles: string[] = [];
  const host = new URL(base).host;
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('dialog', (dialog) => {
    // A page that is left may ask whether what was typed is to be lost.
    if (dialog.type() !== 'beforeunload') troubles.push(`dialog: ${dialog.message()}`);
    void dialog.accept();
  });
  // A report opens beside the page; whatever else opens is none of ours.
  page.on('popup', (popup) => {
    if (!popup.url().startsWith(`${base}/__sandbox/report?`)) {
      troubles.push(`another window: ${popup.url()}`);
    }
  });
  page.on('console', (message) => {
    // An answer with 4xx is for the page to show; what could not be reached is noted below.
    const ofAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !ofAnswer) troubles.push(message.text());
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.protocol !== 'blob:' && url.host !== host)
      troubles.push(`request to another host: ${url}`);
  });
  page.on('response', (response) => {
    const isPart = /__sandbox[/](board[/]|$)/.test(response.url());
    if (isPart && response.status() >= 400) troubles.push(`${response.status()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    // Left by the page itself: it has gone elsewhere, or has no more use for the answer.
    if (why === 'net::ERR_ABORTED' || mayFail?.test(request.url())) return;
    troubles.push(`${why} ${request.url()}`);
  });
  return troubles;
}

async function axe(page: Page, within?: string, without: readonly string[] = []) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  return page.evaluate(
    async ({ place, tags, off }): Promise<string[]> => {
      // A colour that is on its way to another one is none that anybody has to read.
      const changes = document.getAnimations().filter((one) => one instanceof CSSTransition);
      await Promise.allSettled(changes.map(({ finished }) => finished));
      // biome-ignore lint/suspicious/noExplicitAny: the script has put it there
      const { violations } = await (globalThis as any).axe.run(place ?? document, {
        runOnly: { type: 'tag', values: tags },
        rules: Object.fromEntries(off.map((rule) => [rule, { enabled: false }])),
        resultTypes: ['violations'],
      });
      // biome-ignore lint/suspicious/noExplicitAny: as axe gives it
      return violations.flatMap(({ id, nodes }: any) =>
        // biome-ignore lint/suspicious/noExplicitAny: as axe gives it
        nodes.map(({ html, failureSummary }: any) => `${id}: ${html} ${failureSummary}`),
      );
    },
    { place: within, tags: WCAG, off: without },
  );
}

/** Whether something shows within so many milliseconds; it loads while other tests keep the machine busy. */
export function comes(there: Locator, timeout = 60_000): Promise<boolean> {
  return there.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}
