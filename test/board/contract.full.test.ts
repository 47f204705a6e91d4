import { describe, expect, it } from 'vitest';
import { type Board, boardTests } from '../support/board.js';

const openBoard = boardTests();

/** Longer than the viewer is waited for, in milliseconds. */
const LONG = 30_000;

const failure = ({ page }: Board) =>
  page.getByRole('alert').filter({ hasText: 'BOARD_CONTRACT_NOT_SHOWN' });

/** Opens a contract of which the viewer makes nothing: it knows no such version of OpenAPI. */
async function openUnshowable(looking: Parameters<typeof openBoard>[0]): Promise<Board> {
  const board = await openBoard({ ...looking, at: 'sessions' });
  const { page, sandbox } = board;
  await page.route('**/__sandbox/contracts/compositions*', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), openapi: '9.0.0' } });
  });
  await page.clock.install();
  await page.goto(`${sandbox.url}/__sandbox/#/contract/compositions`);
  await page.getByText('Unable to render this definition').waitFor();
  await page.clock.fastForward(LONG);
  await failure(board).waitFor();
  return board;
}

describe('a contract that the viewer cannot show', () => {
  it.each([
    { width: 1280, lang: 'en', scheme: 'dark' },
    { width: 360, lang: 'uk', scheme: 'light' },
  ] as const)('is said to be none, with its code and a way to read it, at $width in $lang', async (looking) => {
    const { page, axe, overflow } = await openUnshowable(looking);
    expect(await page.getByText('Unable to render this definition').isVisible()).toBe(false);
    const link = page.locator('.contract-choice a');
    const read = await page.request.get((await link.getAttribute('href')) ?? '');
    expect((await read.json()).openapi).toMatch(/^3/);
    expect(await axe()).toEqual([]);
    expect(await overflow()).toBe(0);
  });

  it('is shown by the next try where the viewer could not be loaded', async () => {
    const mayFail = /board\/viewer-/;
    const board = await openBoard({ at: 'sessions', mayFail });
    const { page, sandbox } = board;
    await page.route(mayFail, (route) => route.abort('connectionreset'));
    await page.goto(`${sandbox.url}/__sandbox/#/contract/compositions`);
    await failure(board).waitFor();
    await page.unroute(mayFail);
    await page.goto(`${sandbox.url}/__sandbox/#/contract/control`);
    await page.getByRole('heading', { name: /^Control API/ }).waitFor();
    await failure(board).waitFor({ state: 'hidden' });
  });
});
