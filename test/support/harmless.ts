import type { Page } from 'playwright-core';

/** What was done with one text: names of pack, scenario, suite and session, and a job of that session. */
export interface Attacked {
  text: string;
  own: string;
  session: string;
  job: string;
}

interface View {
  name: string;
  /** What follows `#/`. */
  at(attacked: Attacked): string;
  /** Is there once the view stands. */
  shows: string;
}

const said = (text: string) =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '')).slice(0, 900);

/** Views in which a text stands that an API or a client has brought, and addresses that hold it. */
export const VIEWS: readonly View[] = [
  { name: 'a session', at: ({ session }) => `sessions/${session}`, shows: '.timeline' },
  {
    name: 'a session that there is not',
    at: ({ text }) => `sessions/${said(text)}`,
    shows: 'main h1, main h2',
  },
  {
    name: 'the first request',
    at: ({ session }) => `sessions/${session}?x=1`,
    shows: 'dialog[open] .message-part',
  },
  {
    name: 'the last poll',
    at: ({ session }) => `sessions/${session}?x=4`,
    shows: 'dialog[open] .message-part',
  },
  {
    name: 'what no contract knows',
    at: ({ session }) => `sessions/${session}?x=7`,
    shows: 'dialog[open] .message-part',
  },
  {
    name: 'filters',
    at: ({ session, text }) => `sessions/${session}?job=${said(text)}&q=${said(text)}`,
    shows: '.filter-bar',
  },
  {
    name: 'by hand',
    at: ({ session }) => `sessions/${session}?beside=hand`,
    shows: '.by-hand .job-hand',
  },
  { name: 'a scenario', at: ({ own }) => `scenarios/${own}`, shows: '.scenario-page h2' },
  {
    name: 'a scenario that there is not',
    at: ({ text }) => `scenarios/${said(text)}`,
    shows: '.scenario-page .wrong',
  },
  { name: 'the editor', at: ({ own }) => `editor/${own}`, shows: '.cm-content' },
  {
    name: 'the editor of a job',
    at: ({ session, job }) => `editor?from=${session}/${said(job)}`,
    shows: '.cm-content, .told',
  },
  {
    name: 'the editor of nothing',
    at: ({ text }) => `editor/${said(text)}`,
    shows: '.cm-content, .told',
  },
  { name: 'a suite', at: ({ own }) => `suites/${own}`, shows: '.part' },
  {
    name: 'a suite that there is not',
    at: ({ text }) => `suites/${said(text)}`,
    shows: '.problem',
  },
  { name: 'the contract', at: ({ own }) => `contract/${own}`, shows: '.swagger-ui .opblock' },
  {
    name: 'a contract that there is not',
    at: ({ text }) => `contract/${said(text)}?session=${said(text)}`,
    shows: '.contract-failed',
  },
  { name: 'a view that there is not', at: ({ text }) => said(text), shows: 'main' },
];

/** Views of everything at once, and names that every object knows. */
export const WHOLE: readonly View[] = [
  { name: 'sessions', at: () => 'sessions', shows: '.session-list, .sessions' },
  { name: 'a session of a name of objects', at: () => 'sessions/constructor', shows: '.timeline' },
  {
    name: 'a session of a long name',
    at: () => `sessions/${'W'.repeat(64)}`,
    shows: '.timeline',
  },
  { name: 'the catalogue', at: () => 'scenarios', shows: '.catalogue' },
  { name: 'suites', at: () => 'suites', shows: '.suite-card' },
  { name: 'a view of a name of objects', at: () => 'constructor', shows: 'main h1' },
];

/** Reports of what has happened, each by itself: what follows `/__sandbox`. */
export const REPORTS: readonly Pick<View, 'name' | 'at'>[] = [
  {
    name: 'a report',
    at: ({ session, text }) =>
      `/report?session=${session}&session=constructor&format=html&title=${said(text).slice(0, 200)}`,
  },
  {
    name: 'a verdict in Ukrainian',
    at: ({ session }) => `/sessions/${session}/verdict?format=html&lang=uk`,
  },
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
