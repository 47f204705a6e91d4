import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ruleOf } from '../audit/play.js';
import { swap } from '../support/pack-folder.js';
import { openSandbox } from '../support/sandbox.js';

const FIXTURE = 'test/fixtures/long-running';
type Edit = (text: string) => string;
const same: Edit = (text) => text;

/** An API of the long-running pattern whose binding, and perhaps whose document, is changed. */
async function openApi(binding: Edit, document: Edit = same) {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-binding-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const write = async (name: string, edit: Edit) => {
    const file = join(folder, name);
    await writeFile(file, edit(await readFile(join(FIXTURE, name), 'utf8')));
    return file;
  };
  const { sandbox } = await openSandbox({
    spec: await write('openapi.yaml', document),
    binding: await write('binding.yaml', binding),
    scenarios: join(FIXTURE, 'scenarios'),
  });
  const start = async (headers: Record<string, string> = {}, body = '{"format":"csv"}') => {
    const answer = await fetch(`${sandbox.url}/v1/exports`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', ...headers },
    });
    return String(answer.headers.get('location'));
  };
  /** Polls to the end, and follows nothing. */
  const finish = async (monitor: string) => {
    for (;;) {
      sandbox.clock.advance('3s');
      const answer = await fetch(monitor, { redirect: 'manual' });
      if (answer.status !== 202) return answer;
      await answer.arrayBuffer();
    }
  };
  const outcome = (rule: string) => {
    const { outcome: come, findings } = ruleOf(sandbox.verdict(), rule);
    return findings[0]?.message ?? come;
  };
  return { sandbox, start, finish, outcome };
}

describe('where a binding has the results', () => {
  const signed = swap('/exports/{resource.id}"', '/exports/{resource.id}?sig=1"');

  it('holds a client to exactly the link, with `result: link`', async () => {
    const api = await openApi((text) => signed(text).replace('binding:', 'result: link\nbinding:'));
    const location = (await api.finish(await api.start())).headers.get('location') ?? '';
    expect(location).toMatch(/\?sig=1$/);
    const { href } = new URL(location, api.sandbox.url);
    await fetch(href.replace('?sig=1', ''));
    expect(api.outcome('reads-the-result')).toMatch(/and not by the link of the final answer$/);
    await fetch(href);
    expect(api.outcome('reads-the-result')).toBe('passed');
  });

  it('leaves nothing to be read, with `result: inline`', async () => {
    const api = await openApi((text) => text.replace('binding:', 'result: inline\nbinding:'));
    await api.finish(await api.start());
    expect(api.outcome('reads-the-result')).toBe('not exercised');
  });

  it('sees for itself that an answer has the result in it, when it leads nowhere', async () => {
    const api = await openApi(
      swap(
        '    http: 303\n    headers: { Location: "{link}" }',
        '    bare: true\n    data: { status: "{state}", rows: 12 }',
      ),
      (text) =>
        text
          .replace('required: [status, error]', 'required: [status]')
          .replace('enum: [failed]', 'enum: [failed, done]'),
    );
    const answer = await api.finish(await api.start());
    expect(await answer.json()).toEqual({ status: 'done', rows: 12 });
    expect(api.outcome('reads-the-result')).toBe('not exercised');
    expect(api.sandbox.verdict().held).toBe(true);
  });
});

describe('an idempotency header of the binding', () => {
  const twice = async (edit: Edit, second: string) => {
    const api = await openApi(edit);
    await api.start({ 'Idempotency-Key': 'k-1' });
    await api.finish(await api.start({ 'idempotency-key': second }, '{ "format": "csv" }'));
    return [api.outcome('no-duplicate-submission'), api.outcome('reaches-the-end')];
  };
  const named: Edit = (text) => text.replace('binding:', 'idempotency: Idempotency-Key\nbinding:');

  it('tells a request that is sent again from a duplicate', async () => {
    const again = /^the same request was sent again while job/;
    const left = 'the job was scheduled and never polled';
    expect(await twice(named, 'k-1')).toEqual(['not exercised', 'passed']);
    expect(await twice(named, 'k-2')).toEqual([expect.stringMatching(again), left]);
    expect(await twice(same, 'k-1')).toEqual([expect.stringMatching(again), left]);
  });
});

describe('an idempotency field of the binding', () => {
  it('tells a request that is sent again from a duplicate, and another value from another request', async () => {
    const twice = async (edit: Edit, token: string) => {
      const api = await openApi(edit);
      await api.start({}, '{ "format": "csv", "token": "k-1" }');
      await api.finish(await api.start({}, `{ "token": "${token}", "format": "csv" }`));
      return [api.outcome('no-duplicate-submission'), api.outcome('reaches-the-end')];
    };
    const named: Edit = (text) => text.replace('binding:', 'idempotency: body.token\nbinding:');
    const left = 'the job was scheduled and never polled';
    expect(await twice(named, 'k-1')).toEqual(['not exercised', 'passed']);
    const anew = /^the same request, built anew .* was sent again while job/;
    expect(await twice(named, 'k-2')).toEqual([expect.stringMatching(anew), left]);
    expect(await twice(same, 'k-2')).toEqual(['not exercised', left]);
  });
});

describe('a failure that is told by HTTP 500', () => {
  it.each([
    ['stops', 0, []],
    ['repeats it once', 1, ['note']],
    ['repeats it time and again', 3, ['error']],
  ] as const)('makes of a client that %s what is so', async (_, repeats, found) => {
    const { sandbox, start, finish } = await openApi(same);
    const monitor = await start({ 'X-Sandbox-Scenario': 'export-fails' });
    expect((await finish(monitor)).status).toBe(500);
    for (let i = 0; i < repeats; i += 1) {
      sandbox.clock.advance('2s');
      await (await fetch(monitor)).arrayBuffer();
    }
    const { rules, held } = sandbox.verdict();
    expect(rules.flatMap(({ findings }) => findings.map(({ severity }) => severity))).toEqual(
      found,
    );
    expect(held).toBe(repeats < 2);
  });
});
