import { expect, it } from 'vitest';
import { boardTests } from '../support/board.js';
import { acting, showAll, VIEWS } from '../support/harmless.js';
import { attack, HOSTILE, hostilePack } from '../support/hostile.js';

const openBoard = boardTests();

/** Those that show most; all of them, with all texts, are in hostile.full.test.ts. */
const MOST = [
  'a session',
  'the first request',
  'by hand',
  'a scenario',
  'the editor',
  'the contract',
];

it('lets no text of an API or a client do anything', async () => {
  const text = HOSTILE.markup ?? '';
  const { page, sandbox } = await openBoard({}, { pack: hostilePack(text) });
  const [job = ''] = await attack(sandbox, text);
  for (const { name, at, shows } of VIEWS.filter((view) => MOST.includes(view.name))) {
    const attacked = { text, own: 'hostile', session: 'default', job };
    await page.goto(`${sandbox.url}/__sandbox/#/${at(attacked)}`);
    await page.locator(shows).filter({ visible: true }).first().waitFor();
    await showAll(page);
    expect(await acting(page), name).toEqual([]);
  }
});
