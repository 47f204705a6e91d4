import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/audit/rules/index.js';
import type { RuleVerdict, WebhookMark } from '../../src/audit/verdict.js';
import { STYLE } from '../../src/report/html/style.js';
import { htmlReport } from '../../src/report/html.js';
import type { Chapter } from '../../src/report/report.js';
import {
  cancelled,
  chapterOf,
  done,
  lost,
  type Poll,
  pending,
  reportOf,
  status,
} from '../support/verdicts.js';

const good = chapterOf('done-after-eta', [{ eta: 3000, polls: [pending(3000, 6000), done(6000)] }]);
const early = chapterOf('eta-moves', [{ eta: 3000, polls: [pending(1000, 3000), done(3000)] }]);
const held = (polls: number) =>
  chapterOf('held-until-released', [
    { polls: Array.from({ length: polls }, (_, i) => pending(i * 100)) },
  ]);

function occurrences(page: string, text: string): number {
  return page.split(text).length - 1;
}

/** A chapter in which one rule has come to something. */
function withRule(chapter: Chapter, rule: string, change: Partial<RuleVerdict>): Chapter {
  const { verdict } = chapter;
  const rules = verdict.rules.map((one) => (one.rule === rule ? { ...one, ...change } : one));
  return { ...chapter, verdict: { ...verdict, rules } };
}

describe('the verdict beside a baseline', () => {
  const known = { cause: 'ignores-eta', operation: 'createComposition', scenarios: ['eta-moves'] };
  const NONE = { file: 'known.yaml', known: [], fresh: [], mended: [], unseen: [] };
  const page = (standing: { known: number; fresh: number }, baseline: Partial<typeof NONE>) => {
    const chapter = { ...early, standing: { ...standing, unfinished: 0 } };
    return htmlReport({ ...reportOf('ours', good, chapter), baseline: { ...NONE, ...baseline } });
  };
  const title = (text: string) => text.match(/<title>ours: (.*)<\/title>/)?.[1];

  it('says whether anything is new, and shows what is known more quietly', () => {
    const old = page({ known: 1, fresh: 0 }, { known: [known] as never });
    expect(title(old)).toBe('Nothing is wrong that the baseline does not know');
    expect(old).toContain('cause error known"');
    const fresh = page({ known: 0, fresh: 1 }, { fresh: [known] as never });
    expect(title(fresh)).toBe(
      'Something is wrong in 1 of 2 scenarios that the baseline does not know',
    );
    expect(fresh).not.toContain('cause error known"');
  });

  it('does not say that all held where something has to leave the file', () => {
    const mended = page({ known: 1, fresh: 0 }, { known: [known], mended: [known] } as never);
    expect(title(mended)).toBe('Nothing new is wrong; of the baseline no longer seen: 1');
    expect(occurrences(mended, '<ul class="mended">')).toBe(1);
    expect(mended).toContain('<li>ignores-eta/createComposition</li>');
  });
});

describe('the verdict in one sentence', () => {
  const sentence = (...chapters: Chapter[]) =>
    htmlReport(reportOf('the suite', ...chapters)).match(/<title>the suite: (.*)<\/title>/)?.[1];

  it.each([
    ['All 2 scenarios held', [good, good]],
    ['A rule is broken in 1 of 2 scenarios', [good, early]],
    ['A rule is broken in 2 of 3 scenarios', [early, good, early]],
    ['The client broke 1 rule', [early]],
    ['The client kept every rule that was put to the test', [good]],
    ['Nothing was played', []],
  ])('%s', (wanted, chapters) => {
    expect(sentence(...chapters)).toBe(wanted);
  });

  it('does not praise a client that never put a rule to the test', () => {
    const silent = chapterOf('silent', []);
    expect(sentence(silent)).toBe('No rule was put to the test');
    expect(sentence(good, silent)).toBe('1 of 2 scenarios held; 1 put no rule to the test');
  });

  it('tells warnings from errors', () => {
    const flat = chapterOf('outage', [
      { polls: [{ ...status(1000, 503), breaks: ['backs-off'] }] },
    ]);
    expect(sentence(flat)).toBe('The client broke no rule, but there is something to improve');
  });
});

