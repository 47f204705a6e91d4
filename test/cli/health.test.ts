import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run, serve } from '../support/command.js';
import { startRedis } from '../support/redis-server.js';
import { needs } from '../support/runtimes.js';

/** A server that is no sandbox: it answers everything with 200. */
async function somethingElse(text: string): Promise<string> {
  const server = createServer((_, res) => res.end(text)).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('health', () => {
  it('exits 0 while a sandbox answers, though its control API asks for a token', async () => {
    const { url } = await serve('--control-token', 'secret');
    expect(await run('health', url)).toEqual({
      code: 0,
      out: `${url} answers requests\n`,
      err: '',
    });
  });

  it('exits 1 where nobody answers', async () => {
    const { code, err } = await run('health', 'http://127.0.0.1:9');
    expect([code, err]).toEqual([1, expect.stringMatching(/no sandbox answers.*USAGE_NO_SANDBOX/)]);
  });

  it.each([
    'It works!',
    '{"status":"up"}',
    'null',
  ])('exits 1 where that is no sandbox: %s', async (text) => {
    const { code, err } = await run('health', await somethingElse(text));
    expect([code, err]).toEqual([1, expect.stringContaining('is no sandbox')]);
  });

  it('exits 1 while the store is away', async () => {
    needs('redis');
    const redis = await startRedis();
    onTestFinished(redis.stop);
    const { url } = await serve('--store', redis.url);
    expect(await run('health', url)).toMatchObject({ code: 0 });
    await redis.kill();
    const { code, err } = await run('health', url);
    expect([code, err]).toEqual([1, expect.stringContaining('[STORE_UNAVAILABLE]')]);
  });

  it('exits 3 for what is no URL', async () => {
    const { code, err } = await run('health', 'localhost:4010');
    expect([code, err]).toEqual([3, expect.stringContaining('[USAGE_WRONG_URL]')]);
  });
});
