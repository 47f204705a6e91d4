import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { boardTests } from '../support/board.js';
import { makeClient } from '../support/client.js';
import { disability } from '../support/conclusions.js';

const openBoard = boardTests();

/**
 * A tester at the page: each click takes about five seconds, each field about ten. A choice in a list is two clicks:
 * one opens it, one takes. The protocol is in docs/guides/page.md.
 */
class Tester {
  clicks = 0;
  fields = 0;

  constructor(readonly page: Page) {}

  /** Clicks what is to be seen by its words. */
  async click(role: 'button' | 'link', name: string | RegExp): Promise<void> {
    this.clicks += 1;
    const wanted = this.page.getByRole(role, { name, exact: typeof name === 'string' });
    await wanted.first().click();
  }

  async choose(list: Locator, value: string): Promise<void> {
    this.clicks += 2;
    await list.selectOption(value);
  }

  get seconds(): number {
    return this.clicks * 5 + this.fields * 10;
  }
}

const TASK = {
  en: {
    write: 'Write a scenario, without programming',
    add: /Add a step below/,
    told: 'The client is told',
    error: 'With the error',
    play: 'Play it now',
    example: 'Send an example and poll it',
    polled: 'The example has polled 4 times; the last answer: 200.',
    broken: 'A rule is broken.',
    cause: 'Wait until the newest eta before each poll',
    advice: 'What to change:',
    toVerdict: /^Verdict: 1 to change/,
    code: 'Wrong and right code',
    right: 'Right',
  },
  uk: {
    write: 'Написати сценарій без програмування',
    add: /Додати крок нижче/,
    told: 'Клієнт отримує',
    error: 'З помилкою',
    play: 'Зіграти зараз',
    example: 'Надіслати приклад і опитувати',
    polled: 'Приклад завершив: 4 опитування; остання відповідь – 200.',
    broken: 'Порушено правило.',
    cause: 'Чекайте до найновішого eta перед кожним опитуванням',
    advice: 'Що змінити:',
    toVerdict: /^Вердикт: змінити: 1/,
    code: 'Неправильний і правильний код',
    right: 'Правильно',
  },
} as const;

const LOOKS = [
  { lang: 'uk', width: 1280 },
  { lang: 'en', width: 360 },
] as const;

describe.each(LOOKS)('a tester who does not program, in $lang at $width px', (looks) => {
  const words = TASK[looks.lang];

  it('makes, plays and sees two PENDING, 503 once, FAILED 1137, by ten clicks', async () => {
    const { page, sandbox } = await openBoard(looks, { clock: { mode: 'real' } });
    const tester = new Tester(page);
    const told = (step: number) =>
      page
        .locator('.step')
        .nth(step - 1)
        .getByLabel(words.told, { exact: true });
    await tester.click('link', words.write);
    await tester.click('button', words.add);
    await tester.choose(told(2), 'answer 503');
    await tester.choose(told(3), 'state FAILED');
    await tester.choose(page.getByLabel(words.error), '1137');
    await tester.click('button', words.play);
    await tester.click('button', words.example);
    // It waits for three etas: time that a person spends looking.
    await page.getByText(words.polled).waitFor();
    const [job] = sandbox.jobs();
    expect(job).toMatchObject({ scenario: 'my-scenario', state: 'FAILED', polls: 4 });
    const statuses = sandbox.journal().map(({ status, state }) => `${status} ${state ?? ''}`);
    expect(statuses).toEqual(['200 ', '200 PENDING', '200 PENDING', '503 PENDING', '200 FAILED']);
    const figure = page.locator('.job').first();
    await figure.getByText('1137: The replaced conclusion is not found').waitFor();
    for (const bar of ['k-open', 'k-failure', 'k-failed'])
      await figure.locator(`.timeline .${bar}`).first().waitFor();
    await expect.poll(() => inSight(figure.locator('svg.timeline'))).toBe(true);
    expect([tester.clicks, tester.fields]).toEqual([10, 0]);
    expect(tester.seconds).toBeLessThanOrEqual(180);
  });

  it('finds which habit of a client is wrong, and what to change', async () => {
    const { page, sandbox } = await openBoard(looks);
    const client = makeClient(sandbox.session('mis').url);
    const { json } = await client.create(disability());
    for (let i = 0; i < 5; i += 1) await client.poll(json.data.id);
    await page.goto(`${sandbox.url}/__sandbox/?anew#/`);
    const tester = new Tester(page);
    if (looks.width < 1081) await tester.click('button', words.toVerdict);
    const cause = page.locator('.cause').first();
    await cause.getByRole('heading', { name: words.cause }).waitFor();
    await expect.poll(() => inSight(cause.getByRole('heading'))).toBe(true);
    await page.getByText(words.broken).waitFor();
    await cause.getByText(words.advice).waitFor();
    const clicksToSee = looks.width < 1081 ? 1 : 0;
    expect(tester.clicks).toBe(clicksToSee);
    tester.clicks += 1;
    await cause.getByText(words.code).click();
    await cause.getByText(words.right, { exact: true }).waitFor();
    expect([tester.clicks, tester.fields]).toEqual([clicksToSee + 1, 0]);
    expect(tester.seconds).toBeLessThanOrEqual(60);
  });
});

/** Nothing has to be scrolled to read it. */
function inSight(place: Locator): Promise<boolean> {
  return place.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
}
