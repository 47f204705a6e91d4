import { describe, expect, it } from 'vitest';
import { boardTests } from '../support/board.js';
import { makeClient } from '../support/client.js';
import { disability } from '../support/conclusions.js';

const openBoard = boardTests();
const AT = 'suites/polling-basics?session=anna';

describe('a suite as a plan', () => {
  it('is chosen from all suites, and its scenarios wait', async () => {
    const { page } = await openBoard({ at: 'suites' });
    await page.getByRole('link', { name: /What every poller must get right/ }).click();
    await page.getByRole('heading', { level: 1, name: 'What every poller' }).waitFor();
    const rows = page.getByRole('navigation', { name: 'Scenarios of the suite' }).getByRole('link');
    await expect.poll(() => rows.count()).toBe(8);
    expect(await rows.first().innerText()).toContain('to be played');
  });

  it('is played scenario by scenario, and tells at once what the client does', async () => {
    const { page, sandbox } = await openBoard({ at: AT });
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    const url = page.locator('.base-url code');
    expect(await url.innerText()).toBe(`${sandbox.url}/~anna.done-after-eta`);
    await page.getByText('nothing has come from the client yet').waitFor();

    // A client that does not wait for the eta.
    const client = makeClient(await url.innerText());
    const { json } = await client.create(disability());
    await client.poll(json.data.id);
    await page.getByText('Broken: the client broke a rule.').waitFor();
    await page.getByRole('heading', { name: 'Wait until the newest eta' }).waitFor();
    await page.getByText('not met yet').waitFor();

    await page.getByRole('button', { name: 'The client is done' }).click();
    await page.getByRole('button', { name: 'Next scenario' }).click();
    await page.getByRole('heading', { level: 2, name: 'Each poll moves the eta' }).waitFor();
    await page.getByText('1 of 8 scenarios played · broken: 1').waitFor();
  });

  it('stands where it stood when the page is loaded anew', async () => {
    const { page, sandbox } = await openBoard({ at: AT });
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('button', { name: 'The client is done' }).click();
    await page.getByText('Not played: nothing can be said of it.').waitFor();
    expect(sandbox.session('anna.done-after-eta').set({}).run).toBe('over');
    await page.reload();
    const rows = page.getByRole('navigation', { name: 'Scenarios of the suite' }).getByRole('link');
    await expect.poll(() => rows.first().innerText()).toContain('not played');
    await page.getByRole('link', { name: 'Open the report' }).waitFor();
  });
});
