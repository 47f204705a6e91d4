import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { type Board, boardTests, comes } from '../support/board.js';
import { type Attacked, acting, REPORTS, showAll, VIEWS, WHOLE } from '../support/harmless.js';
import { attack, HOSTILE, hostilePack } from '../support/hostile.js';

const openBoard = boardTests();

/** One sandbox with an API of each text: everybody's texts stand beside each other. */
const TEXTS = Object.entries(HOSTILE).map(([name, text]) => ({ text, own: `hostile-${name}` }));
const LONG = 'hostile-long';
const packs = () => TEXTS.map(({ text, own }) => hostilePack(text, own));

it('lets no text do anything in any view or report, or break out of its box', async () => {
  const board = await openBoard(
    { width: 360, lang: 'uk', scheme: 'dark' },
    { pack: packs(), clock: { mode: 'real' } },
  );
  const { page, sandbox } = board;
  const attacked: Attacked[] = [];
  for (const { text, own } of TEXTS) {
    const [job = ''] = await attack(sandbox, text, { own, sessions: [own] });
    attacked.push({ text, own, session: own, job });
  }
  await attack(sandbox, HOSTILE.markup ?? '', { own: 'hostile-markup' });
  const control = `${sandbox.url}/__sandbox`;
  const found: string[] = [];
  for (const view of [...WHOLE, ...VIEWS]) {
    for (const one of WHOLE.includes(view)
      ? attacked.filter(({ own }) => own === LONG)
      : attacked) {
      await page.goto(`${control}/#/${view.at(one)}`);
      const there = page.locator(view.shows).filter({ visible: true }).first();
      if (await comes(there)) found.push(...(await wrongWith(board, one, view.name)));
      else
        found.push(
          `${one.own}: ${view.name} does not come: ${(await page.locator('main').innerText()).slice(0, 200)}`,
        );
    }
  }
  for (const report of REPORTS) {
    for (const one of attacked) {
      await page.goto(control + report.at(one));
      found.push(...(await wrongWith(board, one, report.name)));
    }
  }
  expect(found).toEqual([]);
});

it('is no token that signs in, and does nothing there', async () => {
  const { page, axe } = await openBoard({ at: 'sessions' }, { controlToken: 'secret' });
  for (const { text, own } of TEXTS) {
    await page.getByLabel('Control token').fill(text.replaceAll(/\p{Cc}/gu, ' '));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    expect(await acting(page), own).toEqual([]);
  }
  expect(await axe()).toEqual([]);
});

/** What acts, what sticks out on a phone, what breaks WCAG 2.2 AA. */
async function wrongWith(
  { page, axe, overflow }: Board,
  { own }: Attacked,
  what: string,
): Promise<string[]> {
  // Colours are the same, whatever the text: that takes longer than all else.
  const without = own === LONG ? [] : ['color-contrast'];
  await showAll(page);
  const wider = await overflow();
  const found = [
    ...(wider > 0 ? [`${wider} px too wide: ${await widest(page)}`] : []),
    ...(await acting(page)),
    ...(await axe(undefined, without).catch((error: Error) => [error.message])),
  ];
  return found.map((one) => `${own}: ${what}: ${one}`);
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
      .map((one) => `<${one.tagName} ${one.className}> ${(one.textContent ?? '').slice(0, 40)}`)
      .join(' | ');
  });
}
