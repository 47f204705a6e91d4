import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Board, boardTests } from '../support/board.js';
import { collect, start, until } from '../support/command.js';
import { disability } from '../support/conclusions.js';
import { openSandbox } from '../support/sandbox.js';

const openBoard = boardTests();

/** Six exchanges: a job is scheduled, asked too early, too often, told 503, FAILED, and asked again. */
async function play({ sandbox, client }: Pick<Board, 'sandbox' | 'client'>): Promise<string> {
  sandbox.next('failed-after-two-polls');
  const { json } = await client.create(disability());
  for (const pause of ['1s', '500ms', '2s', '2s', '2s']) {
    sandbox.clock.advance(pause);
    await client.poll(json.data.id);
  }
  return json.data.id;
}

const slider = (page: Board['page']) => page.getByRole('slider', { name: 'Moment of the session' });
const rows = (page: Board['page']) => page.locator('.rows li a');
const state = (page: Board['page']) => page.locator('figure.job .state');

describe('moments of a live session', () => {
  it('are gone through by the keyboard, with jobs, exchanges, clock and verdict as they were', async () => {
    const board = await openBoard({ at: 'sessions/default' });
    const { page } = board;
    await play(board);
    await expect.poll(() => rows(page).count()).toBe(6);
    await expect.poll(() => state(page).innerText()).toBe('FAILED');
    await slider(page).focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.url()).toMatch(/at=6$/);
    await page.keyboard.press('Home');
    await page.getByText('No job had been scheduled yet.').waitFor();
    expect(await slider(page).getAttribute('aria-valuetext')).toBe('as it began');
    expect(await rows(page).count()).toBe(0);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => rows(page).count()).toBe(2);
    expect(await state(page).innerText()).toBe('PENDING');
    expect(await page.locator('.clock').innerText()).toContain('12:00:01');
    const told = 'right after #2 · 12:00:01 · GET getAsyncJobStatus → 200 PENDING';
    expect(await slider(page).getAttribute('aria-valuetext')).toBe(told);
    await page.getByText('as it was at that moment').waitFor();
    expect(await page.locator('.causes .cause').count()).toBe(1);
    await page.keyboard.press('End');
    await expect.poll(() => rows(page).count()).toBe(6);
    expect(await slider(page).getAttribute('aria-valuetext')).toBe('now');
    expect(page.url()).not.toContain('at=');
  });

  it('are found by a link, stay while one filters, and stand still while the session goes on', async () => {
    const board = await openBoard({ at: 'sessions' });
    const { page, sandbox, client } = board;
    const job = await play(board);
    await page.goto(`${sandbox.url}/__sandbox/#/sessions/default?at=3`);
    await expect.poll(() => rows(page).count()).toBe(3);
    await client.poll(job);
    await expect.poll(() => slider(page).getAttribute('max')).toBe('8');
    expect(await rows(page).count()).toBe(3);
    await page.getByRole('combobox', { name: 'Status' }).selectOption('2xx');
    expect(page.url()).toContain('at=3');
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('button', { name: 'One exchange on' }).click();
    await expect.poll(() => rows(page).count()).toBe(4);
    await page.getByRole('tab', { name: 'By hand' }).click();
    await page.getByText('By hand one plays the present').waitFor();
    await page.getByRole('button', { name: 'Back to now' }).click();
    await expect.poll(() => rows(page).count()).toBe(7);
    await page.locator('.by-hand').waitFor();
  });

  it('are led to from an exchange', async () => {
    const board = await openBoard({ at: 'sessions/default' });
    const { page } = board;
    await play(board);
    await page.getByRole('link', { name: /#2/ }).first().click();
    await page.getByRole('dialog').getByText('Show the page as it was then').click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect.poll(() => rows(page).count()).toBe(2);
  });

  it('says which moments there are where one is asked for that there is not', async () => {
    const board = await openBoard({ at: 'sessions/default?at=99' });
    const { page } = board;
    await play(board);
    await page.reload();
    await page.getByRole('alert').getByText('give one from 0 to 6').waitFor();
    await page.getByRole('button', { name: 'One exchange back' }).click();
    await expect.poll(() => page.url()).toMatch(/at=6$/);
    await page.getByRole('alert').waitFor({ state: 'hidden' });
  });

  it.each([
    { width: 1280, lang: 'en', scheme: 'dark' },
    { width: 360, lang: 'uk', scheme: 'light' },
  ] as const)('are for everybody, at $width px, in $lang, $scheme', async (looking) => {
    const board = await openBoard({ ...looking, at: 'sessions/default' });
    const { page, sandbox, axe, overflow } = board;
    await play(board);
    await page.goto(`${sandbox.url}/__sandbox/#/sessions/default?at=4`);
    await expect.poll(() => rows(page).count()).toBe(4);
    expect(await axe()).toEqual([]);
    expect(await overflow()).toBe(0);
  });
});

describe('the file of a session', () => {
  it('is gone through as well, and offers nothing that would change it', async () => {
    const { page, axe } = await openBoard({ base: await openedFile(), at: 'sessions/default' });
    await expect.poll(() => rows(page).count()).toBe(6);
    await page.getByText('kept.esoz is open to be looked at').waitFor();
    expect(await page.getByRole('button', { name: 'Send an example and poll it' }).count()).toBe(0);
    await page.getByRole('tab', { name: 'By hand' }).click();
    await page.getByText('nothing in it can be played').waitFor();
    // A client could do nothing there, and time stands as it was saved.
    expect(await page.getByText('Base URL').count()).toBe(0);
    const clock = page.locator('.clock time');
    const [told] = await openedMoments(page);
    expect(await clock.getAttribute('datetime')).toBe(told);
    expect(await axe()).toEqual([]);
    await slider(page).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => rows(page).count()).toBe(1);
    await page.keyboard.press('End');
    await expect.poll(() => rows(page).count()).toBe(6);
    await page.getByRole('link', { name: 'failed-after-two-polls' }).first().click();
    await page.getByRole('heading', { name: 'Its life' }).waitFor();
    await page.getByText('nothing in it can be played').waitFor();
    expect(await page.getByRole('button', { name: 'Play it next' }).count()).toBe(0);
  });
});

/** What the control API says of the clocks of all sessions. */
async function openedMoments(page: Board['page']): Promise<string[]> {
  const answer = await page.request.get(new URL('sessions', page.url().split('#')[0]).href);
  const { sessions } = (await answer.json()) as { sessions: { clock: { now: string } }[] };
  return sessions.map(({ clock }) => clock.now);
}

/** A session, saved and opened as `esoz-sandbox open` does. @returns the address of its page */
async function openedFile(): Promise<string> {
  const lent = await openSandbox();
  await play(lent);
  lent.sandbox.set({ clock: { mode: 'real' } });
  const folder = await mkdtemp(join(tmpdir(), 'opened-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'kept.esoz');
  const saved = await fetch(`${lent.sandbox.url}/__sandbox/sessions/default/file`);
  await writeFile(file, new Uint8Array(await saved.arrayBuffer()));
  const child = start(['open', file]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  const address = () => /http:\/\/127\.0\.0\.1:\d+(?=\/__sandbox)/.exec(out.join(''))?.[0];
  await until(
    () => address() !== undefined,
    () => out.join('') + err.join(''),
  );
  return address() ?? '';
}
