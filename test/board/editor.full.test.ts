import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Route } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { type Board, boardTests, comes } from '../support/board.js';
import { disability } from '../support/conclusions.js';

const openBoard = boardTests();

type Page = Board['page'];

/** An empty line is shown as a break. */
const textOf = async (page: Page) =>
  (await page.locator('.cm-line').allInnerTexts()).map((line) => line.replace('\n', '')).join('\n');
/** What may stand where somebody types. Enter takes it only once the list has stood there for a while. */
const offered = (page: Page, label: string) =>
  page.locator('.cm-tooltip-autocomplete li').filter({ hasText: label }).first();
const step = (page: Page, number: number) => page.locator('.step').nth(number - 1);

/** Puts the whole text in place of the one that is there, as somebody who pastes it. */
async function paste(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+A');
  await page.evaluate((all) => navigator.clipboard.writeText(all), text);
  await page.keyboard.press('Control+V');
}

async function ownFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'own-scenarios-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const COMMENTED = `# kept on top
scenario: my-own # its name
life:
  # the first one
  - state: PENDING
    for: 2 polls # twice
  - state: DONE
`;

describe('a scenario in blocks and in YAML', () => {
  it('is made by blocks alone: two PENDING, 503 once, FAILED 1137, and played', async () => {
    const { page, sandbox, axe } = await openBoard({ at: 'editor' });
    const told = (number: number) =>
      step(page, number).getByLabel('The client is told', { exact: true });
    await step(page, 1).getByRole('button', { name: 'Add a step below' }).click();
    await told(2).selectOption('answer 503');
    await told(3).selectOption('state FAILED');
    await page.getByLabel('With the error').selectOption('1137');
    await page.getByText('No mistake').waitFor();
    await step(page, 3).getByText('As it will be sent').click();
    await step(page, 3).getByText('1137: The replaced conclusion is not found').last().waitFor();
    expect(parse(await textOf(page))).toEqual({
      scenario: 'my-scenario',
      life: [
        { state: 'PENDING', for: '2 polls' },
        { answer: { http: 503 }, for: '1 poll', off_contract: true },
        { state: 'FAILED', error: { code: 1137 } },
      ],
    });
    expect(await axe()).toEqual([]);
    await page.getByRole('button', { name: 'Play it now' }).click();
    await page.getByText('The next job of session default will live it.').waitFor();
    const shown = await fetch(`${sandbox.url}/__sandbox/sessions/default`);
    expect((await shown.json()).queue).toEqual([{ scenario: 'my-scenario', times: 1 }]);
  });

  it('changes in blocks what is written, and in writing what blocks show; comments stay', async () => {
    const { page } = await openBoard({ at: 'editor' });
    await paste(page, COMMENTED);
    await step(page, 1).getByLabel('Polls', { exact: true }).fill('3');
    await step(page, 1).getByLabel('Polls', { exact: true }).blur();
    await step(page, 1).getByRole('button', { name: 'Duplicate' }).click();
    await step(page, 2).getByRole('button', { name: 'Up', exact: true }).focus();
    await page.keyboard.press('Alt+ArrowDown');
    await expect
      .poll(() => textOf(page))
      .toBe(
        `# kept on top
scenario: my-own # its name
life:
  # the first one
  - state: PENDING
    for: 3 polls # twice
  - state: DONE
    for: 1 poll
  # the first one
  - state: PENDING