describe('a job that was cancelled', () => {
  const at = Date.parse('2026-11-24T12:00:02.000Z');
  const others = [
    { seq: 2, at, operation: 'cancelJob', status: 202, told: 'open' as const },
    { seq: 3, at: at + 1000, operation: 'listJobs', status: 200, told: 'cancelled' as const },
  ];

  it('is drawn as one, and explained', () => {
    const page = htmlReport(
      reportOf('s', chapterOf('c', [{ polls: [pending(1000), cancelled(5000)] }])),
    );
    expect(page).toContain('<b>cancelled</b>');
    expect(page).toContain('bar k-cancelled');
    expect(page).toMatch(/<li>.* cancelled<\/li>/s);
    expect(page).toContain('id="p-cancelled"');
  });

  it('tells the requests that were no polls', () => {
    const page = htmlReport(reportOf('s', chapterOf('c', [{ polls: [cancelled(5000)], others }])));
    expect(page).toContain(
      'Besides polls: cancelJob #2 at +2 s (open), listJobs #3 at +3 s (cancelled).',
    );
    const unpolled = chapterOf('c', [{ polls: [], others, outcome: 'cancelled' as const }]);
    expect(htmlReport(reportOf('s', unpolled))).toContain('and nobody polled its job.');
  });
});

describe('webhooks', () => {
  const sent: WebhookMark = {
    seq: 2,
    at: Date.parse('2026-11-24T12:00:03.000Z'),
    until: Date.parse('2026-11-24T12:00:03.004Z'),
    event: 'render.finished',
    state: 'DONE',
    told: 'done',
    status: 204,
    attempt: 1,
    copy: 1,
    breaks: [],
  };
  const pageOf = (webhooks: WebhookMark[], polls: Poll[] = []) =>
    htmlReport(reportOf('s', chapterOf('c', [{ polls, webhooks, outcome: 'done' as const }])));

  it('have a row of their own on the time line', () => {
    const page = pageOf([sent], [pending(1000)]);
    expect(page).toContain('>webhooks</text>');
    expect(page).toContain(
      '<title>#2 at +3 s: webhook render.finished (DONE), taken (204)</title>',
    );
    expect(page).toMatch(/<g class="mark k-done" data-seq="2"><use href="#m-hook"/);
    expect(page).toContain('a webhook, filled with what it told once it was taken');
    expect(htmlReport(reportOf('s', chapterOf('c', [{ polls: [pending(10)] }])))).not.toContain(
      '>webhooks</text>',
    );
  });

  it('stand one below another where they would hide each other', () => {
    const at = (ms: number) => sent.at + ms;
    const page = pageOf(
      [sent, { ...sent, seq: 3, at: at(20) }, { ...sent, seq: 4, at: at(20_000) }],
      [pending(1000), pending(40_000)],
    );
    const yOf = (seq: number) => {
      const mark = page.match(
        new RegExp(`data-seq="${seq}"><use href="#m-hook" x="[^"]*" y="(\\d+)"`),
      );
      return Number(mark?.[1]);
    };
    expect(yOf(3) - yOf(2)).toBe(16);
    expect(yOf(4)).toBe(yOf(2));
  });

  it('are explained by what has become of them', () => {
    const refused = 'a webhook that was not taken, or had a wrong signature';
    expect(pageOf([sent])).not.toContain(refused);
    expect(pageOf([{ ...sent, status: 500 }])).toContain(refused);
    expect(pageOf([sent])).not.toContain('no answer</li>');
    expect(pageOf([{ ...sent, made: 'lost', status: 0 }])).toContain('no answer</li>');
  });

  it('are drawn where nobody has polled, and tell what the client was told', () => {
    const page = pageOf([sent]);
    expect(page).toContain('got the answer 200, and a webhook told the end of its job.');
    expect(page).toContain('<svg class="bar k-done"');
    expect(page).toContain('Webhooks: #2 at +3 s: webhook render.finished (DONE), taken (204).');
  });

  it('show what has become of each', () => {
    const page = pageOf([
      { ...sent, made: 'forged', status: 401 },
      { ...sent, seq: 3, status: 0, attempt: 2 },
      { ...sent, seq: 4, made: 'lost', status: 0 },
      { ...sent, seq: 5, copy: 2, status: 500, breaks: ['webhook-answered'] },
    ]);
    expect(page).toContain(
      'webhook render.finished (DONE), with a wrong signature, not taken (401)</title>',
    );
    expect(page).toContain('webhook render.finished (DONE), attempt 2, no answer</title>');
    expect(page).toContain('webhook render.finished (DONE), lost on its way, as its scenario says');
    expect(page).toContain('copy 2, not taken (500); breaks webhook-answered</title>');
    expect(page).toMatch(/<g class="mark k-lost" data-seq="3"><use href="#m-cross"/);
    expect(page).toMatch(/<g class="mark k-rejected breaks" data-seq="5"><use href="#m-hook"/);
  });
});

