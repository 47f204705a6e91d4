import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/index.js';
import { makeClient } from '../support/client.js';
import { run } from '../support/command.js';
import { disability } from '../support/conclusions.js';

interface Written {
  at: string;
  until?: string;
  took?: number;
  method: string;
  path: string;
  status: number;
  request: { headers: Record<string, string>; body?: string };
  response: { headers: Record<string, string>; body?: string };
}

/** A journal as a browser would have written it down. */
function harOf(exchanges: readonly Written[]) {
  const list = (headers: Record<string, string>) =>
    Object.entries(headers).map(([name, value]) => ({ name, value }));
  return {
    log: {
      version: '1.2',
      entries: exchanges.map(({ at, took, method, path, status, request, response }) => ({
        startedDateTime: at,
        // Overlaps go by the machine's clock, which a manual one leaves alone.
        time: Math.min(took ?? 0, 50),
        request: {
          method,
          url: `https://api.example.org${path}`,
          headers: list(request.headers),
          ...(request.body
            ? { postData: { mimeType: 'application/json', text: request.body } }
            : {}),
        },
        response: {
          status,
          headers: list(response.headers),
          content: {
            size: response.body?.length ?? 0,
            mimeType: 'application/json',
            text: Buffer.from(response.body ?? '').toString('base64'),
            encoding: 'base64',
          },
        },
      })),
    },
  };
}

it('judge --har tells what it left out, and its exit code what it found', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-har-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const sandbox = await startSandbox({ scenario: 'done-after-eta' });
  onTestFinished(() => sandbox.close());
  const client = makeClient(sandbox.url);
  const { json } = await client.create(disability());
  await client.poll(json.data.id);
  const { exchanges } = (await (
    await fetch(`${sandbox.url}/__sandbox/sessions/default/journal`)
  ).json()) as { exchanges: Written[] };
  const har = harOf(exchanges);
  const [first] = har.log.entries as [(typeof har.log.entries)[0]];
  har.log.entries.push({
    ...first,
    request: { ...first.request, method: 'GET', url: 'https://fonts.example.com/a.css' },
  });
  const poll = har.log.entries[1] as typeof first;
  const bare = {
    ...poll,
    response: {
      ...poll.response,
      content: { size: 117, mimeType: 'application/json', text: undefined },
    },
  };
  har.log.entries.push(bare as never);
  har.log.entries.push({ ...poll, response: { ...poll.response, status: 0 } });
  const file = join(folder, 't.har');
  await writeFile(file, JSON.stringify(har));
  const { code, out, err } = await run('judge', '--har', file);
  expect(out).toContain('error eta-respected: ');
  expect(code).toBe(1);
  expect(err).toContain('left out, as they are of other hosts: fonts.example.com (1)');
  expect(err).toContain('left out, as the file has no body of their answers: 1 about jobs');
  expect(err).toContain('1 without an answer: a HAR does not tell');

  await writeFile(file, '{"log": {"entries": []}}');
  expect((await run('judge', '--har', file)).code).toBe(2);
  await writeFile(file, '{"log": 1}');
  const none = await run('judge', '--har', file);
  expect(none).toMatchObject({ code: 3, err: expect.stringContaining('[HAR_UNREADABLE]') });
});
