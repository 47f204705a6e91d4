import { describe, expect, it } from 'vitest';
import { boardTests } from '../support/board.js';

const openBoard = boardTests();

describe('signing in on the page', () => {
  it.each([
    { width: 1280, lang: 'en', scheme: 'light', token: 'Control token', go: 'Sign in' },
    { width: 360, lang: 'uk', scheme: 'dark', token: 'Токен керування', go: 'Увійти' },
  ] as const)('opens everything, at $width px, in $lang', async (looking) => {
    const { page, axe, overflow } = await openBoard(looking, { controlToken: 'a-secret' });
    const token = page.getByLabel(looking.token);
    await token.waitFor();
    expect(await axe()).toEqual([]);
    expect(await overflow()).toBe(0);
    await token.fill('a guess');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await token.fill('a-secret');
    await page.getByRole('button', { name: looking.go }).click();
    await page.locator('.connection.open').waitFor();
    await page.reload();
    await page.locator('.connection.open').waitFor();
    expect(await page.evaluate(() => document.cookie)).toBe('');
  });
});