describe('what comes from requests', () => {
  const wicked = `"><script>alert('1')</script>&\u0000\ud800\u202e`;
  const named = chapterOf(wicked, [{ job: wicked, scenario: `${wicked}2`, polls: [pending(10)] }], {
    title: wicked,
    command: { code: 1, stopped: false, took: 5, output: `\u001b[31m${wicked}\u001b[0m\r\n` },
  });
  const broken = withRule(named, 'eta-respected', {
    outcome: 'failed',
    findings: [
      {
        rule: 'eta-respected',
        severity: 'error',
        message: wicked,
        advice: wicked,
        job: wicked,
        evidence: [
          { seq: 1, at: Date.parse('2026-11-24T12:00:00.000Z'), text: `GET /${'x'.repeat(9000)}` },
        ],
        more: 0,
      },
    ],
    sources: [{ text: wicked, url: 'javascript:alert(1)' }],
  });
  const page = htmlReport(reportOf(wicked, broken, good));

  it('is text wherever it stands', () => {
    // The one that folds and filters.
    expect(occurrences(page, '<script')).toBe(1);
    expect(occurrences(page, "&lt;script>alert('1')&lt;/script>&amp;")).toBeGreaterThan(0);
    expect(occurrences(page, '<script>alert')).toBe(0);
  });

  it('has no character that a page cannot hold, or that turns its line around', () => {
    expect(page.match(/(?!\n)\p{Cc}|\p{Surrogate}|\p{Bidi_Control}/gu)).toBeNull();
  });

  it('is made a link only when it is one of the web', () => {
    expect(occurrences(page, 'javascript:')).toBe(0);
    expect(occurrences(page, 'rel="noreferrer"')).toBeGreaterThan(0);
  });

  it('is cut in the middle when nobody would read it', () => {
    expect(occurrences(page, 'characters) …')).toBeGreaterThan(0);
    expect(occurrences(page, 'x'.repeat(500))).toBe(0);
  });

  it('keeps Ukrainian as it is', () => {
    const chapter = chapterOf('scenario', [], {
      title: 'Медичний висновок, «лікарняний» і ще щось',
    });
    expect(htmlReport(reportOf('r', chapter))).toContain(
      'Медичний висновок, «лікарняний» і ще щось',
    );
  });
});

