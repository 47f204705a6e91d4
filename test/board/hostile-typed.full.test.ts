import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { boardTests } from '../support/board.js';
import { acting, showAll } from '../support/harmless.js';
import { attack, HOSTILE, hostilePack } from '../support/hostile.js';

const openBoard = boardTests();

/** One sandbox with an API of each text. */
const TEXTS = Object.entries(HOSTILE).map(([name, text]) => ({ text, own: `hostile-${name}` }));
const LONG = 'hostile-long';
const packs = () => TEXTS.map(({ text, own }) => hostilePack(text, own));

/** As a field of one line takes it from a keyboard. */
const typed = (text: string) =>
  text
    .replace(/\p{Surrogate}/gu, '')
    .replaceAll(/\p{Cc}|[\u2028\u2029]/gu, ' ')
    .trim();

it('is typed into the editor, as a title, an error and a whole scenario, and does nothing there', async () => {
  const { page, sandbox } = await openBoard({ at: 'editor' }, { pack: packs() });
  const title = page.getByRole('textbox', { name: 'Title', exact: true });
  const reason = page.getByRole('textbox', { name: 'Text', exact: true });
  for (const { text, own } of TEXTS) {
    const error = { code: `code ${text}`, message: text };
    const life = [
      { state: `open ${text}`, for: '1 poll' },
      { state: `failed ${text}`, error },
    ];
    await page.goto(`${sandbox.url}/__sandbox/#/editor?api=${own}`);
    await paste(page, { scenario: 'own', title: 'a', about: text, group: text, life });
    await title.fill(typed(text));
    await title.blur();
    await expect.poll(() => title.inputValue(), { message: own }).toBe(typed(text));
    await reason.fill(`${typed(text)}!`);
    await reason.blur();
    await page.getByText('No mistake').waitFor();
    await showAll(page);
    await page.locator('.sent').nth(1).waitFor();
    expect(await acting(page), own).toEqual([]);
    await page.getByRole('button', { name: 'Play it now' }).click();
    await page.getByText('The next job of session default will live it.').waitFor();
    await paste(page, { scenario: 'own', [text]: text, life: [{ state: text }] });
    await page.getByText('Mistakes:').waitFor();
    await page.locator('.cm-lintRange-error').first().waitFor();
    // What is longer than the window lies below what can be done with it.
    if (own !== LONG) {
      await page.locator('.cm-lintRange-error').first().hover();
      await page.locator('.cm-tooltip-lint').waitFor();
    }
    expect(await acting(page), own).toEqual([]);
  }
});

it('is played by hand, as a chosen error and as a name, and does nothing there', async () => {
  const { page, sandbox } = await openBoard({ at: 'sessions' }, { pack: packs() });
  for (const [i, { text, own }] of TEXTS.entries()) {
    const session = sandbox.session(own);
    session.set({});
    const [job] = await attack(sandbox, text, { own, sessions: [own] });
    await page.goto(`${sandbox.url}/__sandbox/#/sessions/${own}?beside=hand`);
    const hand = page.locator('.by-hand');
    await hand.getByLabel('Operation').first().selectOption({ index: i });
    await hand.getByRole('button', { name: 'Send', exact: true }).click();
    await hand.locator('.got').waitFor();
    await hand.getByRole('button', { name: 'Poll it' }).first().click();
    await hand.locator('.poll .got').first().waitFor();
    const newest = () => session.jobs().at(-1);
    expect(newest()?.id, own).not.toBe(job);
    await hand.locator('.job-hand button.play').first().click();
    await expect.poll(() => newest()?.by_hand, { message: own }).toBe('held');
    const errors = hand.locator('.job-hand').first().getByRole('combobox').first();
    await errors.fill(typed(text));
    expect(await acting(page), own).toEqual([]);
    await errors.fill('code');
    await hand.locator('.job-hand [role="option"]').first().click();
    await expect
      .poll(() => newest()?.error, { message: own })
      .toContain(`code ${text}`.slice(0, 12));
    await hand.getByLabel('Name of a new session').fill(typed(text));
    await hand.getByRole('button', { name: 'Begin it' }).click();
    const refused = hand.locator('.hand-part .wrong');
    await refused
      .or(page.getByRole('heading', { level: 1, name: typed(text), exact: true }))
      .waitFor();
    expect(await acting(page), own).toEqual([]);
  }
});

it('is a suite that is gone through, and does nothing there', async () => {
  const { page, sandbox } = await openBoard({ at: 'suites' }, { pack: packs() });
  for (const { text, own } of TEXTS) {
    await page.goto(`${sandbox.url}/__sandbox/#/suites/${own}`);
    const part = page.locator('.part');
    await part.getByRole('button', { name: 'Start' }).click();
    const done = part.getByRole('button', { name: 'The client is done' });
    await done.waitFor();
    const base = await part.locator('code').filter({ hasText: 'http' }).first().innerText();
    const [, session = ''] = /~([^/]+)$/.exec(base.trim()) ?? [];
    await attack(sandbox, text, { own, sessions: [session] });
    await done.click();
    await page
      .locator('.standing:not(.running)')
      .filter({ hasText: /^(Broken|Kept|Not played)/ })
      .waitFor();
    await showAll(page);
    expect(await acting(page), own).toEqual([]);
  }
});

/** Puts a scenario in the place of what is written, as JSON, which is YAML. */
async function paste(page: Page, scenario: object): Promise<void> {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+A');
  await page.evaluate((all) => navigator.clipboard.writeText(all), JSON.stringify(scenario));
  await page.keyboard.press('Control+V');
}
