import { expect, it } from 'vitest';
import { boardTests } from '../support/board.js';
import { acting, REPORTS, showAll, VIEWS } from '../support/harmless.js';
import { attack, HOSTILE, hostilePack } from '../support/hostile.js';

const openBoard = boardTests();

/** The viewer of contracts is another's: with markup it is looked at in hostile.test.ts. */
const OURS = VIEWS.filter(({ name }) => !name.includes('contract'));

it.each(Object.entries(HOSTILE))('%s in every field does nothing in any view', async (_, text) => {
  const { page, sandbox } = await openBoard(
    {},
    { pack: hostilePack(text), clock: { mode: 'real' } },
  );
  const [job = ''] = await attack(sandbox, text);
  const control = `${sandbox.url}/__sandbox`;
  for (const { name, at, shows } of OURS) {
    await page.goto(`${control}/#/${at(text, job)}`);
    await page.locator(shows).filter({ visible: true }).first().waitFor();
    await showAll(page);
    expect(await acting(page), name).toEqual([]);
  }
  for (const { name, at } of REPORTS) {
    await page.goto(control + at(text, job));
    await showAll(page);
    expect(await acting(page), name).toEqual([]);
  }
});
