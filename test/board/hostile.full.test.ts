import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type Board, boardTests } from '../support/board.js';
import { acting, REPORTS, showAll, VIEWS } from '../support/harmless.js';
import { attack, HOSTILE, hostilePack } from '../support/hostile.js';

const openBoard = boardTests();

type Page = Board['page'];

/** Widths, languages and colours, so that each text meets both of them. */
const LOOKS = [
  { width: 1280, lang: 'en', scheme: 'light' },
  { width: 360, lang: 'uk', scheme: 'dark' },
] as const;

describe.each(Object.entries(HOSTILE))('in every field: %s', (_, text) => {
  it.each(LOOKS)('nothing runs or breaks in any view at $width px, in $lang', async (looking) => {
    const { page, sandbox, axe, overflow } = await openBoard(looking, {
      pack: hostilePack(text),
      clock: { mode: 'real' },
    });
    const [job = ''] = await attack(sandbox, text);
    const found: string[] = [];
    const look = async (name: string, shows: string) => {
      const there = page.locator(shows).filter({ visible: true }).first();
      if (!(await comes(there))) {
        found.push(
          `${name} does not come: ${(await page.locator('body').innerText()).slice(0, 200)}`,
        );
        return;
      }
      await showAll(page);
      const wider = await overflow();
      if (wider > 0) found.push(`${name} is ${wider} px too wide: ${await widest(page)}`);
      found.push(
        ...[...(await acting(page)), ...(await rules(axe))].map((one) => `${name}: ${one}`),
      );
    };
    const control = `${sandbox.url}/__sandbox`;
    for (const { name, at, shows } of VIEWS) {
      await page.goto(`${control}/#/${at(text, job)}`);
      await look(name, shows);
    }
    for (const { name, at } of REPORTS) {
      await page.goto(control + at(text, job));
      await look(name, 'main');
    }
    expect(found).toEqual([]);
  });

  it('is told of a slip of a text, and does nothing there', async () => {
    const { page, sandbox } = await openBoard({ at: 'editor' }, { pack: hostilePack(text) });
    const yaml = JSON.stringify({ scenario: 'own', [text]: text, life: [{ state: text }] });
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+A');
    await page.evaluate((all) => navigator.clipboard.writeText(all), yaml);
    await page.keyboard.press('Control+V');
    await page.getByText('Mistakes:').waitFor();
    await page.locator('.cm-lintRange-error').first().hover();
    await page.locator('.cm-tooltip-lint').waitFor();
    expect(await acting(page)).toEqual([]);
    expect(sandbox.jobs()).toEqual([]);
  });

  it('is played by hand, in a suite, and signed in with, and does nothing there', async () => {
    const { page, sandbox } = await openBoard(
      { at: 'sessions/default?beside=hand' },
      { pack: hostilePack(text) },
    );
    sandbox.set({});
    await page.locator('.by-hand').getByRole('button', { name: 'Send', exact: true }).click();
    await page.locator('.by-hand .got').waitFor();
    await page.locator('.by-hand').getByRole('button', { name: 'Poll it' }).click();
    await page.locator('.by-hand .poll :is(.got, .wrong)').first().waitFor();
    await page.locator('.job-hand button.play').first().click();
    await expect.poll(() => sandbox.jobs()[0]?.by_hand).toBeTruthy();
    expect(await acting(page)).toEqual([]);
    await page.goto(`${sandbox.url}/__sandbox/#/suites/hostile`);
    await page.locator('.part').getByRole('button', { name: 'Start' }).click();
    await page.locator('.part').getByRole('button', { name: 'The client is done' }).waitFor();
    expect(await acting(page)).toEqual([]);
  });
});

describe('the sign-in', () => {
  it.each(Object.entries(HOSTILE))('says that this is no token: %s', async (_, text) => {
    const { page, axe } = await openBoard(
      { at: `sessions/${encodeURIComponent('<b>')}` },
      { controlToken: 'secret' },
    );
    await page.getByLabel('Control token').fill(text.replaceAll(/\p{Cc}/gu, ' '));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    expect(await acting(page)).toEqual([]);
    expect(await axe()).toEqual([]);
  });
});

/** It loses its way in some names of elements, and says so. */
const rules = (axe: Board['axe']) => axe().catch((error: Error) => [error.message]);

function comes(there: Locator): Promise<boolean> {
  return there.waitFor({ timeout: 8000 }).then(
    () => true,
    () => false,
  );
}

/** What sticks out farthest. */
function widest(page: Page): Promise<string> {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll('main *')];
    const right = (one: Element) => one.getBoundingClientRect().right;
    const clips = (one: Element): boolean => {
      for (let at = one.parentElement; at && at.tagName !== 'MAIN'; at = at.parentElement) {
        if (getComputedStyle(at).overflowX !== 'visible') return true;
      }
      return false;
    };
    const out = all.filter((one) => right(one) > innerWidth + 1 && !clips(one));
    return out
      .slice(0, 4)
      .map(
        (one) =>
          `<${one.tagName} ${one.className} ${one.id}> ${(one.textContent ?? '').slice(0, 40)}`,
      )
      .join(' | ');
  });
}
