import { describe, expect, it } from 'vitest';
import { type Board, boardTests } from '../support/board.js';
import { disability } from '../support/conclusions.js';

const openBoard = boardTests();

/** A job that fails on its way, of a client that asks too early, too often, and on after the end. */
async function play({ sandbox, client }: Pick<Board, 'sandbox' | 'client'>): Promise<string> {
  sandbox.next('failed-after-two-polls');
  const { json } = await client.create(disability());
  for (const pause of ['1s', '500ms', '2s', '2s', '2s']) {
    sandbox.clock.advance(pause);
    await client.poll(json.data.id);
  }
  return json.data.id;
}

const mark = (page: Board['page'], seq: number) =>
  page.locator(`svg.timeline .marks .mark[data-seq="${seq}"]`);

const LOOKS = [
  { width: 1280, lang: 'en', scheme: 'light' },
  { width: 1280, lang: 'uk', scheme: 'dark' },
  { width: 360, lang: 'en', scheme: 'dark' },
  { width: 360, lang: 'uk', scheme: 'light' },
] as const;

describe('a session', () => {
  it.each(LOOKS)('is read by everybody, at $width px, in $lang, $scheme', async (looking) => {
    const board = await openBoard({ ...looking, at: 'sessions/default' });
    const { page, axe, overflow } = board;
    await play(board);
    await page.locator('.causes .cause').first().waitFor();
    await mark(page, 6).waitFor();
    expect(await axe()).toEqual([]);
    expect(await overflow()).toBe(0);
    await mark(page, 4).locator('a').click();
    await page.getByRole('dialog').locator('pre').nth(2).waitFor();
    expect(await axe()).toEqual([]);
    expect(await overflow()).toBe(0);
  });

  it('shows jobs as they live, what was told, and what is wrong at the poll that shows it', async () => {
    const board = await openBoard({ at: 'sessions/default' });
    const { page, sandbox, client } = board;
    sandbox.next('failed-after-two-polls');
    const { json } = await client.create(disability());
    const bars = page.locator('svg.timeline svg.bar title');
    await expect.poll(() => bars.allTextContents()).toEqual(['PENDING', 'scheduled']);
    sandbox.clock.advance('1s');
    await client.poll(json.data.id);
    await mark(page, 2).waitFor();
    await expect.poll(() => bars.allTextContents()).toContain('PENDING');
    const cause = page.locator('.causes .cause');
    await expect.poll(() => cause.count()).toBe(1);
    await expect
      .poll(() => cause.innerText())
      .toContain('Wait until the newest eta before each poll');
    await page.locator('svg.timeline .lane .flaw[data-seq="2"]').waitFor();
    await cause.getByRole('link', { name: '#2' }).click();
    await expect.poll(() => page.getByRole('dialog').innerText()).toContain('breaks a rule');
  });

  it('says what is wrong while the client runs, and the rest when it is done', async () => {
    const { page, sandbox, client } = await openBoard({ at: 'sessions/default' });
    sandbox.next('done-after-eta');
    await client.create(disability());
    const verdict = page.getByRole('region', { name: 'Verdict' });
    await verdict.getByText('running').waitFor();
    expect(await verdict.locator('.cause').count()).toBe(0);
    await verdict.getByRole('button', { name: 'The client is done' }).click();
    await verdict.locator('.cause').first().waitFor();
    await verdict.getByText('the client is done').waitFor();
    await verdict.getByText('Wrong and right code').first().click();
    await verdict.locator('pre').first().waitFor();
    // Who asks again is not done.
    await client.create(disability());
    await verdict.getByText('running').waitFor();
  });

  it('is found by a link, and leads from exchange to exchange by keys', async () => {
    const board = await openBoard({ at: 'sessions/default' });
    const { page, sandbox } = board;
    const job = await play(board);
    await page.goto(`${sandbox.url}/__sandbox/#/sessions/default?x=4`);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: '#4 GET getAsyncJobStatus' }).waitFor();
    const answer = dialog.getByRole('region', { name: 'Answer' });
    await expect.poll(() => answer.innerText()).toContain('503');
    const facts = dialog.locator('.facts');
    await expect
      .poll(() => facts.innerText())
      .toMatch(/failed-after-two-polls, step \d: .*line \d+/s);
    await page.keyboard.press('ArrowRight');
    await dialog.getByRole('heading', { name: '#5 ' }).waitFor();
    expect(page.url()).toMatch(/x=5$/);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await dialog.getByRole('heading', { name: '#3 ' }).waitFor();
    await dialog.getByRole('combobox').selectOption('Python');
    const code = dialog.getByRole('region', { name: 'The request as a program' });
    await expect.poll(() => code.innerText()).toContain(`/patients/composition/job/${job}`);
    await code.getByRole('button').click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toContain('urlopen(request)');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(page.url()).not.toContain('x=');
  });

  it('leads from mark to mark by arrows, and to request and answer by Enter', async () => {
    const board = await openBoard({ at: 'sessions/default' });
    const { page } = board;
    await play(board);
    await mark(page, 6).waitFor();
    await page.locator('svg.timeline a').first().focus();
    for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('heading', { name: '#4 ' }).waitFor();
    await page.keyboard.press('Escape');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('href'));
    await expect.poll(focused).toContain('x=4');
  });

  it('shows what is looked for, and can be sent on so', async () => {
    const board = await openBoard({ at: 'sessions/default' });
    const { page, client } = board;
    const job = await play(board);
    const other = (await client.create(disability())).json.data.id;
    const rows = page.locator('.rows li a');
    const jobs = page.locator('figure.job');
    await expect.poll(() => rows.count()).toBe(7);
    await page.getByRole('combobox', { name: 'Status' }).selectOption('5xx');
    await expect.poll(() => rows.count()).toBe(1);
    await expect.poll(() => jobs.count()).toBe(1);
    await page.reload();
    await expect.poll(() => rows.count()).toBe(1);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('searchbox', { name: 'Search in jobs and exchanges' }).fill(job);
    await expect.poll(() => rows.count()).toBe(6);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('checkbox').check();
    await expect.poll(() => rows.count()).toBeLessThan(6);
    await page.getByRole('button', { name: 'Show all' }).click();
    await jobs.filter({ hasText: other }).getByRole('link', { name: 'only this job' }).click();
    await expect.poll(() => rows.count()).toBe(1);
    expect(page.url()).toContain(`job=${other}`);
  });

  it('stands still while paused, and counts what comes', async () => {
    const board = await openBoard({ at: 'sessions/default' });
    const { page, client } = board;
    const job = await play(board);
    const rows = page.locator('.rows li a');
    await expect.poll(() => rows.count()).toBe(6);
    await page.getByRole('button', { name: 'Pause' }).click();
    await client.poll(job);
    await client.poll(job);
    await page.getByText('2 new').waitFor();
    expect(await rows.count()).toBe(6);
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect.poll(() => rows.count()).toBe(8);
  });
});

describe('hostile texts', () => {
  it('are text', async () => {
    const { page, sandbox } = await openBoard({ at: 'sessions/default' });
    const wicked = `<img src=x onerror="document.title='pwned'"><script>document.title='pwned'</script>\u202e`;
    await fetch(
      `${sandbox.url}/api/${encodeURIComponent(wicked)}?q=${encodeURIComponent(wicked)}`,
      {
        method: 'POST',
        headers: { 'x-wicked': encodeURIComponent(wicked), 'content-type': 'text/plain' },
        body: wicked,
      },
    );
    await page.locator('.rows li a').first().click();
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.innerText()).toContain('<script>document.title');
    expect(await page.title()).not.toContain('pwned');
    expect(await page.locator('img').count()).toBe(0);
    expect(await dialog.innerText()).not.toContain('\u202e');
  });
});