`,
      );
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.cm-content').getByText('DONE').dblclick();
    await page.keyboard.type('FAILED');
    await step(page, 3).getByLabel('With the error').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('My other');
    await page.keyboard.press('Enter');
    await expect.poll(() => textOf(page)).toContain('scenario: my-other # its name');
  });

  it('marks a slip while it is typed, says what is meant, and completes and explains', async () => {
    const { page } = await openBoard({ at: 'editor' });
    await paste(page, COMMENTED.replace('DONE', 'DONEE'));
    await page.locator('.cm-lintRange-error').waitFor();
    expect(await page.locator('.cm-lintRange-error').innerText()).toBe('DONEE');
    await page.locator('.cm-lintRange-error').hover();
    await page.locator('.cm-tooltip-lint').getByText('did you mean DONE?').waitFor();
    await step(page, 2).getByText('unknown state "DONEE"').waitFor();
    await page.getByText('Mistakes: 1').waitFor();

    await page.locator('.cm-content').getByText('DONEE').dblclick();
    await page.keyboard.type('FAI');
    await offered(page, 'FAILED').click();
    await expect.poll(() => textOf(page)).toMatch(/- state: FAILED$/m);
    await page.keyboard.press('Enter');
    await page.keyboard.type('err');
    await offered(page, 'error').click();
    await expect.poll(() => textOf(page)).toMatch(/^ {4}error: $/m);
    await page.keyboard.type('{ code: 113');
    await offered(page, '1137').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.cm-content').getByText('polls').hover();
    await page.locator('.explained').getByText('How long the step lasts').waitFor();
  });

  it('offers on what may stand there while a mark comes that was long in coming', async () => {
    const { page } = await openBoard({ at: 'editor' });
    const asked: Route[] = [];
    let late = true;
    await page.route('**/__sandbox/lint', (route) => {
      if (late) asked.push(route);
      else void route.continue();
    });
    await paste(page, COMMENTED.replace('DONE', 'DONEE'));
    await page.locator('.cm-content').getByText('DONEE').click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('de');
    await offered(page, 'delay').waitFor();
    await expect.poll(() => asked.at(-1)?.request().postDataJSON().yaml).toMatch(/^ {4}de$/m);
    late = false;
    for (const route of asked) await route.continue();
    await page.locator('.cm-lintRange-error').first().waitFor();
    await offered(page, 'delay').click();
    await expect.poll(() => textOf(page)).toMatch(/^ {4}delay: $/m);
  });

  it('is saved into the folder, and asks before it replaces what has changed there', async () => {
    const folder = await ownFolder();
    const { page } = await openBoard({ at: 'editor' }, { scenarios: folder });
    await paste(page, COMMENTED);
    await page.getByText('not saved yet').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved:').waitFor();
    const file = join(folder, 'my-own.yaml');
    expect(await readFile(file, 'utf8')).toBe(COMMENTED);
    expect(page.url()).toMatch(/#\/editor\/my-own$/);

    await writeFile(file, COMMENTED.replace('kept', 'theirs'));
    await step(page, 1).getByLabel('Polls', { exact: true }).fill('4');
    await step(page, 1).getByLabel('Polls', { exact: true }).blur();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('has changed since it was read').waitFor();
    expect(await readFile(file, 'utf8')).toContain('theirs');
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await page.getByText('Saved:').waitFor();
    expect(await readFile(file, 'utf8')).toContain('for: 4 polls # twice');
  });

  it('says why it cannot be saved, where the folder has become something else', async () => {
    const folder = await ownFolder();
    const { page } = await openBoard({ at: 'editor' }, { scenarios: folder });
    await paste(page, COMMENTED);
    await page.getByText('not saved yet').waitFor();
    // Nobody, not root either, can write into it then.
    await rm(folder, { recursive: true });
    await writeFile(folder, 'no folder');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('cannot be written').waitFor();
    await page.getByText('let the sandbox write there, or download the file').waitFor();
    expect(await textOf(page)).toBe(COMMENTED);
    expect(await readFile(folder, 'utf8')).toBe('no folder');
  });

  it('is what a job has lived by hand, step by step', async () => {
    const { page, sandbox, client } = await openBoard({ at: 'sessions' });
    const { json } = await client.create(disability());
    const job: string = json.data.id;
    await client.poll(job);
    await sandbox.play(job, { answer: { http: 503 }, off_contract: true });
    await client.poll(job);
    await sandbox.play(job, { state: 'FAILED', error: { code: '1137' } });
    await client.poll(job);
    await page.goto(`${sandbox.url}/__sandbox/#/editor?from=default/${job}`);
    await page.getByText('No mistake').waitFor();
    const { life } = parse(await textOf(page));
    expect(life.map((one: Record<string, unknown>) => one.state ?? one.answer)).toEqual([
      'PENDING',
      { http: 503 },
      'FAILED',
    ]);
    await page.getByRole('button', { name: 'Play it now' }).click();
    await page.getByText('The next job of session default will live it.').waitFor();
    const again = (await client.create(disability())).json.data.id;
    const told = async () => {
      const { status, json: body } = await client.poll(again);
      return status === 200 ? body.data.status : status;
    };
    expect([await told(), await told(), await told()]).toEqual(['PENDING', 503, 'FAILED']);
  });

  it.each([
    'default/nobody',
    'nobody/nobody',
    'default',
    '',
  ])('says that there is no such job: %s', async (from) => {
    const { page, sandbox } = await openBoard({ at: 'sessions' });
    sandbox.set({});
    await page.goto(`${sandbox.url}/__sandbox/#/editor?from=${from}`);
    await page.locator('.editor .wrong').first().waitFor();
  });

  it('is a file to download where there is no folder, or none that may be written', async () => {
    const { page } = await openBoard({ at: 'editor' });
    await page.getByText('there is no folder to save scenarios in').waitFor();
    expect(await page.getByRole('button', { name: 'Save', exact: true }).count()).toBe(0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('my-scenario.yaml');
    expect(await readFile((await download.path()) ?? '', 'utf8')).toContain(
      'scenario: my-scenario',
    );
  });

  it('completes and explains in Ukrainian, by texts that come with the editor alone', async () => {
    const { page } = await openBoard({ at: 'catalogue', lang: 'uk' });
    const parts = async () =>
      page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    await page.locator('main h1').first().waitFor();
    expect((await parts()).filter((name) => /editor-/.test(name))).toEqual([]);
    await page.goto(page.url().replace('#/catalogue', '#/editor'));
    const hovered = async () => {
      // What a word means is asked for when the mouse comes to it.
      await page.mouse.move(0, 0);
      await page.locator('.cm-content').getByText('polls').hover();
      const explained = page.locator('.explained').getByText('Скільки триває крок');
      return comes(explained, 3000);
    };
    await expect.poll(hovered).toBe(true);
    expect((await parts()).some((name) => /editor-uk-/.test(name))).toBe(true);
    await page.locator('.cm-content').getByText('polls').click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    const explained = page.locator('.cm-completionInfo').getByText(/[а-яіїєґ]{4}/);
    // Where the texts come only now, what was asked for before is gone with what stood there in English.
    const asked = async () => {
      await page.keyboard.press('Control+Space');
      return comes(explained.first(), 3000);
    };
    await expect.poll(asked).toBe(true);
    const info = await page.locator('.cm-completionInfo').innerText();
    expect(info).not.toMatch(/[a-z]+ [a-z]+ [a-z]+/);
  });

  it('opens a scenario of the package as a pattern, and never writes there', async () => {
    const folder = await ownFolder();
    const { page } = await openBoard({ at: 'editor/failed-1137' }, { scenarios: folder });
    await page.getByText(`${join(folder, 'failed-1137.yaml')}: not saved yet`).waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved:').waitFor();
    const packaged = await readFile('scenarios/compositions/failed-1137.yaml', 'utf8');
    expect(await readFile(join(folder, 'failed-1137.yaml'), 'utf8')).toBe(packaged);
  });

  it.each([
    { width: 360, lang: 'uk', scheme: 'dark' },
    { width: 1280, lang: 'uk', scheme: 'light' },
    { width: 360, lang: 'en', scheme: 'light' },
    { width: 1280, lang: 'en', scheme: 'dark' },
  ] as const)('is for everybody at $width in $lang, $scheme', async (looking) => {
    const { page, axe, overflow } = await openBoard({
      at: 'editor/failed-after-two-polls',
      ...looking,
    });
    await page.locator('.sent').nth(3).waitFor();
    for (const folded of await page.locator('details > summary').all()) await folded.click();
    expect(await axe()).toEqual([]);
    expect(await overflow()).toBe(0);
  });
});