describe('the page', () => {
  const page = htmlReport(reportOf('everything', good, early));

  it('is complete in itself: nothing to load, and no script but the one that folds and filters', () => {
    const [, script = ''] = page.match(/<script>([\s\S]*?)<\/script>/) ?? [];
    const hash = createHash('sha256').update(script).digest('base64');
    const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`;
    expect(occurrences(page, `content="${policy}"`)).toBe(1);
    const loading = /<(script .|img|link|iframe|object|embed)\b|\ssrc=|@import|\son\w+=/gi;
    expect(page.match(loading)).toBeNull();
    expect(page.match(/url\([^)]*\)/g)?.every((url) => url.startsWith('url(#'))).toBe(true);
    const targets = [...page.matchAll(/<use href="([^"]*)"/g)].map((match) => match[1]);
    expect(targets.every((target) => target?.startsWith('#m-'))).toBe(true);
  });

  it('says the same each time it is written', () => {
    expect(htmlReport(reportOf('everything', good, early))).toBe(page);
  });

  it('names every place once, and refers to none that is not there', () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map((match) => match[1] as string);
    expect(new Set(ids).size).toBe(ids.length);
    const named = [
      ...page.matchAll(/ href="#([^"]*)"| aria-(?:labelledby|describedby)="([^"]*)"/g),
    ];
    for (const [, href, labels] of named) {
      for (const id of (href ?? labels ?? '').split(' ')) expect(ids).toContain(id);
    }
  });

  it('warns when the journal has let exchanges go', () => {
    const dropped = { ...good, verdict: { ...good.verdict, dropped: 312 } };
    expect(htmlReport(reportOf('r', dropped))).toContain('312 exchanges');
    expect(htmlReport(reportOf('r', good, dropped))).toContain('312 exchanges');
    expect(occurrences(page, 'class="alert"')).toBe(0);
  });

  it('tells the clock and its pace', () => {
    const paced = chapterOf('paced', [], { verdict: { clock: { mode: 'paced', pace: 10 } } });
    expect(htmlReport(reportOf('r', paced))).toContain('paced, 10 times as fast');
  });

  it('has texts with a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3), in light and in dark', () => {
    const [light, dark] = STYLE.split('@media screen and (prefers-color-scheme: dark)') as [
      string,
      string,
    ];
    for (const css of [light, dark]) {
      const color = (name: string) =>
        css.match(new RegExp(`--${name}: (#[0-9a-f]+)`))?.[1] ?? `no color ${name}`;
      const texts = ['ink', 'soft', 'link', 'passed', 'error', 'warning', 'note'];
      const grounds = ['paper', 'sunken', 'error-tint', 'warning-tint', 'note-tint'];
      for (const text of texts) {
        for (const ground of grounds) {
          expect(contrast(color(text), color(ground)), `${text} on ${ground}`).toBeGreaterThan(4.5);
        }
      }
      for (const bar of ['open', 'done', 'failed', 'odd', 'client', 'server']) {
        expect(contrast(color('ink'), color(`${bar}-bar`)), bar).toBeGreaterThan(4.5);
        expect(contrast(color(bar), color('paper')), bar).toBeGreaterThan(3);
      }
    }
  });
});

