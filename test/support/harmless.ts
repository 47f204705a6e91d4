import type { Page } from 'playwright-core';

interface View {
  name: string;
  /** What follows `#/`. @param text hostile @param job id of a job of the session `default` */
  at(text: string, job: string): string;
  /** Is there once the view stands. */
  shows: string;
}

const said = (text: string) =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '')).slice(0, 900);

/** Every view of the page, and addresses that nobody has written. */
export const VIEWS: readonly View[] = [
  { name: 'sessions', at: () => 'sessions', shows: '.session-list, .sessions' },
  { name: 'a session', at: () => 'sessions/default', shows: '.timeline' },
  {
    name: 'a session of a name of objects',
    at: () => 'sessions/constructor',
    shows: 'main h1, main h2',
  },
  {
    name: 'a session of a long name',
    at: () => `sessions/${'W'.repeat(64)}`,
    shows: 'main h1, main h2',
  },
  { name: 'a session that there is not', at: (text) => `sessions/${said(text)}`, shows: 'main' },
  {
    name: 'the first request',
    at: () => 'sessions/default?x=1',
    shows: 'dialog[open] .message-part',
  },
  { name: 'the last poll', at: () => 'sessions/default?x=4', shows: 'dialog[open] .message-part' },
  {
    name: 'what no contract knows',
    at: () => 'sessions/default?x=7',
    shows: 'dialog[open] .message-part',
  },
  {
    name: 'filters',
    at: (text) => `sessions/default?job=${said(text)}&q=${said(text)}`,
    shows: 'main',
  },
  { name: 'by hand', at: () => 'sessions/default?beside=hand', shows: '.by-hand .got, .by-hand' },
  { name: 'the catalogue', at: () => 'scenarios', shows: '.catalogue, main a' },
  { name: 'a scenario', at: () => 'scenarios/hostile', shows: '.scenario-page h2' },
  {
    name: 'a scenario that there is not',
    at: (text) => `scenarios/${said(text)}`,
    shows: '.scenario-page .wrong',
  },
  { name: 'the editor', at: () => 'editor/hostile', shows: '.cm-content' },
  {
    name: 'the editor of a job',
    at: (_, job) => `editor?from=default/${said(job)}`,
    shows: '.cm-content, .told',
  },
  {
    name: 'the editor of nothing',
    at: (text) => `editor/${said(text)}`,
    shows: '.cm-content, .told',
  },
  { name: 'suites', at: () => 'suites', shows: '.suite-card' },
  { name: 'a suite', at: () => 'suites/hostile', shows: '.part' },
  { name: 'a suite that there is not', at: (text) => `suites/${said(text)}`, shows: 'main' },
  { name: 'the contract', at: () => 'contract/hostile', shows: '.swagger-ui .opblock' },
  {
    name: 'a contract that there is not',
    at: (text) => `contract/${said(text)}?session=${said(text)}`,
    shows: '.swagger-ui',
  },
  { name: 'a view that there is not', at: (text) => said(text), shows: 'main' },
  { name: 'a view of a name of objects', at: () => 'constructor', shows: 'main h1' },
];

/** Reports of what has happened, each by itself. */
export const REPORTS: readonly Pick<View, 'name' | 'at'>[] = [
  {
    name: 'a report',
    at: (text) =>
      `/report?session=default&session=constructor&format=html&title=${said(text).slice(0, 200)}`,
  },
  { name: 'a report in Ukrainian', at: () => '/report?session=default&format=html&lang=uk' },
  { name: 'a verdict', at: () => '/sessions/default/verdict?format=html' },
];

/** Unfolds whatever can be unfolded. */
export async function showAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const each of document.querySelectorAll('details')) each.open = true;
    for (const each of document.querySelectorAll<HTMLElement>(
      '.opblock:not(.is-open) .opblock-summary-control',
    ))
      each.click();
  });
}

/** What of a text has become a part of the page that acts. */
export function acting(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const acts: string[] = [];
    if ('hasRun' in globalThis) acts.push('a script has run');
    if (({} as Record<string, unknown>).polluted) acts.push('a prototype was changed');
    for (const each of document.querySelectorAll('*')) {
      const handler = [...each.attributes].find(({ name }) => /^on/i.test(name));
      if (handler) acts.push(`${each.tagName} ${handler.name}`);
      for (const name of ['href', 'src', 'action', 'xlink:href', 'formaction']) {
        const link = each.getAttribute(name);
        if (link && /^[^a-z]*(javascript|vbscript|data:text)/i.test(link)) acts.push(link);
      }
    }
    if (document.querySelector('iframe, object, embed, base, meta[http-equiv=refresh]'))
      acts.push('a frame');
    return acts;
  });
}
