import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { htmlReport } from '../../src/report/html.js';
import type { Chapter, Report } from '../../src/report/report.js';
import { openBrowser, PATIENCE } from '../support/browser.js';
import { needs, works } from '../support/runtimes.js';
import { chapterOf, done, failed, lost, pending, reportOf, status } from '../support/verdicts.js';

const impatient = chapterOf(
  'eta-moves',
  [
    {
      eta: 5000,
      polls: [
        pending(1000, 5000),
        pending(5100, 10_000),
        status(10_100, 503),
        pending(11_500, undefined, { breaks: ['spacing', 'newest-eta-used'] }),
        done(13_000),
        { ...done(14_000), breaks: ['stops-when-final'] },
      ],
    },
  ],
  {
    title: 'Кожне опитування відсуває eta',
    command: { code: 1, stopped: false, took: 14_300, output: 'not ok' },
  },
);
const silent = chapterOf('silent-server', [
  {
    eta: 3000,
    polls: [
      pending(3000, 6000),
      lost(6000, 20_000),
      lost(11_000, 20_000, { breaks: ['single-flight'] }),
      lost(40_000, 'open'),
    ],
  },
]);
const gone = chapterOf('unknown-from-the-start', [
  {
    polls: Array.from({ length: 24 }, (_, i) =>
      status(1000 + i * 3000, 404, i > 2 ? { breaks: ['stops-on-404'] } : {}),
    ),
  },
]);
const good = chapterOf('failed-immediately', [{ eta: 2000, polls: [failed(2100)] }]);
const suite = reportOf('polling-basics', impatient, silent, gone, good);

let browser: Browser;
let folder: string;
needs('chromium');
beforeAll(async () => {
  if (!(await works('chromium'))) return;
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), 'report-'));
});
afterAll(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true });
});

/** Opens a report from a disk, in a browser without scripts, and collects what goes wrong there. */
async function open(report: Report, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  context.setDefaultTimeout(PATIENCE);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const troubles: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('requestfailed', (request) => troubles.push(request.url()));
  page.on('request', (request) => requests.push(request.url()));
  const file = join(folder, 'report.html');
  writeFileSync(file, htmlReport(report));
  const url = pathToFileURL(file).href;
  await page.goto(url);
  return { page, troubles, requests, url };
}

