import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { boardTests } from '../support/board.js';
import { disability } from '../support/conclusions.js';

const openBoard = boardTests();

/** The session page with what is done by hand unfolded, and a client with a job. */
async function open(looking: Parameters<typeof openBoard>[0] = {}, jobs = 1) {
  const board = await openBoard({ at: 'sessions/default?beside=hand', ...looking });
  const { page, client, sandbox } = board;
  const ids: string[] = [];
  for (let i = 0; i < jobs; i += 1) ids.push((await client.create(disability())).json.data.id);
  if (jobs === 0) sandbox.set({});
  await page.locator('.by-hand').waitFor();
  const poll = async (id = ids[0] ?? '') => {
    const { status, json } = await client.poll(id);
    return status === 200 ? json.data.status : status;
  };
  return { ...board, ids, poll, press: (name: string) => button(page, name).click() };
}

function button(page: Page, name: string) {
  return page.locator('.by-hand').getByRole('button', { name, exact: true }).first();
}

/** What an open list offers. */
function offered(page: Page) {
  return page.locator('.choice-list:not([hidden]) [role="option"]');
}

/** Searches in a field and takes the first that is found. */
async function choose(page: Page, field: string, search: string) {
  const box = page.locator('.by-hand').getByRole('combobox', { name: field }).first();
  await box.fill(search);
  await offered(page).first().waitFor();
  await box.press('Enter');
}

describe('a job in the hand of a person', () => {
  it('answers PENDING twice, 503 once, then FAILED with an error of a list', async () => {
    const { page, poll, press, ids, sandbox } = await open();
    await press('Hold');
    await button(page, 'Release').waitFor();
    expect([await poll(), await poll()]).toEqual(['PENDING', 'PENDING']);
    await press('503');
    await page.getByText('Played, although the API’s contract knows no such answer.').waitFor();
    expect(await poll()).toBe(503);
    await expect.poll(() => page.locator('.job .about').innerText()).toContain('3 polls');
    await choose(page, 'FAILED with an error', '1137');
    await page.locator('.job-hand').getByText('FAILED', { exact: true }).first().waitFor();
    await expect.poll(() => sandbox.job(ids[0] as string).error).toContain('1137');
    expect(await poll()).toBe('FAILED');
  });

  it('gets its own life again', async () => {
    const { page, poll, press, sandbox } = await open();
    await press('Hold');
    await button(page, 'Release').waitFor();
    await press('Release');
    await button(page, 'Hold').waitFor();
    sandbox.clock.advance('10s');
    expect(await poll()).toBe('DONE');
  });

  it('is answered otherwise so many times', async () => {
    const { page, poll, press, ids, sandbox } = await open();
    await page.locator('.job-hand').getByLabel('Times').fill('2');
    await press('404');
    await expect.poll(() => sandbox.job(ids[0] as string).by_hand).toBe('held');
    expect([await poll(), await poll(), await poll()]).toEqual([404, 404, 'PENDING']);
  });

  it('meets a fault that is searched by its name', async () => {
    const { page, client, ids, sandbox } = await open();
    await choose(page, 'Another fault', 'gateway-html');
    await expect.poll(() => sandbox.job(ids[0] as string).by_hand).toBe('held');
    expect((await client.poll(ids[0] as string)).text).toContain('<html');
  });

  it('is held from its beginning', async () => {
    const { press, client, page, sandbox } = await open({}, 0);
    await press('Hold the next job');
    await expect.poll(() => sandbox.set({}).hold).toBe('next');
    const { json } = await client.create(disability());
    await page.getByText('held by hand').waitFor();
    expect(sandbox.job(json.data.id).by_hand).toBe('held');
  });
});

describe('the next jobs', () => {
  it('live what is searched in the catalogue, with a picture of it', async () => {
    const { page, press, sandbox } = await open({}, 0);
    await choose(page, 'It lives', 'failed-1172');
    await page.locator('.picked .life').getByText('FAILED').waitFor();
    await press('Add to the queue');
    await page.locator('.queued').getByText('failed-1172').waitFor();
    expect(sandbox.set({}).queue).toEqual([{ scenario: 'failed-1172', times: 1 }]);
    await press('Empty the queue');
    await expect.poll(() => sandbox.set({}).queue).toEqual([]);
  });

  it('live what the session has chosen', async () => {
    const { page, sandbox } = await open({}, 0);
    await choose(page, 'All others live', 'never-ends');
    await expect.poll(() => sandbox.set({}).scenario).toBe('never-ends');
  });
});