function contrast(one: string, other: string): number {
  const [dim, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [
    number,
    number,
  ];
  return (bright + 0.05) / (dim + 0.05);
}

/** WCAG 2.2, relative luminance. */
function luminance(color: string): number {
  const full = color.length === 4 ? color.replace(/[0-9a-f]/g, '$&$&') : color;
  const parts = [1, 3, 5].map((at) => Number.parseInt(full.slice(at, at + 2), 16) / 255);
  const [r, g, b] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (r as number) + 0.7152 * (g as number) + 0.0722 * (b as number);
}

describe('the matrix', () => {
  it('is left out for a single chapter', () => {
    expect(htmlReport(reportOf('r', good))).not.toContain('Scenarios and rules');
  });

  it('has a row for each scenario, a column for each rule, and a mark of its own for each outcome', () => {
    const off = withRule(good, 'spacing', { outcome: 'off', tested: 0 });
    const herd = chapterOf('herd', [
      { polls: [pending(100, 1, { breaks: ['no-herd', 'backs-off'] })] },
    ]);
    const page = htmlReport(reportOf('r', off, early, herd));
    const table = page.slice(page.indexOf('<table class="matrix">'), page.indexOf('</table>'));
    expect(occurrences(table, '<th scope="col"')).toBe(RULES.length + 1);
    expect(occurrences(table, '<th scope="row"')).toBe(3 + 1);
    expect(table).toContain('<a href="#scenario-2">eta-moves</a>');
    for (const [spoken, glyph] of [
      ['passed', '✓'],
      ['failed: error', '✗'],
      ['failed: warning', '!'],
      ['failed: note', 'i'],
      ['not exercised', '·'],
      ['off', '–'],
    ]) {
      expect(table).toContain(
        `<span aria-hidden="true">${glyph}</span><span class="spoken">${spoken}</span>`,
      );
    }
  });
});

describe('long runs', () => {
  it('draws every poll of a short one', () => {
    expect(occurrences(htmlReport(reportOf('r', held(300))), 'class="mark k-open" data-seq=')).toBe(
      300,
    );
  });

  it('draws thousands of polls once for each spot, keeps those that break rules, and says so', () => {
    const chapter = chapterOf('held', [
      {
        polls: Array.from({ length: 5000 }, (_, i) =>
          pending(i * 100, undefined, i === 2500 ? { breaks: ['spacing'] } : {}),
        ),
      },
    ]);
    const page = htmlReport(reportOf('r', chapter));
    expect(occurrences(page, 'class="mark k-open')).toBeLessThan(700);
    expect(occurrences(page, 'class="mark k-open breaks" data-seq="2502"')).toBeGreaterThan(0);
    expect(
      occurrences(page, '5,000 polls: those that fall on the same spot are drawn as one mark'),
    ).toBeGreaterThan(0);
    expect(occurrences(page, '<th scope="row">')).toBe(200 + RULES.length);
    expect(occurrences(page, 'and 4,800 more')).toBeGreaterThan(0);
  });

  it('draws the timelines of fifty jobs, first those that something was found about', () => {
    const lives = Array.from({ length: 70 }, (_, i) => ({
      job: `job-${i}`,
      eta: 3000,
      polls: [pending(i >= 60 ? 1000 : 3000)],
    }));
    const page = htmlReport(reportOf('r', chapterOf('many', lives)));
    expect(occurrences(page, '<figure class="job"')).toBe(50);
    expect(occurrences(page, '50 of 70 jobs are drawn')).toBeGreaterThan(0);
    expect(occurrences(page, '20 are left out')).toBeGreaterThan(0);
    expect(page.indexOf('Timeline of createComposition, job 70')).toBeGreaterThan(0);
  });

  it('lists a few findings of a rule, folds more, and counts the rest', () => {
    const lives = Array.from({ length: 100 }, (_, i) => ({
      job: `job-${i}`,
      eta: 3000,
      polls: [pending(1000)],
    }));
    const page = htmlReport(reportOf('r', chapterOf('many', lives)));
    expect(occurrences(page, '36 more like these')).toBeGreaterThan(0);
    expect(occurrences(page, 'and 60 more, which are not listed')).toBeGreaterThan(0);
  });

  it('writes 10,000 polls that flap, wait and break rules in under a megabyte', () => {
    const polls = Array.from({ length: 10_000 }, (_, i) => {
      const breaks = i % 2 === 0 ? ['spacing', 'single-flight'] : [];
      if (i % 5 === 1) return status(i * 50, 404, { breaks });
      if (i % 5 === 2) return lost(i * 50, 40_000, { breaks });
      return pending(i * 50, i * 50 + 3000, { breaks });
    });
    const report = reportOf('r', chapterOf('flapping', [{ polls }]));
    const page = htmlReport(report);
    expect(page.length).toBeLessThan(1_000_000);
    // A browser takes three times as long for what refers to a symbol: the legend alone does.
    expect(occurrences(page, '<use href="#m-stroke"')).toBeLessThan(10);
  });
});
