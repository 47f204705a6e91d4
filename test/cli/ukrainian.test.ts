import { describe, expect, it } from 'vitest';
import { makeClient } from '../support/client.js';
import { run, runWith, serve } from '../support/command.js';
import { disability } from '../support/conclusions.js';

/** Commands that need no server, each with something that it says. */
const SAID: [string[], RegExp][] = [
  [['--help'], /^Виклик: .*\n\nПісочниця асинхронних API/],
  [['serve', '--help'], /порт, на якому слухати; 0 – будь-який вільний \(типово: 4010\)/],
  [['rules'], /^eta-respected .*\(помилка\)$/m],
  [['faults'], /неможливо прочитати/],
  [['suites'], /^polling-basics .*[а-яіїєґ].* \(\d+ сценар/m],
  [['scenarios'], /вибирається за /],
  [['scenarios', 'show', 'throttled-429'], /^назва .*429 двічі, далі завдання триває$/m],
  [['lint'], /файл.*, помилок немає/],
];

describe('--lang uk', () => {
  it.each(SAID)('%o speaks Ukrainian', async (args, said) => {
    const { out } = await run(...args, '--lang', 'uk');
    const unwrapped = args.includes('--help') ? out.replace(/\s*\n\s+(?=[а-яіїєґ(])/g, ' ') : out;
    expect(unwrapped).toMatch(said);
  });

  it('says mistakes in Ukrainian, their codes stay as they are', async () => {
    const { err, code } = await run('scenarios', '--lang', 'uk', 'show', 'no-such');
    expect(err).toMatch(/^невідомий сценарій .* \[[A-Z_]+\]$/m);
    expect(code).toBe(3);
    const wrong = await run('rules', '--lang', 'xx');
    expect(wrong).toMatchObject({ code: 3 });
    expect(wrong.err).toMatch(/\[USAGE_WRONG_COMMAND_LINE\]/);
  });

  it('changes nothing for machines', async () => {
    const english = await run('rules', '--json');
    expect(await run('rules', '--json', '--lang', 'uk')).toEqual(english);
    expect(await runWith({ ESOZ_LANG: 'uk' }, 'rules', '--json')).toEqual(english);
  });

  it('tells a verdict in Ukrainian, and in English who asks for nothing', async () => {
    const { url } = await serve('--scenario', 'done-after-eta', '--clock', 'manual');
    const client = makeClient(`${url}/~hasty`);
    const job = (await client.create(disability())).json;
    await client.poll(job.data.id);
    const { out } = await run('verdict', url, '--session', 'hasty', '--lang', 'uk');
    expect(out).toMatch(/помилка eta-respected: .*1 з 1 опитування/);
    const page = `${url}/__sandbox/sessions/hasty/verdict`;
    const headers = { Accept: 'text/html', 'Accept-Language': 'uk,en;q=0.5' };
    expect(await (await fetch(page, { headers })).text()).toContain('<html lang="uk">');
    expect(await (await fetch(`${page}?format=html`)).text()).toContain('<html lang="en">');
    expect(await (await fetch(`${page}?format=text&lang=uk`)).text()).toMatch(
      /неправильний і правильний/,
    );
    expect(await (await fetch(`${page}?format=junit&lang=uk`)).text()).not.toMatch(/[а-яіїєґ]/i);
  });
});
