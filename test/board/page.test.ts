import { describe, expect, it } from 'vitest';
import { boardTests } from '../support/board.js';

const openBoard = boardTests();

describe('the page', () => {
  it.each([
    { width: 1280, lang: 'en', scheme: 'light', title: 'Sessions' },
    { width: 360, lang: 'uk', scheme: 'dark', title: 'Сесії' },
  ] as const)('is read by everybody, at $width px, in $lang, $scheme', async (looking) => {
    const { page, axe, overflow } = await openBoard(looking);
    await page.getByRole('banner').getByRole('link', { name: looking.title }).click();
    expect(await page.title()).toContain(looking.title);
    expect(await axe()).toEqual([]);
    expect(await overflow()).toBe(0);
  });

  it('shows what a client does as it does it', async () => {
    const { page, client, sandbox } = await openBoard({ at: 'sessions' });
    const { status } = await client.api('GET', '/patients/searchComposition?id=1');
    expect(sandbox.journal()).toHaveLength(1);
    const row = page.getByRole('link', { name: 'searchComposition' });
    await expect.poll(() => row.innerText()).toContain(String(status));
  });
});
