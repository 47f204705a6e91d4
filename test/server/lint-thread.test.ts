import { describe, expect, it } from 'vitest';
import { disability } from '../support/conclusions.js';
import { callControl } from '../support/control.js';
import { openSandbox } from '../support/sandbox.js';

const long = (steps: number, state = 'PENDING') =>
  `scenario: long\nlife:\n${`  - state: ${state}\n    for: 1 poll\n`.repeat(steps)}  - state: DONE\n`;

async function open() {
  const { sandbox, client } = await openSandbox();
  const lint = async (yaml: string, more: object = {}) =>
    (await callControl(sandbox.url, 'POST', '/lint', { body: { yaml, ...more } })).json;
  return { sandbox, client, lint };
}

describe('a long text', () => {
  it('is looked at while polls are answered', async () => {
    const { client, lint } = await open();
    const { json } = await client.create(disability());
    // The thread has begun, and reads nothing any more.
    await lint(long(50));
    const order: string[] = [];
    const linting = lint(long(3000)).then((report) => {
      order.push('linted');
      return report;
    });
    for (let i = 0; i < 10; i += 1) {
      await client.poll(json.data.id);
      order.push('polled');
    }
    expect((await linting).errors).toBe(0);
    expect(order.at(-1)).toBe('linted');
  });

  it('is told the same as a short one, mistakes and answers', async () => {
    const { lint } = await open();
    const { answers, name, saves } = await lint(long(100));
    const short = await lint(long(2));
    expect([name, saves]).toEqual([short.name, short.saves]);
    expect(answers.slice(0, 3)).toEqual(short.answers.slice(0, 3));
    const { errors, problems } = await lint(long(100, 'PENDINGG'));
    expect(errors).toBe(100);
    expect(problems[0]).toMatchObject({ code: 'SCENARIO_UNKNOWN_STATE', line: 3 });
  });

  it('refuses what is nested too deep, and goes on', async () => {
    const { lint } = await open();
    const deep = `scenario: a\ntitle: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`;
    expect((await lint(deep)).problems[0].code).toBe('FILE_TOO_DEEP');
    expect((await lint(long(50))).errors).toBe(0);
  });
});
