import { describe, expect, it } from 'vitest';
import { send } from '../support/client.js';
import { CONTENT, run, serve, until } from '../support/command.js';
import { openReceiver } from '../support/receiver.js';

const RENDERS = [
  ...['--spec', 'test/fixtures/callbacks/openapi.yaml'],
  ...['--scenarios', 'test/fixtures/callbacks/scenarios'],
];
const PLAYED = ['render-done', 'render-twice', 'render-forged', 'render-lost'];
const EXEC = ['exec', ...RENDERS, '--pace', '20', '-s', ...PLAYED, '--'];
const CLIENT = ['node', 'test/clients/webhooks.mjs'];

describe('exec, of a client with its receiver in its own command', () => {
  it('says what is wrong with a careless one', async () => {
    const { code, out } = await run(...EXEC, ...CLIENT, 'careless');
    expect(code).toBe(1);
    for (const cause of [
      'Verify the signature of each webhook, and refuse it with 401 when it is wrong',
      'Take a webhook that comes again, and do nothing for it',
      'Ask for a job whose webhook does not come',
    ]) {
      expect(out).toContain(cause);
    }
  });
});

it('exec plays a suite for receivers where a binding has webhooks, with no scenario written', async () => {
  const spec = ['--spec', 'test/fixtures/callbacks/openapi.yaml'];
  const suite = ['--suite', 'webhooks', '--pace', '20'];
  const { code, out, err } = await run('exec', ...spec, ...suite, '--', ...CLIENT);
  expect(err).toBe('');
  expect(out).toMatch(new RegExp(`^webhooks: ${CONTENT}$`, 'm'));
  expect(out).toContain('webhook-lost');
  expect(code).toBe(0);
});

it('serve tells of each webhook in a line, and as JSON in an event of its own', async () => {
  const receiver = await openReceiver();
  const tells = async (...args: string[]) => {
    const { url, text } = await serve(...RENDERS, '--clock', 'paced:1000', ...args);
    await send('POST', `${url}/renders`, {
      body: { scene: 'forest', callbackUrl: receiver.url },
      headers: { 'X-Sandbox-Scenario': 'render-fails' },
    });
    await until(() => text().includes('webhook render.failed'), text);
    return text();
  };
  expect(await tells()).toMatch(
    new RegExp(
      `POST {2}${receiver.url} {2}204 {2}job \\w{8} {2}failed {2}render-fails {2}\\(webhook render\\.failed\\)`,
    ),
  );
  const events = (await tells('--json'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events.map(({ event }) => event)).toEqual(['listening', 'exchange', 'delivery']);
});
