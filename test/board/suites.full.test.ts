import { describe, expect, it } from 'vitest';
import { boardTests } from '../support/board.js';
import { makeClient } from '../support/client.js';
import { disability } from '../support/conclusions.js';

const openBoard = boardTests();
const AT = 'suites/polling-basics?session=anna';

describe('a suite as a plan', () => {
  it('is chosen from all suites, and its scenarios wait', async () => {
    const { page } = await openBoard({ at: 'suites' });
    // Code between backticks is code.
    await page.locator('.suite-about code').getByText('--pack esoz').waitFor();
    expect(await page.locator('.suites').innerText()).not.toContain('`');
    await page.getByRole('link', { name: /What every poller must get right/ }).click();
    await page.getByRole('heading', { level: 1, name: 'What every poller' }).waitFor();
    const rows = page.getByRole('navigation', { name: 'Scenarios of the suite' }).getByRole('link');
    await expect.poll(() => rows.count()).toBe(8);
    await expect.poll(() => rows.first().innerText()).toContain('to be played');
  });

  it('is played scenario by scenario, and tells at once what the client does', async () => {
    const { page, sandbox } = await openBoard({ at: AT });
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    const url = page.locator('.base-url code');
    await expect.poll(() => url.innerText()).toBe(`${sandbox.url}/~anna.done-after-eta`);
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

describe('a client that can be given a host and a port alone', () => {
  it('plays one scenario after another at the same address, each in its own session', async () => {
    const { page, sandbox, client } = await openBoard({ at: AT });
    await page.getByLabel('The client keeps this address for every scenario').check();
    const start = page.getByRole('button', { name: 'Start', exact: true });
    await start.click();
    const url = page.locator('.base-url code');
    await expect.poll(() => url.innerText()).toBe(sandbox.url);
    await page.getByText('nothing has come from the client yet').waitFor();
    await client.create(disability());
    await page.getByText('The client works: 1 exchange so far.').waitFor();
    await page.getByRole('button', { name: 'The client is done' }).click();
    await page.getByRole('button', { name: 'Next scenario' }).click();
    await start.click();
    await page.getByText('nothing has come from the client yet').waitFor();
    await expect.poll(() => url.innerText()).toBe(sandbox.url);
    await client.create(disability());
    const jobs = (name: string) => sandbox.session(`anna.${name}`).jobs().length;
    expect([jobs('done-after-eta'), jobs('eta-moves')]).toEqual([1, 1]);
    expect(sandbox.jobs()).toEqual([]);
  });
});

describe('a suite by process', () => {
  const PROCESS = 'suites/create-and-sign?session=anna&at=done-after-eta';

  it('reads as the steps of admission, each with what has become of it and what comes next', async () => {
    const { page, sandbox } = await openBoard({ at: PROCESS });
    const steps = page.locator('.steps > li');
    await expect.poll(() => steps.count()).toBe(5);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('nothing has come from the client yet').waitFor();
    const session = sandbox.session('anna.done-after-eta');
    session.set({ clock: { mode: 'manual' } });
    const client = makeClient(session.url);
    const { json } = await client.create(disability());
    session.clock.advance('3s');
    await client.poll(json.data.id);
    await expect.poll(() => steps.first().getAttribute('class')).toBe('passed');
    const next = page.locator('.next-step');
    await next.getByText('It is read by the id of the job').waitFor();
    await page.getByRole('button', { name: 'The client is done' }).click();
    await page.getByText('Broken: the client broke a rule.').waitFor();
    await page.getByText('The process create-and-sign was not gone through').waitFor();
  });

  it('lets somebody say that the client shows what has failed', async () => {
    const at = 'suites/create-and-sign?session=anna&at=failed-1172';
    const { page, sandbox } = await openBoard({ at });
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('nothing has come from the client yet').waitFor();
    const session = sandbox.session('anna.failed-1172');
    session.set({ clock: { mode: 'manual' } });
    const client = makeClient(session.url);
    const { json } = await client.create(disability());
    session.clock.advance('5s');
    await client.poll(json.data.id);
    await page.getByRole('button', { name: 'I have seen' }).click();
    await page.getByRole('button', { name: 'The client is done' }).click();
    await page.getByText('Kept', { exact: false }).first().waitFor();
    expect(session.set({}).seen).toBe(true);
  });
});

describe('the report of a plan', () => {
  it('is opened as a page, and downloaded for CI', async () => {
    const { page } = await openBoard({ at: AT });
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    const junit = page.getByRole('link', { name: 'Download JUnit' });
    await junit.waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), junit.click()]);
    expect(download.suggestedFilename()).toBe('anna.xml');
    const stream = await download.createReadStream();
    const text = Buffer.concat(await stream.toArray()).toString();
    expect(text).toMatch(/^<\?xml[\s\S]*<testsuites name="What every poller must get right"/);
    const [report] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Open the report' }).click(),
    ]);
    await report.getByRole('heading', { level: 1, name: 'What every poller' }).waitFor();
  });
});

describe('a plan for everybody', () => {
  it.each([
    { width: 1280, lang: 'en', scheme: 'light', start: 'Start' },
    { width: 1280, lang: 'en', scheme: 'dark', start: 'Start' },
    { width: 360, lang: 'uk', scheme: 'light', start: 'Почати' },
    { width: 360, lang: 'uk', scheme: 'dark', start: 'Почати' },
  ] as const)('at $width px, in $lang, $scheme', async ({ start, ...looking }) => {
    const { page, sandbox, axe, overflow } = await openBoard({ ...looking, at: 'suites' });
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    expect(await axe()).toEqual([]);
    expect(await overflow()).toBe(0);
    await page.locator('a[href="#/suites/create-and-sign"]').click();
    await page.getByRole('button', { name: start, exact: true }).press('Enter');
    const url = page.locator('.base-url code');
    const session = sandbox.session('create-and-sign.done-after-eta');
    await expect.poll(() => session.set({}).run).toBe('running');
    const client = makeClient(await url.innerText());
    const { json } = await client.create(disability());
    await client.poll(json.data.id);
    await page.locator('.part-cause').first().waitFor();
    expect(await axe()).toEqual([]);
    expect(await overflow()).toBe(0);
  });
});
