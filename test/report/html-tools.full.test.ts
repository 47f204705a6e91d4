import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEntries } from '../../scripts/texts.mjs';
import { htmlReport } from '../../src/report/html.js';
import { makePhrasebook } from '../../src/texts/phrasebook.js';
import { speaking } from '../../src/texts/spoken.js';
import { openBrowser, PATIENCE } from '../support/browser.js';
import { chapterOf, done, pending, reportOf } from '../support/verdicts.js';

const good = chapterOf('done-after-eta', [{ eta: 3000, polls: [pending(3000, 6000), done(6000)] }]);
const early = chapterOf('eta-moves', [{ eta: 3000, polls: [pending(1000, 3000), done(3000)] }]);
const other = chapterOf('slow-answer', [{ eta: 3000, polls: [pending(1000, 3000), done(3000)] }]);
const report = reportOf('the suite', good, early, other);

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

/** A report that was written to a disk, as somebody opens it. */
async function open(text: string, options: Parameters<Browser['newContext']>[0] = {}) {
  const file = join(folder, 'report.html');
  await writeFile(file, text);
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  await page.goto(pathToFileURL(file).href);
  return { page, troubles, close: () => context.close() };
}

const chapters = (page: Page) => page.locator('.chapter:visible h2');
const names = async (page: Page) =>
  (await chapters(page).allInnerTexts()).map((text) => text.trim());

describe('a report in a file', () => {
  it('is filtered to what is broken, by rule, by text', async () => {
    const { page, troubles, close } = await open(htmlReport(report));
    expect(await chapters(page).count()).toBe(3);
    await page.getByLabel('Only broken').check();
    expect((await names(page)).join()).not.toContain('done-after-eta');
    expect(await chapters(page).count()).toBe(2);
    expect(await page.locator('.matrix tbody tr:visible').count()).toBe(2);
    expect(await page.locator('.tools output').innerText()).toBe('2 / 3');
    await page.getByLabel('Search').fill('SLOW-answer');
    expect(await chapters(page).count()).toBe(1);
    await page.getByLabel('Search').fill('nothing has this');
    expect(await chapters(page).count()).toBe(0);
    await page.getByLabel('Search').fill('');
    await page.getByLabel('Only broken').uncheck();
    await page.locator('.tools').getByLabel('Rule').selectOption('eta-respected');
    expect(await chapters(page).count()).toBe(2);
    expect(await page.locator('.finding:visible').count()).toBe(2);
    expect(troubles).toEqual([]);
    await close();
  });

  it('is unfolded and folded as a whole, by the keyboard alone', async () => {
    const { page, close } = await open(htmlReport(report));
    const open_ = () => page.locator('.chapter > details[open]').count();
    expect(await open_()).toBe(2);
    await page.getByRole('button', { name: 'Expand all' }).press('Enter');
    expect(await open_()).toBe(3);
    await page.getByRole('button', { name: 'Collapse all' }).press('Space');
    expect(await page.locator('details[open]').count()).toBe(0);
    await close();
  });

  it('is whole without a script, and offers no button that would do nothing', async () => {
    const { page, close } = await open(htmlReport(report), { javaScriptEnabled: false });
    expect(await chapters(page).count()).toBe(3);
    expect(await page.locator('.tools').isVisible()).toBe(false);
    await close();
  });

  it('runs no script but its own', async () => {
    const page = htmlReport(report).replace(
      '</body>',
      '<script>document.title="taken"</script></body>',
    );
    const opened = await open(page);
    expect(await opened.page.title()).toContain('the suite');
    expect(opened.troubles.join()).toContain('Content Security Policy');
    await opened.close();
  });

  it('is printed with everything in it', async () => {
    const { page, close } = await open(htmlReport(report));
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.tools').isVisible()).toBe(false);
    await close();
  });

  it.each(['light', 'dark'] as const)('speaks Ukrainian, in %s', async (colorScheme) => {
    const text = speaking(makePhrasebook(readEntries('uk'), 'uk'), () => htmlReport(report));
    const { page, close } = await open(text, {
      colorScheme,
      viewport: { width: 360, height: 740 },
    });
    expect(await page.locator('html').getAttribute('lang')).toBe('uk');
    await page.getByRole('heading', { name: 'Що змінити' }).waitFor();
    await page.getByLabel('Лише порушені').check();
    expect(await chapters(page).count()).toBe(2);
    await close();
  });
});
