import { describe, expect, it } from 'vitest';
import { boardTests } from '../support/board.js';

const openBoard = boardTests();

describe('the catalogue', () => {
  it('is searched, and leads to a scenario that is played next', async () => {
    const { page, sandbox } = await openBoard({ at: 'scenarios' });
    sandbox.set({});
    await page.getByRole('heading', { name: 'The job fails' }).waitFor();
    const rows = page.locator('.scenario-row');
    const all = await rows.count();
    expect(all).toBe(sandbox.scenarios.length);
    await page.getByLabel('Search').fill('503 failed');
    await expect.poll(() => rows.count()).toBeLessThan(all / 4);
    await page.getByRole('link', { name: 'Two PENDING answers, a 503, then FAILED' }).click();
    await page.getByRole('heading', { level: 1, name: 'Two PENDING answers' }).waitFor();
    await page.getByRole('button', { name: 'Play it next' }).click();
    await page.getByText('will live it.').waitFor();
    expect(sandbox.set({}).queue).toMatchObject([{ scenario: 'failed-after-two-polls' }]);
  });

  it('gives a magic identifier to the clipboard', async () => {
    const { page } = await openBoard({ at: 'scenarios/failed-1172' });
    const id = '00000000-0000-4000-8000-000000001172';
    await page.getByRole('button', { name: `Copy ${id}` }).click();
    await page.getByText('Copied').waitFor();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(id);
  });

  it('tells each step of a life', async () => {
    const { page } = await openBoard({ at: 'scenarios/failed-after-two-polls' });
    const steps = page.locator('.life .life-step');
    await steps.first().waitFor();
    const told = await steps.allInnerTexts();
    expect(told.map((text) => text.split('\n'))).toEqual([
      [expect.stringContaining('PENDING'), '1 poll', 'eta 2.3s'],
      [expect.stringContaining('PENDING'), '1 poll', 'eta 4.6s'],
      [expect.stringContaining('503'), '1 poll', 'Retry-After 3s', 'off contract'],
      [expect.stringContaining('FAILED'), expect.stringContaining('1137')],
    ]);
  });

  it('says that there is no such scenario', async () => {
    const { page } = await openBoard({ at: 'scenarios/<img src=x onerror=alert(1)>' });
    await page.locator('.wrong').getByText('unknown scenario').waitFor();
  });

  it.each([
    { at: 'scenarios', width: 1280, lang: 'en', scheme: 'dark' },
    { at: 'scenarios', width: 360, lang: 'uk', scheme: 'light' },
    { at: 'scenarios/failed-after-two-polls', width: 1280, lang: 'uk', scheme: 'light' },
    { at: 'scenarios/overloaded-on-submit', width: 360, lang: 'en', scheme: 'dark' },
  ] as const)('is for everybody: $at at $width px, in $lang, $scheme', async (looking) => {
    const { page, axe, overflow } = await openBoard(looking);
    await page.locator('.life').first().waitFor();
    expect(await axe()).toEqual([]);
    expect(await overflow()).toBe(0);
  });
});