describe('the clock', () => {
  it('is moved on, set and let go', async () => {
    const { page, press, sandbox } = await open();
    const now = () => sandbox.clock.now().getTime();
    const began = now();
    await press('1 s on');
    await expect.poll(now).toBe(began + 1000);
    await press('to the next eta');
    await expect.poll(() => sandbox.jobs()[0]?.state).toBe('DONE');
    await page.getByLabel('Advance by').fill('1h');
    const before = now();
    await press('Advance');
    await expect.poll(now).toBe(before + 3_600_000);
    await press('Run');
    await page.getByText('It runs.').waitFor();
    await page.getByLabel('Set the date, UTC').fill('2027-01-31T08:00:00');
    await press('Set');
    await expect.poll(() => sandbox.clock.now().toISOString()).toBe('2027-01-31T08:00:00.000Z');
  });

  it('says what it does not understand', async () => {
    const { page, press } = await open();
    await page.getByLabel('Advance by').fill('soon');
    await press('Advance');
    await page.locator('.by-hand .wrong').getByText('soon').waitFor();
  });
});

describe('a session', () => {
  it('meets faults by chance, by its seed', async () => {
    const { page, press, sandbox } = await open({}, 0);
    await page.getByLabel('Of 100 answers').fill('50');
    await page.getByLabel('Seed').fill('7');
    await press('Turn on');
    await expect.poll(() => sandbox.set({}).chaos).toMatchObject({ rate: 0.5, seed: 7 });
    await press('Turn off');
    await expect.poll(() => sandbox.set({}).chaos).toBeNull();
  });

  it('is reset once it has been asked', async () => {
    const { press, sandbox } = await open();
    await press('Reset the session');
    expect(sandbox.jobs()).toHaveLength(1);
    await press('Keep it');
    await press('Reset the session');
    await press('Forget it all');
    await expect.poll(() => sandbox.jobs()).toHaveLength(0);
  });

  it('is begun under a name that nobody has', async () => {
    const { page, press, sandbox } = await open();
    await press('Begin it');
    await page.getByRole('heading', { name: 'test-1' }).waitFor();
    expect(sandbox.session('test-1').set({}).url).toBe(`${sandbox.url}/~test-1`);
  });
});

describe('who has no client yet', () => {
  it('sends an example and polls it', async () => {
    const { page, press, sandbox } = await open({}, 0);
    await press('Send');
    await page.getByText('Answer to the request').waitFor();
    await press('Poll it');
    await page.locator('.poll .got').getByText('PENDING').waitFor();
    const [request, poll] = sandbox.journal();
    expect([request?.operation, request?.status]).toEqual(['createComposition', 200]);
    expect([poll?.operation, poll?.state]).toEqual(['getAsyncJobStatus', 'PENDING']);
  });

  it('lets the page poll until the end, heeding the eta', async () => {
    const { page, press, sandbox } = await open();
    await press('Poll until its end, heeding the eta');
    await page.getByText('The clock stands still: the eta comes when you move it.').waitFor();
    sandbox.clock.advance('10s');
    await page.locator('.poll .got').getByText('DONE').waitFor();
    await button(page, 'Poll it').waitFor();
    const broken = sandbox.verdict().rules.filter(({ findings }) => findings.length > 0);
    expect(broken.map(({ rule }) => rule)).toEqual(['reads-the-result', 'expectations']);
  });

  it('sees that a connection was reset', async () => {
    const { page, press, ids, sandbox } = await open({ mayFail: /composition[/]job/ });
    await choose(page, 'Another fault', 'connection reset');
    await expect.poll(() => sandbox.job(ids[0] as string).by_hand).toBe('held');
    await press('Poll it');
    await page.getByText('The connection broke.').waitFor();
    expect(sandbox.journal().at(-1)?.fault).toBe('reset');
    await press('Poll it');
    await page.locator('.poll .got').getByText('PENDING').waitFor();
  });
});

describe('what is done by hand', () => {
  it.each([
    { width: 1280, lang: 'en', scheme: 'light' },
    { width: 360, lang: 'uk', scheme: 'dark' },
  ] as const)('is for everybody, at $width px, in $lang, $scheme', async (looking) => {
    const { page, axe, overflow } = await open(looking, 2);
    await page.locator('.job-hand button').nth(1).click();
    await page.locator('.job-hand.held').waitFor();
    await page.locator('.code > summary').last().click();
    await page.locator('.code-block').first().waitFor();
    await page.locator('.job-hand .choice input').first().focus();
    await offered(page).first().waitFor();
    expect(await axe('.by-hand')).toEqual([]);
    expect(await overflow()).toBe(0);
  });

  it('is chosen by the keys alone', async () => {
    const { page, sandbox } = await open({}, 0);
    const field = page.getByRole('combobox', { name: 'All others live' });
    await field.focus();
    await field.press('ArrowDown');
    await field.press('Escape');
    expect(await offered(page).count()).toBe(0);
    await field.fill('slow');
    await field.press('ArrowDown');
    await field.press('ArrowUp');
    await field.press('Enter');
    await expect.poll(() => sandbox.set({}).scenario).toContain('slow');
    expect(await field.evaluate((one) => one === document.activeElement)).toBe(true);
  });
});
