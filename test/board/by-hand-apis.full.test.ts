import { describe, expect, it } from 'vitest';
import { type Board, boardTests } from '../support/board.js';

const openBoard = boardTests();

type Page = Board['page'];

const HAND = { at: 'sessions/default?beside=hand' };

/** The page with what is done by hand, of what is served. */
async function open(options: Parameters<typeof openBoard>[1], looking = {}) {
  const board = await openBoard({ ...HAND, ...looking }, options);
  const { page, sandbox } = board;
  sandbox.set({});
  await page.locator('.by-hand').waitFor();
  return { ...board, press: (name: string) => button(page, name).click() };
}

function button(page: Page, name: string) {
  return page.locator('.by-hand').getByRole('button', { name, exact: true }).first();
}

/** Chooses an operation, and sends its example once it has come. */
async function sendExample(page: Page, operation: string) {
  const select = page.locator('section[aria-labelledby="send-example"] select').first();
  const option = select.locator(`option[value="${operation}"], option[value$="/${operation}"]`);
  await select.selectOption(await option.first().getAttribute('value'));
  await button(page, 'Send').click();
}

const answer = (page: Page) => page.locator('.got').first();
const polled = (page: Page) => page.locator('.poll .got');

describe('medical events by hand', () => {
  it('are sent, held, played, polled to their end, and become a scenario', async () => {
    const { page, press, sandbox, axe } = await open({ pack: 'medical-events' });
    await press('Hold the next job');
    await expect.poll(() => sandbox.set({}).hold).toBe('next');
    await sendExample(page, 'submitEncounterPackage');
    await answer(page).locator('figcaption').getByText('202').waitFor();
    await page.locator('.job-hand').getByText('held by hand').waitFor();
    await press('Poll it');
    await polled(page).getByText('"pending"').waitFor();
    await Promise.all([page.waitForResponse(/[/]play$/), press('503')]);
    await press('Poll it');
    await polled(page).locator('figcaption').getByText('503').waitFor();
    await page.locator('.job-hand').getByRole('button', { name: 'processed', exact: true }).click();
    await expect.poll(() => sandbox.jobs()[0]?.state).toBe('processed');
    await press('Poll it');
    await polled(page).getByText('"processed"').waitFor();
    const told = sandbox
      .journal()
      .map(({ operation, status, state }) => [operation, status, state]);
    expect(told).toEqual([
      ['submitEncounterPackage', 202, undefined],
      ['getJob', 200, 'pending'],
      ['getJob', 503, 'pending'],
      ['getJob', 303, 'processed'],
    ]);
    expect(await axe('.by-hand')).toEqual([]);
    await press('Make it a scenario');
    await page.getByText('No mistake').waitFor();
    const lines = await page.locator('.cm-content').innerText();
    expect(lines).toMatch(/state: pending[\s\S]*503[\s\S]*state: processed/);
  });

  it('name what the job has made in what is read then', async () => {
    const { page, press, sandbox } = await open({ pack: 'medical-events' });
    await sendExample(page, 'submitEncounterPackage');
    await answer(page).locator('figcaption').getByText('202').waitFor();
    sandbox.clock.advance('1h');
    await press('Poll it');
    await polled(page).getByText('"processed"').waitFor();
    await sendExample(page, 'getEncounter');
    await answer(page).locator('figcaption').getByText('200').waitFor();
  });
});

describe('where tokens are looked at', () => {
  const STRICT = { pack: 'esoz', auth: 'strict' } as const;

  it.each([
    'createComposition',
    'submitEncounterPackage',
    'createEmployeeRequestV2',
  ])('an example of %s is let in, and its job polled', async (operation) => {
    const { page, press, sandbox } = await open(STRICT);
    await sendExample(page, operation);
    await answer(page).locator('figcaption').getByText(/20\d/).waitFor();
    await press('Poll it');
    await polled(page).locator('figcaption').getByText('200').waitFor();
    const [scheduled, poll] = sandbox.journal();
    expect(poll?.job).toBe(scheduled?.job);
  });

  it('a token ends by hand: it is refused, and a new one goes on', async () => {
    const { page, press, sandbox, axe } = await open(STRICT);
    await sendExample(page, 'createComposition');
    await answer(page).getByText('PENDING').waitFor();
    await press('It runs out');
    await page.getByText('The token of request 1 is refused from now on.').waitFor();
    await press('Poll it');
    await polled(page).locator('figcaption').getByText('401').waitFor();
    expect(await axe('.by-hand')).toEqual([]);
    await polled(page).getByRole('button', { name: 'Take a new token' }).click();
    await polled(page).getByText('The next request brings it.').waitFor();
    await press('Poll it');
    await polled(page).getByText('PENDING').waitFor();
    expect(sandbox.journal().map(({ status }) => status)).toEqual([200, 401, 200]);
  });

  it('it lacks a scope, until it is let in again', async () => {
    const { page, press } = await open(STRICT);
    await sendExample(page, 'createComposition');
    await answer(page).getByText('PENDING').waitFor();
    await press('It lacks a scope');
    await page.getByText('Tokens that are refused: 1').waitFor();
    await press('Poll it');
    await polled(page).getByText('Missing allowances').waitFor();
    await press('Let them in again');
    await page.getByText('Tokens that are refused: 1').waitFor({ state: 'detached' });
    await press('Poll it');
    await polled(page).getByText('PENDING').waitFor();
  });

  it.each([
    { width: 1280, lang: 'en', scheme: 'light' },
    { width: 360, lang: 'uk', scheme: 'dark' },
  ] as const)('it is for everybody, at $width px, in $lang, $scheme', async (looking) => {
    const { page, axe, overflow } = await open(STRICT, looking);
    const part = page.locator('section[aria-labelledby="the-token"]');
    await part.getByRole('button').last().click();
    await part.locator('.code-block').waitFor();
    expect(await axe('section[aria-labelledby="the-token"]')).toEqual([]);
    expect(await overflow()).toBe(0);
  });
});

describe('an API of one’s own', () => {
  it.each([
    'long-running',
    'media',
    'device-flow',
    'callbacks',
    'shop',
  ])('has its jobs sent and polled by hand: %s', async (name) => {
    const folder = `test/fixtures/${name}`;
    const spec = `${folder}/openapi.yaml`;
    const { page, press, sandbox } = await open({ spec, binding: `${folder}/binding.yaml` });
    await press('Send');
    await expect.poll(() => sandbox.jobs().length).toBe(1);
    await press('Poll it');
    await polled(page).waitFor();
    const [scheduled, poll] = sandbox.journal();
    expect(poll?.job).toBe(scheduled?.job);
    expect(poll?.state, JSON.stringify(poll)).toBeTruthy();
  });
});