/** Where the middle of something stands, and how wide it is. */
async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${locator} is not to be seen`);
  return { ...box, x: box.x + box.width / 2, y: box.y + box.height / 2, left: box.x };
}

const poll = (page: Page, seq: number) => page.locator(`.mark[data-seq="${seq}"] use`).first();

async function overflow(page: Page): Promise<number> {
  const widths = await page
    .locator('html')
    .evaluate((root) => [root.scrollWidth, root.clientWidth]);
  return (widths[0] ?? 0) - (widths[1] ?? 0);
}

describe('a report in a browser without scripts', () => {
  it('asks for nothing but itself, and nothing goes wrong', async () => {
    const { troubles, requests, url } = await open(suite);
    expect(troubles).toEqual([]);
    expect(requests).toEqual([url]);
  });

  it('is read from heading to heading', async () => {
    const { page } = await open(suite);
    const tree = await page.locator('body').ariaSnapshot();
    const headings = [...tree.matchAll(/heading "(.*)" \[level=(\d)\]/g)].map(
      ([, name, level]) => `${level} ${name}`,
    );
    expect(headings.slice(0, 3)).toEqual([
      '1 polling-basics',
      '2 What to change',
      '3 failed: error Wait until the newest eta before each poll',
    ]);
    const matrix = headings.indexOf('2 Scenarios and rules');
    expect(headings.slice(matrix, matrix + 4)).toEqual([
      '2 Scenarios and rules',
      '2 failed: error eta-moves',
      '3 Findings',
      '4 Finding 1 eta-respected error',
    ]);
    expect(headings.at(-1)).toBe('2 What the marks mean');
    let before = 0;
    for (const level of headings.map((heading) => Number(heading[0]))) {
      expect(level).toBeLessThanOrEqual(before + 1);
      before = level;
    }
    const timeline = page.getByRole('img', { name: 'Timeline of createComposition, job 1' });
    // That of the scenario that held is folded.
    expect(await timeline.count()).toBe(3);
    for (const landmark of ['- banner:', '- main:', '- contentinfo:'])
      expect(tree).toContain(landmark);
  });

  it('says the verdict first', async () => {
    const { page } = await open(suite);
    const verdict = page.locator('.verdict');
    expect(await verdict.innerText()).toContain('A rule is broken in 3 of 4 scenarios');
    expect((await boxOf(verdict)).y).toBeLessThan(200);
  });

  it('leads from a scenario in the matrix to its chapter, and from a mark to its finding', async () => {
    const { page } = await open(suite);
    await page.getByRole('table').first().getByRole('link', { name: 'silent-server' }).click();
    expect(new URL(page.url()).hash).toBe('#scenario-2');
    const row = page.getByRole('row', { name: /^failed: error unknown-from-the-start/ });
    await row.getByRole('cell').getByRole('link', { name: 'failed: error' }).click();
    const finding = page.locator(new URL(page.url()).hash);
    expect(await finding.locator('h4').innerText()).toContain('stops-on-404');
    expect(await finding.isVisible()).toBe(true);
  });

  it('keeps the names of scenarios in sight when the matrix is scrolled', async () => {
    const { page } = await open(suite, { viewport: { width: 765, height: 740 } });
    const name = page.getByRole('table').first().getByRole('link', { name: 'silent-server' });
    const { x: before } = await boxOf(name);
    await page.locator('.scroll').first().hover();
    const last = page.getByRole('table').first().getByRole('columnheader').last();
    const { x: unscrolled } = await boxOf(last);
    // A turn of the wheel that comes while the page is still being laid out moves nothing.
    const afterATurn = async () => {
      await page.mouse.wheel(400, 0);
      return (await boxOf(last)).x;
    };
    await expect.poll(afterATurn).toBeLessThan(unscrolled - 5);
    expect((await boxOf(name)).x).toBeCloseTo(before, 0);
  });

  it('unfolds the polls in figures', async () => {
    const { page } = await open(reportOf('eta-moves', impatient));
    const row = page.getByRole('row', { name: /^4 12:00:10\.100/ });
    expect(await row.isVisible()).toBe(false);
    await page.getByText('6 polls in figures').click();
    expect(await row.isVisible()).toBe(true);
  });
});

describe('what to change', () => {
  const whole = {
    request: 'GET /api/job/1\naccept: */*',
    response: '200\n\n{"status":"PENDING"}',
  };
  /** The same chapter, whose marks and findings hold what was sent and answered. */
  function told(one: Chapter): Chapter {
    const { rules, jobs } = structuredClone(one.verdict);
    for (const { findings } of rules) {
      for (const { evidence } of findings) for (const proof of evidence) proof.exchange = whole;
    }
    for (const { submission, polls } of jobs) {
      for (const mark of [submission, ...polls]) mark.exchange = whole;
    }
    return { ...one, verdict: { ...one.verdict, rules, jobs } };
  }

  it('stands above the matrix, with request, answer and code of the first, and its symptoms folded', async () => {
    const { page } = await open(reportOf('r', told(impatient), gone));
    const first = page.locator('.cause').first();
    expect((await boxOf(first)).y).toBeLessThan((await boxOf(page.locator('.matrix'))).y);
    expect(await first.getByText('GET /api/job/1').first().isVisible()).toBe(true);
    expect(await first.getByText('{"status":"PENDING"}').first().isVisible()).toBe(true);
    expect(await first.getByText('// not before eta').isVisible()).toBe(true);
    expect(await first.getByText('docs/rules.md#eta-respected').isVisible()).toBe(true);
    const symptom = first.locator('.symptoms').getByText('did not keep to spacing');
    expect(await symptom.isVisible()).toBe(false);
    await first.getByText(/\d findings? more that this explains/).click();
    expect(await symptom.isVisible()).toBe(true);
  });

  it('shows request and answer of a mark that is chosen', async () => {
    const { page } = await open(reportOf('r', told(impatient)));
    const chosen = page.locator('#scenario-1-exchange-4');
    expect(await chosen.isVisible()).toBe(false);
    await poll(page, 4).click();
    expect(await chosen.isVisible()).toBe(true);
    expect(await chosen.innerText()).toContain('GET /api/job/1');
    await chosen.getByText('close').click();
    expect(await chosen.isVisible()).toBe(false);
  });
});

describe('scenarios and rules', () => {
  it('show the broken rules first', async () => {
    const { page } = await open(suite);
    const heads = await page.locator('.matrix thead th').allTextContents();
    const sums = await page.locator('.matrix tfoot td').allTextContents();
    const broken = sums.filter((sum) => sum !== '').length;
    expect(heads.slice(1, 1 + broken)).toContain('eta-respected');
    expect(sums.slice(0, broken).every((sum) => Number(sum) > 0)).toBe(true);
  });

  it('fold a scenario that held, and unfold it for whoever follows its name', async () => {
    const { page } = await open(suite);
    const heading = page.locator('#scenario-4 h3').first();
    expect(await heading.isVisible()).toBe(false);
    expect(await page.locator('#scenario-1 h3').first().isVisible()).toBe(true);
    await page.locator('.matrix').getByRole('link', { name: 'failed-immediately' }).click();
    expect(await heading.isVisible()).toBe(true);
  });

  it('hide nothing red on a phone', async () => {
    const { page } = await open(suite, { viewport: { width: 360, height: 740 } });
    const red = page.locator('.matrix td .outcome-mark.error');
    expect(await red.count()).toBeGreaterThan(5);
    for (const mark of await red.all()) {
      const { left, width } = await boxOf(mark);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left + width).toBeLessThanOrEqual(360);
    }
  });

  it('keep the scenario’s name in sight while one reads about it', async () => {
    const { page } = await open(suite);
    await page.locator('#scenario-1 .rules summary').evaluate((e) => e.scrollIntoView());
    const { y } = await boxOf(page.locator('#scenario-1-name'));
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(80);
  });

  it('say why a scenario was not played', async () => {
    const { page } = await open(
      reportOf('r', { ...good, notPlayed: 'step 2 was never met' }, gone),
    );
    expect(await page.getByText('not played: step 2 was never met').first().isVisible()).toBe(true);
  });
});

describe('a paced run', () => {
  it('is drawn in the API’s time, and says so', async () => {
    const polls = [pending(300, 600), done(620)];
    const clock = { mode: 'paced', pace: 10 };
    const paced = chapterOf('done-after-eta', [{ eta: 300, polls }], { verdict: { clock } });
    const { page } = await open(reportOf('r', paced));
    expect(await poll(page, 2).locator('title').textContent()).toContain('(+3 s)');
    expect(await page.locator('.axis text').allTextContents()).toContain('6 s');
    expect(await page.getByText('count in the API’s own time').isVisible()).toBe(true);
  });
});

describe('a timeline in a browser', () => {
  it('has a mark for each poll, in the order of time', async () => {
    const { page } = await open(reportOf('eta-moves', impatient));
    const marks = page.locator('.marks .mark');
    expect(await marks.count()).toBe(6);
    const xs = await Promise.all(
      [2, 3, 4, 5, 6, 7].map(async (seq) => (await boxOf(poll(page, seq))).x),
    );
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  });

  it.each([1280, 360])('shows an early poll to the left of its eta, at %i px', async (width) => {
    const { page } = await open(reportOf('r', impatient), { viewport: { width, height: 800 } });
    const [first, second] = [page.locator('.eta line').nth(0), page.locator('.eta line').nth(1)];
    const [eta, later] = [await boxOf(first), await boxOf(second)];
    expect((await boxOf(poll(page, 2))).x).toBeLessThan(eta.x - 20);
    expect((await boxOf(poll(page, 3))).x).toBeGreaterThan(eta.x);
    expect((await boxOf(poll(page, 4))).x).toBeGreaterThan(later.x);
    const early = await page.locator('.timeline .wait').first().boundingBox();
    expect((early?.x ?? 0) + (early?.width ?? 0)).toBeCloseTo(eta.x, -1);
  });

  it('marks broken rules above the polls that break them, one lane for each', async () => {
    const { page } = await open(reportOf('r', impatient));
    const lanes = page.locator('.lane');
    expect(await lanes.locator('.lane-name').allTextContents()).toEqual([
      'eta-respected',
      'newest-eta-used',
      'spacing',
      'stops-when-final',
    ]);
    for (const [lane, seq] of [
      [0, 2],
      [1, 5],
      [2, 5],
      [3, 7],
    ] as const) {
      const flaw = await boxOf(lanes.nth(lane).locator(`.flaw[data-seq="${seq}"]`));
      const mark = await boxOf(poll(page, seq));
      expect(flaw.x).toBeCloseTo(mark.x, 0);
      expect(flaw.y).toBeLessThan(mark.y - 10);
    }
    expect(await lanes.locator('.flaw').count()).toBe(4);
  });

  it('numbers its lanes as the findings are numbered', async () => {
    const { page } = await open(reportOf('r', impatient));
    const numbers = await page.locator('.lane-number').allTextContents();
    const names = await page.locator('.lane-name').allTextContents();
    const findings = await page.locator('.finding h4').allInnerTexts();
    findings.forEach((text, i) => {
      expect(text).toContain(names[i]);
      expect(text).toContain(numbers[i]);
    });
  });

  it('draws a wait for an answer as long as it was, and waits side by side below each other', async () => {
    const { page } = await open(reportOf('r', silent));
    const wait = async (seq: number) => boxOf(page.locator(`.mark[data-seq="${seq}"] .whisker`));
    const [one, other, last] = [await wait(3), await wait(4), await boxOf(poll(page, 5))];
    const second = (last.x - one.left) / 34;
    expect(one.width / second).toBeCloseTo(20, 0);
    expect(other.left).toBeLessThan(one.left + one.width);
    expect(other.y).toBeGreaterThan(one.y + 10);
  });

  it('shows what the client was told, in words, one after the other', async () => {
    const { page } = await open(reportOf('r', impatient));
    const bars = page.locator('.timeline .bar');
    expect(await bars.locator('title').allTextContents()).toEqual([
      'PENDING',
      '503',
      'PENDING',
      'DONE',
    ]);
    const boxes = await Promise.all([0, 1, 2, 3].map((i) => boxOf(bars.nth(i).locator('rect'))));
    boxes.slice(1).forEach((box, i) => {
      const before = boxes[i] as (typeof boxes)[0];
      expect(box.left).toBeCloseTo(before.left + before.width, 0);
    });
  });

  it('can be pointed at', async () => {
    const { page } = await open(reportOf('r', impatient));
    const told = await poll(page, 4).locator('title').textContent();
    expect(told).toContain('#4 at 12:00:10.100 (+10.1 s): 503');
  });
});

describe('a report on any screen', () => {
  const long = chapterOf(
    `a-${'very-'.repeat(60)}long-name`,
    [{ job: 'j'.repeat(300), operation: 'o'.repeat(200), eta: 3000, polls: [pending(100)] }],
    { title: 'т'.repeat(400) },
  );
  const wide = reportOf('polling-basics', ...suite.chapters, long);

  it.each([360, 768, 1280])('does not scroll sideways at %i px', async (width) => {
    const { page } = await open(wide, { viewport: { width, height: 800 } });
    expect(await overflow(page)).toBe(0);
  });

  it('follows the reader to dark', async () => {
    const color = async (colorScheme: 'light' | 'dark') => {
      const { page } = await open(suite, { colorScheme });
      return page.locator('body').evaluate((body) => {
        const view = body.ownerDocument.defaultView;
        return view?.getComputedStyle(body).backgroundColor;
      });
    };
    expect(await color('light')).toBe('rgb(255, 255, 255)');
    expect(await color('dark')).toBe('rgb(21, 24, 28)');
  });

  it('prints its rules unfolded, and all of it on the width of A4', async () => {
    const { page } = await open(suite, { viewport: { width: 680, height: 980 } });
    await page.emulateMedia({ media: 'print' });
    const table = page.locator('#scenario-1 .rules table');
    expect((await boxOf(table)).height).toBeGreaterThan(300);
    expect(await overflow(page)).toBe(0);
  });
});
